"""What a file says, in a person's own words: the groups of `archive/purposes.py` with their values and where each comes from."""

from typing import NamedTuple

from django.db.models import Q

from yige.alliance.branches import membership_of
from yige.alliance.models import HelpOffer, Seat, Wish
from yige.alliance.organisations import organisations_joined
from yige.alliance.reporting_in import report_of
from yige.archive import labels
from yige.archive.models import Merge, Origin, RosterRow
from yige.archive.people import sealing
from yige.archive.people.purposes import GROUPS
from yige.archive.person_fields import LAW, PERSON, PERSON_FIELDS, YEAR, is_told, words_of
from yige.archive.words import TieKind
from yige.contact.models import Appointment, Need, Promise, Visit
from yige.lib.local_time import day_words, local_day
from yige.portal import my_queries


class Item(NamedTuple):
    """One thing on file; `label` is the id of a service label that can be taken back."""

    name: str
    value: str
    origin: str = ""
    label: object = None


def groups(person, reader, at):
    """Return [(group, items)] of everything that is on file about a person, for the person or the guardian."""
    origins = _origins(person, at)
    said = {
        **{field.group: _said(person, reader, field.group, origins) for field in PERSON_FIELDS},
        "home": _home(person.household, origins),
        "labels": _labels(person, origins, at),
        "contact": _contact(person.household, at),
        **_of_household(person, at),
        "together": _together(person),
        "wishes": _wishes(person),
        "branch": _branch(person),
        "organisations": [
            Item("自己说参加的", str(row.organisation)) for row in organisations_joined(person)
        ],
        "asks": _asks(person),
        "keeping": _keeping(person),
    }
    said["family"] += _family(person, at)
    return [(group, said.get(group.name, [])) for group in GROUPS]


def _origins(person, at):
    """Return the words for the youngest origin of every field."""
    subjects = [person.pk] + ([person.household_id] if person.household_id else [])
    rows = Origin.objects.filter(subject_id__in=subjects).order_by("at", "id")
    today = local_day(at)
    return {
        field: f"{day_words(local_day(row.at), today)}，{row.get_source_display()}"
        for row in rows
        for field in row.fields
    }


def _said(person, reader, group, origins):
    """Return what the file says in the fields of a group, the year last."""
    fields = sorted(
        (field for field in PERSON_FIELDS if field.group == group), key=lambda field: field.kind == YEAR
    )
    items = [
        Item(field.own_label, _value(person, reader, field), origins.get(field.name, "")) for field in fields
    ]
    return [item for item in items if item.value]


def _value(person, reader, field):
    """Return what the person reads of a field; "" where nothing was told."""
    if field.word == LAW:  # a code by short message is too little for it: shown at the desk, against a card
        text = sealing.mask_value(person, field.name)
        return f"{text}（全号请带证件到社区看）" if text else ""
    if field.mask:
        return sealing.open_value(person, field.name)
    if field.kind == PERSON:
        other = getattr(person, field.name)
        own = other is not None and other.pk == reader.pk
        return "您" if own else sealing.mask_value(other, "name") if other else ""
    value = getattr(person, field.name)
    words = words_of(field, value) if is_told(field, value) else ""
    return f"{words}年" if words and field.kind == YEAR else words


def _family(person, at):
    """Return what ties say beside the fields of a person: whom to speak to first, which household, where at work."""
    items = []
    if person.household and person.household.contact_id:
        first = person.household.contact_id == person.pk
        items.append(Item("先联系谁", "本人" if first else "家里另一位"))
    today = local_day(at)
    for tie in person.ties.filter(kind__in=(TieKind.BELONGS, TieKind.WORKS)).select_related("organisation"):
        name = "在这一户" if tie.kind == TieKind.BELONGS else f"在{tie.organisation.name}做事"
        until = f"到 {day_words(tie.until, today)}" if tie.until else "起"
        items.append(Item(name, f"{day_words(tie.since, today)}{until}"))
    return items


def _home(household, origins):
    if household is None or household.home is None:
        return []
    home, items = household.home, []
    items.append(Item("住址", f"{home.building}{home.door}", origins.get("home", "")))
    for name, label in (
        ("gas", "用瓶装气"),
        ("escape_clear", "逃生口畅通"),
        ("indoor_charging", "电动车进屋充电"),
    ):
        if getattr(home, name):
            items.append(Item(label, getattr(home, f"get_{name}_display")()))
    return items


def _labels(person, origins, at):
    today, items = local_day(at), []
    for label in person.labels.order_by("-granted_at"):
        held = label.withdrawn_at is None and label.until >= today
        day = day_words(label.until, today)
        ended = "已撤回" if label.withdrawn_at else "已到期"
        value = (
            f"{labels.LABEL_BY_NAME[label.kind].purpose}。有效至 {day}" if held else f"{ended}，30 天内删除"
        )
        items.append(
            Item(label.get_kind_display(), value, origins.get(label.kind, ""), label.pk if held else None)
        )
    return items


def _contact(household, at):
    if household is None:
        return []
    today, items = local_day(at), []
    for moment, label in ((household.met_at, "上次见到或通话"), (household.tried_at, "上次走访")):
        if moment:
            items.append(Item(label, day_words(local_day(moment), today)))
    for day, label in ((household.wished_on, "约定下次联系"), (household.declines_until, "不希望走访至")):
        if day:
            items.append(Item(label, day_words(day, today)))
    for link in household.links.current():
        items.append(
            Item(
                "联户", f"{day_words(local_day(link.consented_at), today)}本户同意的{link.get_kind_display()}"
            )
        )
    return items


def _of_household(person, at):
    """Return how much there is of what the first page shows, since the person lives in this household."""
    _, since = my_queries.household(person, at)
    if since is None:
        return {}
    counts = {
        "visits": ("走访", "次", Visit.objects.filter(household=person.household, at__gte=since)),
        "needs": ("提过的事", "件", Need.objects.filter(household=person.household, raised_at__gte=since)),
        "meetings": (
            "预约",
            "次",
            Appointment.objects.filter(household=person.household, booked_at__gte=since),
        ),
    }
    found = {group: (name, rows.count(), unit) for group, (name, unit, rows) in counts.items()}
    items = {
        group: [Item(name, f"{count} {unit}，在“我的档案”首页逐件看")] if count else []
        for group, (name, count, unit) in found.items()
    }
    promised = Promise.objects.filter(household=person.household, made_at__gte=since).count()
    items["needs"] += [Item("答应您家的事", f"{promised} 件")] if promised else []
    return items


def _asks(person):
    count = person.requests.count()
    return [Item("提过的要求", f"{count} 份")] if count else []


def _together(person):
    there = Seat.objects.filter(person=person).exists()
    items = [Item("报名和来过的", "在“我的召集”里逐次看，别人看不到")] if there else []
    offers = HelpOffer.objects.filter(person=person)
    return items + [
        Item("我会的", f"{row.get_skill_display()}，{row.get_hours_display()}有空") for row in offers
    ]


def _wishes(person):
    there = Wish.objects.filter(Q(person=person) | Q(claimer=person)).exists()
    return [Item("说过的和认领的", "在“微心愿”里逐条看")] if there else []


def _branch(person):
    held = membership_of(person)
    items = [Item("自己登记的", str(held.branch))] if held else []
    report = report_of(person)
    unit = f"，{report.unit}" if report and report.unit else ""
    return items + ([Item("双报到", f"向{report.grid.name}报到{unit}")] if report else [])


def _keeping(person):
    count = RosterRow.objects.filter(person=person).exclude(before_sealed=None).count()
    merged = Merge.objects.filter(kept=person, granted=True, undone_at=None).count()
    items = [Item("导入的底稿", f"{count} 行")] if count else []
    return items + ([Item("合并进来的档案", f"{merged} 份")] if merged else [])
