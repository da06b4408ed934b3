"""What the pages of files show: people masked, labels by the way of whoever looks, where every field comes from."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_datetime

from yige.archive import labels
from yige.archive.people import queries, sealing
from yige.archive.words import HOUSING, GrantedBy, Relation, Source, TieKind
from yige.cases.models import Case
from yige.console.cases.rows.case import in_area
from yige.contact import queries as contact
from yige.contact.models import Answer
from yige.lib.local_time import local_day

LASTS = 3
SEALED = (("name", "姓名"), ("phone", "电话"), ("emergency", "紧急联系人"), ("identity", "身份号码"))
FIELDS = dict(SEALED) | {
    "birth_year": "出生年", "sex": "性别", "relation": "与户主关系", "guardian": "监护人", "household": "在哪一户",
    "home": "住址", "works": "在哪里做事", "file": "建档", "use": "房屋用途", "gas": "用瓶装气",
    "escape_clear": "逃生口", "indoor_charging": "电动车充电",
}  # fmt: skip
ACTORS = {"command": "命令行", "clock": "系统", "resident": "本人", "staff": "已停用的账号"}
BASES = {"duty": "法定职责", "consent": "本人同意"}


class Shown(NamedTuple):
    """A person as whoever may open the file sees him or her."""

    person: object
    name: str
    phone: str
    age: int | None
    child: bool
    guardian: str
    relation: str
    labels: list


class Held(NamedTuple):
    pk: str
    row: labels.Label
    until: object
    granted_by: str


class Origin(NamedTuple):
    """Where one field comes from: the youngest of what was written about it."""

    field: str
    source: str
    who: str
    at: object
    basis: str


def shown(person, ways, at):
    """Return a person masked; of a child nothing but that there is one, and whose."""
    year = local_day(at).year
    child = person.is_child_in(year)
    return Shown(
        person=person,
        name="未满十四岁" if child else sealing.masked(person, "name") or "没有写姓名",
        phone="" if child else sealing.masked(person, "phone"),
        age=None if child else person.age_in(year),
        child=child,
        guardian=sealing.masked(person.guardian, "name") if person.guardian_id else "",
        relation=Relation(person.relation).label if person.relation else "",
        labels=[] if child else held(person, ways),
    )


def held(person, ways):
    """Return the labels of a person that these ways may see."""
    seen = queries.labels_seen(ways)
    return [
        Held(
            told["id"],
            labels.BY_NAME[told["kind"]],
            queries.day_of(told["until"]),
            GrantedBy(told["granted_by"]).label,
        )
        for told in person.held
        if told["kind"] in seen
    ]


def origins(subject, ways):
    """Return where each field of a file comes from, in the order of the fields; hidden labels leave no trace."""
    seen, found = queries.labels_seen(ways), {}
    for told in subject.told:
        for field in told["fields"]:
            if field not in labels.BY_NAME or field in seen:
                found[field] = told
    order = [*FIELDS, *labels.BY_NAME]
    return [_origin(field, found[field]) for field in order if field in found]


def _origin(field, told):
    name = FIELDS.get(field) or f"标签：{labels.BY_NAME[field].label}"
    who = told["name"] or ACTORS.get(told["by_kind"], "")
    return Origin(name, Source(told["source"]).label, who, parse_datetime(told["at"]), BASES[told["basis"]])


def household_file(user, household, ways, at):
    """Return all that the page of a household shows, by a fixed number of statements."""
    people = queries.people(household, at)
    ties = queries.ties(household, people)
    day = local_day(at)
    return {
        "household": household,
        "people": [shown(person, ways, at) for person in people],
        "visits": contact.recent_visits(household, LASTS),
        "needs": needs(household),
        "promises": contact.open_promises(household),
        "cases": cases(user, household),
        "links": queries.links(household, at),
        "lived": [tie for tie in ties if tie.kind in (*HOUSING, TieKind.OWNS)],
        "works": [tie for tie in ties if tie.kind == TieKind.WORKS and tie.until is None],
        "origins": [("本户", origins(household, ways))]
        + [(sealed_name(person, at), origins(person, ways)) for person in people],
        "declines": household.declines_on(day),
        "ways": ways,
        "may_write": bool(ways & {"area", "keeper"}),
        "may_visit": bool(ways & {"area", "links"}),
        "today": day,
    }


def sealed_name(person, at):
    return "未满十四岁的孩子" if person.is_child_in(local_day(at).year) else sealing.masked(person, "name")


def needs(household):
    """Return what the household still waits for; `told` says that an answer was heard since the last meeting."""
    heard = Answer.objects.filter(need=OuterRef("pk"), heard_at__isnull=False)
    if household.met_at:
        heard = heard.filter(heard_at__gt=household.met_at)
    rows = (
        contact.needs_waiting()
        .filter(household=household)
        .select_related("case")
        .defer("case__grams", "case__plan")
    )
    return list(rows.annotate(told=Exists(heard)))


def cases(user, household):
    """Return the open cases of a household as (case, whether its page opens for this user)."""
    rows = Case.objects.open().filter(household=household).select_related("category").defer("grams")
    return [(case, in_area(user, case) or user.pk in (case.handler_id, case.reported_by_id)) for case in rows]


def person_file(person, ways, at):
    """Return all that the page of a person shows."""
    child = person.is_child_in(local_day(at).year)
    fields = [pair for pair in SEALED if not child or pair[0] == "name"]
    return {
        "person": person,
        "shown": shown(person, ways, at),
        "sealed": [(field, label, masked(person, field, at)) for field, label in fields],
        "labels": held(person, ways),
        "wards": [] if child else queries.wards(person),
        "lived": queries.lived(person),
        "works": queries.works(person),
        "origins": origins(person, ways),
        "ways": ways,
        "may_write": bool(ways & {"area", "keeper"}),
    }


def masked(person, field, at):
    """Return one field as it stands on the page; of a child nothing."""
    if person.is_child_in(local_day(at).year):
        return "未满十四岁，不列出" if field == "name" else ""
    return sealing.masked(person, field)


def listed(user, rows, at):
    """Return the rows of a list: the household, its contact masked, and the labels this way may show."""
    found = []
    for household in rows:
        way = queries.way_to(user, household, at)
        seen = set() if way == "keeper" else queries.labels_seen({way})
        kinds = [labels.BY_NAME[kind].label for kind in household.kinds if kind in seen]
        name = sealing.masked(household.contact, "name") if household.contact_id else ""
        found.append((household, name, kinds, household.declines_on(local_day(at))))
    return found
