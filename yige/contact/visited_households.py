"""The households that somebody visits, as lists and as one file; what is shown of people is masked by the page."""

import re
from datetime import timedelta
from typing import NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet

from yige.accounts.scope import files_reach
from yige.archive import labels
from yige.archive.labels import seen_with
from yige.archive.models import Household, Label, Link, Person
from yige.archive.people import sealing
from yige.contact import plans, queries
from yige.lib.local_time import local_day
from yige.lib.typed_text import half_width

DOOR = re.compile(r"(.*?)(?:(\w{1,4})单元|(\w{1,4})[-－—])?(\d{2,5})(?:室|号)?$")


class PersonOnPhone(NamedTuple):
    """A person as a phone shows one: no full name, no birth date, the services that this visitor may see."""

    person: Person
    name: str
    age: str
    labels: list
    has_phone: bool


class HouseholdFile(NamedTuple):
    household: Household
    lives: list
    visits: list
    needs: list
    promises: list
    links: list
    declined: bool


def labels_for_visitor(user, at) -> set[str]:
    """Return the names of the labels that the user's ways to files may show."""
    ways = {post.rule.files for post in user.posts_at(at)}
    return {name for way in ways for name in seen_with(way)}


def labels_by_ways(ways) -> set[str]:
    return {name for way in ways for name in seen_with(way)}


def households_of_visitor(user, at, *, door="", long=False, label="") -> QuerySet:
    """Return the households of a visitor, those in one building together, or those nobody met for long first."""
    rows = Household.objects.visited_by(user, at).select_related("home__building")
    if door:
        rows = rows.filter(stands_at_door(door))
    if label:
        near = Q() if label in seen_with("links") else files_reach(user, at, ("area",))
        rows = rows.filter(near)
        held = Label.objects.held_on(local_day(at)).filter(kind=label, person__household__in=rows)
        rows = rows.filter(pk__in=held.values("person__household"))
    if long:
        plan = plans.plan_of([post.role for post in user.posts_at(at)])
        since = at - timedelta(days=plan.every_days if plan else 90)
        rows = rows.filter(Q(met_at=None) | Q(met_at__lte=since))
        return rows.order_by(F("met_at").asc(nulls_first=True), "id")
    return rows.order_by("home__building__estate", "home__building__name", "home__unit", "home__room", "id")


def stands_at_door(typed) -> Q:
    """Return the condition for what was typed: 3号楼, 3号楼2单元501, 2-501, 501."""
    text = "".join(half_width(typed).split())
    found = DOOR.fullmatch(text)
    whole = Q(home__building__name__icontains=text) | Q(home__building__estate__icontains=text)
    if not found:
        return whole
    building, unit, short, room = found.groups()
    door = Q(home__room=room)
    if unit or short:
        door &= Q(home__unit=unit or short)
    if building:
        door &= Q(home__building__name__iendswith=building) | Q(home__building__estate=building)
    return door | whole


def household_file(household, at, ways) -> HouseholdFile:
    """Return the file of a household for those with these ways, in six statements."""
    people = _people(household, local_day(at), labels_by_ways(ways))
    declined = household.declines_on(local_day(at))
    return HouseholdFile(
        household, [person_on_phone(person, at) for person in people], queries.recent_visits(household),
        _needs(household), queries.open_promises(household), links_of(household, at), declined,
    )  # fmt: skip


def _needs(household):
    """Return what waits for an answer with no more of its case than a phone shows."""
    rows = queries.needs_waiting().filter(household=household)
    rows = rows.select_related("case__unit", "case__leader__unit")
    shown = [
        f"{case}__{name}" for case in ("case", "case__leader") for name in ("serial", "state", "unit__name")
    ]
    return list(rows.only("kind", "words", "raised_at", *shown))


def _people(household, day, seen):
    held = Label.objects.held_on(day).filter(kind__in=seen)
    rows = Person.objects.of(household).prefetch_related(Prefetch("labels", held, to_attr="held"))
    return sorted(rows, key=lambda person: (person.relation != "head", person.birth_year or 9999, person.pk))


def person_on_phone(person, at) -> PersonOnPhone:
    """Return what a phone shows of a person; of a child only that there is one."""
    child = person.is_child_in(local_day(at).year)
    age = f"{person.birth_year // 10 % 10}0 年代生" if person.birth_year and not child else ""
    return PersonOnPhone(
        person, "未满十四岁" if child else sealing.mask_value(person, "name"), "" if child else age,
        [labels.LABEL_BY_NAME[label.kind].label for label in person.held], bool(person.phone_sealed) and not child,
    )  # fmt: skip


def links_of(household, at) -> list:
    """Return who is linked to this household now: by name, or by an area it lies in."""
    parts = household.grid_path.strip("/").split("/")
    above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
    rows = Link.objects.held_on(local_day(at)).filter(Q(household=household) | Q(path__in=above))
    return list(rows.select_related("user"))
