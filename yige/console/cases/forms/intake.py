"""Registering for somebody else, or one's own find: what is asked, where it is, what follows."""

from django import forms
from django.db import transaction
from django.db.models import Q

from yige.accounts.roles import permits
from yige.cases import dangers
from yige.cases import queries as cases
from yige.cases.models import Category
from yige.cases.nearness import description
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LocatedBy, Urgency
from yige.grids.models import Grid, Level, QrToken
from yige.lib.typed_text import clean_line, half_width
from yige.steps.fields import Choice, RowChoice, Words
from yige.steps.s3_report import actions as s3
from yige.steps.s5_handle import actions as s5

OWN_CHANNELS = (Channel.PATROL, Channel.VISIT)
OTHER_CHANNELS = (
    Channel.HOTLINE, Channel.STATION, Channel.PROXY, Channel.SECRETARY, Channel.FORUM, Channel.OWNERS,
    Channel.H12345, Channel.UPPER,
)  # fmt: skip
FIRST_CHANNEL = {
    "grid_worker": Channel.PATROL,
    "micro_worker": Channel.PATROL,
    "party_member": Channel.VISIT,
    "grid_head": Channel.PROXY,
    "community_head": Channel.SECRETARY,
    "street_head": Channel.SECRETARY,
}
MOST_GRIDS = 12


class Line(forms.CharField):
    """One line as it was typed, without what nobody types on purpose."""

    def __init__(self, label, *, longest, required=False, hint=""):
        super().__init__(label=label, required=required, help_text=hint, strip=False)
        self.longest = longest

    def to_python(self, value):
        return clean_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(f"最多写 {self.longest} 个字，现在是 {len(value)} 个。")


class Phone(Line):
    def to_python(self, value):
        return "".join(sign for sign in half_width(super().to_python(value)) if sign not in " -()（）")

    def validate(self, value):
        super().validate(value)
        digits = value.removeprefix("+")
        if value and not (digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= 16):
            raise forms.ValidationError("这个电话号码看不懂，请检查一下；没有电话的可以空着。")


class IntakeForm(forms.Form):
    channel = Choice("怎么来的", [("别人反映的", [(c.value, c.label) for c in OTHER_CHANNELS]), ("自己发现的", [(c.value, c.label) for c in OWN_CHANNELS])], coerce=Channel)  # fmt: skip
    words = Words("什么问题", longest=2000, rows=4, hint="照反映人的话写，不用改成公文。")
    category = RowChoice("类别", hint="说不清的选“说不清”，受理时再定。")
    where = Line("地方", longest=60, hint="写小区、楼号、社区或网格的名字，点“查找”，再选一个。")
    grid = forms.UUIDField(
        label="网格",
        widget=forms.TextInput(attrs={"id": "id_where"}),
        error_messages={"required": "请查找并选一个网格。", "invalid": "请重新选一个网格。"},
    )
    place = Line("具体位置", longest=200, hint="几号楼几单元、哪个路口、旁边有什么。")
    name = Line("怎么称呼", longest=20, hint="比如“王阿姨”。")
    phone = Phone("电话", longest=30, hint="没有电话的老人可以空着，把回执打出来交给他，进展由您转告。")
    call_back = forms.BooleanField(label="希望回电话", required=False)
    different = forms.BooleanField(required=False, widget=forms.HiddenInput)
    settled = forms.BooleanField(label="我已经当场处理好了", required=False)
    done = Words("怎么处理的", longest=500, rows=2, required=False)

    def __init__(self, *args, by, at, **kwargs):
        self.held = [post.role for post in by.posts_at(at)]
        self.may_settle = permits(self.held, "handle")
        super().__init__(*args, **kwargs)
        for name in ("name", "phone"):
            self.fields[name].widget.attrs["data-yg-private"] = ""
        self.fields["channel"].initial = next(
            (FIRST_CHANNEL[role] for role in self.held if role in FIRST_CHANNEL), Channel.HOTLINE
        )
        self.fields["category"].offer(*categories())

    def clean_grid(self):
        grid = Grid.objects.public().filter(pk=self.cleaned_data["grid"]).first()
        if grid is None:
            raise forms.ValidationError("这个网格现在没有在用，请重新查找。")
        return grid

    def clean(self):
        said = super().clean()
        if said.get("call_back") and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "要回电话的，请留一个电话。")
        if said.get("settled"):
            self._check_settled(said)
        return said

    def _check_settled(self, said):
        if not self.may_settle or said.get("channel") not in OWN_CHANNELS:
            beside = "settled" if self.may_settle else None
            self.add_error(beside, "只有自己巡查、走访发现的，才能填“当场处理好了”。")
        elif not said.get("done") and "done" not in self.errors:
            self.add_error("done", "请写一句是怎么处理的。")

    def contact(self):
        said = self.cleaned_data
        if not (said["name"] or said["phone"]):
            return None
        return ReporterContact(said["name"], said["phone"], call_back=said["call_back"])


def categories():
    """Return (groups of choices, rows by value) of all categories; where somebody has to be called first, it says so."""
    leaves = list(Category.objects.leaves().filter(parent__active=True).select_related("parent"))
    leaves.sort(key=lambda leaf: (leaf.parent.order, leaf.order))
    groups = {}
    for leaf in leaves:
        label = f"{leaf.label}（先打 {leaf.call_first}）" if leaf.call_first else leaf.label
        groups.setdefault(leaf.parent.label, []).append((leaf.slug, label))
    return list(groups.items()), {leaf.slug: leaf for leaf in leaves}


def find_grids(typed):
    """Return the grids that a name, a building or a community leads to: [(id, names from the top), …]."""
    words = clean_line(typed).split()[:4]
    if not words:
        return []
    found = Grid.objects.public().filter(level__gte=Level.COMMUNITY)
    for word in words:
        above = (
            Grid.objects.public()
            .filter(level=Level.COMMUNITY, name__icontains=word)
            .values_list("path", flat=True)[:50]
        )
        doors = QrToken.objects.public().filter(place__icontains=word).values("grid_id")
        same = Q(name__icontains=word) | Q(pk__in=doors)
        for path in above:
            same |= Q(path__startswith=path)
        found = found.filter(same)
    return with_names_from_the_top(found.order_by("path")[:MOST_GRIDS])


def offered_places(form, typed):
    """Return for the page what was typed, the grids that it leads to, and the one that is chosen."""
    places = find_grids(typed)
    chosen = form["grid"].value() if form.is_bound and "grid" not in form.errors else ""
    if chosen and chosen not in dict(places):
        places = with_names_from_the_top(Grid.objects.public().filter(pk=chosen)) + places
    chosen = chosen or (places[0][0] if len(places) == 1 else "")
    return {"typed": typed, "places": places, "chosen": chosen}


def with_names_from_the_top(grids):
    """Return grids with their names from the community down; three statements at most."""
    grids = list(grids)
    paths = {path for grid in grids for path in paths_from_the_top(grid.path)}
    names = dict(Grid.objects.current().filter(path__in=paths).values_list("path", "name"))
    return [
        (str(grid.pk), " › ".join(names[path] for path in paths_from_the_top(grid.path) if path in names))
        for grid in grids
    ]


def paths_from_the_top(path):
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(min(2, len(parts)), len(parts) + 1)]


def similar_reports(said):
    """Return what sounds like the same thing nearby, unless that was answered or every minute counts."""
    if said["different"] or said["settled"] or said["category"].urgency == Urgency.EMERGENCY:
        return []
    if dangers.hear(said["words"]):
        return []
    here = description(said["words"], said["category"], place=said["place"])
    return cases.similar_nearby(here, said["grid"].path)


@transaction.atomic
def register(form, *, by, at, key, photos=()):
    """Report the case, and settle it when it was put right on the spot; return it."""
    said = form.cleaned_data
    case = s3.report(
        said["grid"],
        by=by,
        at=at,
        key=key,
        problem=Problem(said["words"], said["category"]),
        location=Location(said["place"], LocatedBy.LIST),
        origin=Origin(said["channel"]),
        contact=form.contact(),
        photos=photos,
    )
    return s5.settle(case, by=by, at=at, key=key, words=said["done"]) if said["settled"] else case
