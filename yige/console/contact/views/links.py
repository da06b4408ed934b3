"""干部包片 and 党员联户 by grid: who looks after what; given and ended here, a household's only with its consent."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.accounts.models import Post, User
from yige.archive.models import Link
from yige.archive.people import queries
from yige.console.files.forms.household import line
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.steps.s1_approach import linking
from yige.web.attempt import Bare, attempt, status_after
from yige.web.guard import staff
from yige.web.paging import page_of

LINKERS = ("community_head", "grid_head", "registrar")
GIVERS = ("community_head", "registrar")
JOINERS = ("grid_head", "registrar")
A_PAGE = 60
PICK = {"required": "请选一位。", "invalid_choice": "请从列表里选。"}


class UserChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.name}（{user.username}）"


class AreaForm(forms.Form):
    user = UserChoice(User.objects.none(), label="哪位干部", empty_label="请选", error_messages=PICK)
    path = forms.ChoiceField(
        label="包哪一片", error_messages={"required": "请选一片。", "invalid_choice": "请从列表里选。"}
    )

    def __init__(self, data=None, *, viewer, at):
        super().__init__(data, auto_id="area_%s")
        self.fields["user"].queryset = takers(
            viewer, at, ("community_head", "grid_head", "grid_worker", "micro_worker")
        )
        self.fields["path"].choices = [("", "请选"), *places(viewer, at)]

    def clean(self):
        said = super().clean()
        self.taker = said.pop("user", None)
        return said


class JoinForm(forms.Form):
    user = UserChoice(User.objects.none(), label="哪位党员或干部", empty_label="请选", error_messages=PICK)
    door = line("哪一户", 60, required=True, help_text="写门牌，比如：向阳小院3号楼1单元301。")
    consented = forms.BooleanField(label="问过本户，本户同意由这位来联系，知道随时可以解除。", required=False)

    def __init__(self, data=None, *, viewer, at):
        super().__init__(data, auto_id="join_%s")
        self.viewer, self.at = viewer, at
        self.fields["door"].error_messages["required"] = "请写是哪一户的门牌。"
        self.fields["user"].queryset = takers(
            viewer, at, ("party_member", "community_head", "grid_head", "grid_worker", "micro_worker")
        )

    def clean(self):
        said, self.taken = super().clean(), None
        found = queries.at_door(self.viewer, self.at, said.pop("door", "") or "")
        if "door" in self.errors:
            return said
        if len(found) == 1:
            self.taken = found[0]
        else:
            self.add_error("door", MANY if found else "在您能看的范围里没有这一户，请核对门牌。")
        return said


MANY = "这个门牌不止一户，请把小区、楼栋和单元写全；同一套房住几户的，请到那一户的档案里看。"


@require_GET
@staff(*LINKERS)
def links(request):
    return page(request)


@require_POST
@staff(*GIVERS)
def area(request):
    at = timezone.now()
    form = AreaForm(request.POST, viewer=request.user, at=at)
    if form.is_valid() and attempt(request, form, linking.link_area, form.taker):
        messages.success(request, "包片已登记。")
        return redirect("console:links")
    return page(request, area_form=form, status=status_after(form))


@require_POST
@staff(*JOINERS)
def household(request):
    at = timezone.now()
    form = JoinForm(request.POST, viewer=request.user, at=at)
    if form.is_valid() and attempt(request, form, linking.link_household, form.taken):
        messages.success(request, f"联户已登记。{linking.note(form.made.user, at)}")
        return redirect("console:links")
    return page(request, join_form=form, status=status_after(form))


@require_POST
@staff(*LINKERS)
def end(request, link):
    at, form = timezone.now(), Bare(request.POST)
    row = get_object_or_404(current(request.user, at), pk=link)
    if not may_end(request.user, row, at):
        raise Http404
    if not attempt(request, form, linking.unlink, row):
        return page(request, refused=form, status=status_after(form))
    messages.success(request, "已解除，从现在起他（她）不再因此看到档案。")
    return redirect("console:links")


def page(request, *, area_form=None, join_form=None, refused=None, status=200):
    at = timezone.now()
    held = {post.role for post in request.user.posts_at(at)}
    found = page_of(current(request.user, at), request.GET.get("page"), A_PAGE)
    context = {
        "page": found,
        "areas": [told(request.user, row, at) for row in found if row.household_id is None],
        "joined": [told(request.user, row, at) for row in found if row.household_id],
        "names": {path: name.strip() for path, name in places(request.user, at)},
        "area_form": (area_form or AreaForm(viewer=request.user, at=at)) if held & set(GIVERS) else None,
        "join_form": (join_form or JoinForm(viewer=request.user, at=at)) if held & set(JOINERS) else None,
        "refused": refused,
    }
    return render(request, "console/contact/links.html", context, status=status)


def told(user, link, at):
    """Return a link with its grid's name, the door where the user may open the file, and whether he or she may end it."""
    door = None
    if link.household_id and opens(user, link.household, at):
        door = link.household
    return link, door, may_end(user, link, at)


def opens(user, household, at):
    return any(
        post.rule.files in ("area", "keeper") and post.covers(household.grid_path)
        for post in user.posts_at(at)
    )


def may_end(user, link, at):
    if link.user_id == user.pk:
        return True
    if link.household_id:
        return opens(user, link.household, at)
    return any(post.role in linking.GIVERS and post.covers(link.path) for post in user.posts_at(at))


def areas_of(user, at):
    return [post.path for post in user.posts_at(at) if post.role in LINKERS]


def current(user, at):
    """Return the links that hold now below the user's posts, by place."""
    reach = Q(pk__in=[])
    for path in areas_of(user, at):
        reach |= Q(path__startswith=path) | Q(household__grid_path__startswith=path)
    rows = Link.objects.held_on(local_day(at)).filter(reach)
    rows = rows.select_related("user", "household__home__building", "household__grid")
    return rows.order_by("kind", "path", "household__grid_path", "user__name", "id")


def places(user, at):
    reach = Q(pk__in=[])
    for path in areas_of(user, at):
        reach |= Q(path__startswith=path)
    rows = Grid.objects.public().filter(reach).order_by("path").values_list("path", "level", "name")
    return [(path, "\u3000" * (level - 1) + name) for path, level, name in rows]


def takers(user, at, roles):
    """Return who may be linked: those who hold one of these posts below the user's own."""
    reach = Q(pk__in=[])
    for path in areas_of(user, at):
        reach |= Q(path__startswith=path)
    held = Post.objects.held_on(local_day(at)).filter(reach, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")
