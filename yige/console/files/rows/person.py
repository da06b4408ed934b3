"""What the page of a person shows: masked, labels by the way of whoever looks, where every field comes from."""

from typing import NamedTuple

from django.utils.dateparse import parse_datetime

from yige.archive import labels
from yige.archive.people import queries, sealing
from yige.archive.person_fields import FIELD_BY_NAME, PERSON_FIELDS, is_told, words_of
from yige.archive.words import GrantedBy, Source
from yige.lib.local_time import local_day

# What else a file names where a field comes from.
NAME_BY_ORIGIN = {field.name: field.label for field in PERSON_FIELDS} | {
    "household": "在哪一户", "home": "住址", "works": "在哪里做事", "file": "建档", "use": "房屋用途", "gas": "用瓶装气",
    "escape_clear": "逃生口", "indoor_charging": "电动车充电",
}  # fmt: skip
# What stands among the facts of a person as it is; how one stands to the household stands in the heading.
OPEN_FACTS = tuple(field for field in PERSON_FIELDS if not field.mask and field.group != "family")
ACTORS = {"command": "命令行", "clock": "系统", "resident": "本人", "staff": "已停用的账号"}
BASES = {"duty": "法定职责", "consent": "本人同意"}


class PersonRow(NamedTuple):
    """A person as whoever may open the file sees him or her."""

    person: object
    name: str
    phone: str
    age: int | None
    child: bool
    guardian: str
    relation: str
    facts: list
    labels: list


class LabelRow(NamedTuple):
    pk: str
    row: labels.Label
    until: object
    granted_by: str


class OriginRow(NamedTuple):
    """Where one field comes from: the youngest of what was written about it."""

    field: str
    source: str
    who: str
    at: object
    basis: str


def person_row(person, ways, at):
    """Return a person masked; of a child nothing but that there is one, and whose."""
    year = local_day(at).year
    child = person.is_child_in(year)
    return PersonRow(
        person=person,
        name="未满十四岁" if child else sealing.mask_value(person, "name") or "没有写姓名",
        phone="" if child else sealing.mask_value(person, "phone"),
        age=None if child else person.age_in(year),
        child=child,
        guardian=sealing.mask_value(person.guardian, "name") if person.guardian_id else "",
        relation=words_of(FIELD_BY_NAME["relation"], person.relation),
        facts=_facts_in_words(person, child),
        labels=[] if child else label_rows(person, ways),
    )


def _facts_in_words(person, child):
    """Return what stands beside the age in a list: of the closed lists what was told."""
    fields = [field for field in OPEN_FACTS if field.choices and (field.child or not child)]
    told = [field for field in fields if is_told(field, getattr(person, field.name))]
    return [_open_words(person, field) for field in told]


def _open_words(person, field):
    value = getattr(person, field.name)
    return field.choices(value).label if field.choices and value in field.choices.values else value


def label_rows(person, ways):
    """Return the labels of a person that these ways may see."""
    seen = queries.labels_seen(ways)
    return [
        LabelRow(
            told["id"],
            labels.LABEL_BY_NAME[told["kind"]],
            queries.day_of(told["until"]),
            GrantedBy(told["granted_by"]).label,
        )
        for told in person.held
        if told["kind"] in seen
    ]


def origin_rows(subject, ways):
    """Return where each field of a file comes from, in the order of the fields; hidden labels leave no trace."""
    seen, found = queries.labels_seen(ways), {}
    for told in subject.told:
        for field in told["fields"]:
            if field not in labels.LABEL_BY_NAME or field in seen:
                found[field] = told
    order = [*NAME_BY_ORIGIN, *labels.LABEL_BY_NAME]
    return [_origin(field, found[field]) for field in order if field in found]


def _origin(field, told):
    name = NAME_BY_ORIGIN.get(field) or f"标签：{labels.LABEL_BY_NAME[field].label}"
    who = told["name"] or ACTORS.get(told["by_kind"], "")
    return OriginRow(
        name, Source(told["source"]).label, who, parse_datetime(told["at"]), BASES[told["basis"]]
    )


def masked_name(person, at):
    return (
        "未满十四岁的孩子" if person.is_child_in(local_day(at).year) else sealing.mask_value(person, "name")
    )


def person_file(person, ways, at):
    """Return all that the page of a person shows."""
    child = person.is_child_in(local_day(at).year)
    fields = [field for field in PERSON_FIELDS if field.child or not child]
    return {
        "person": person,
        "shown": person_row(person, ways, at),
        "sealed": [
            (field.name, field.label, masked_value(person, field.name, at)) for field in fields if field.mask
        ],
        "facts": [(field, _open_words(person, field)) for field in fields if field in OPEN_FACTS],
        "labels": label_rows(person, ways),
        "wards": [] if child else queries.wards(person),
        "lived": queries.residences(person),
        "works": queries.work_ties(person),
        "origins": origin_rows(person, ways),
        "ways": ways,
        "may_write": bool(ways & {"area", "keeper"}),
    }


def masked_value(person, field, at):
    """Return one field as it stands on the page; of a child nothing."""
    if person.is_child_in(local_day(at).year):
        return "未满十四岁，不列出" if FIELD_BY_NAME[field].child else ""
    return sealing.mask_value(person, field)
