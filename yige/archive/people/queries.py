"""What pages ask of files: lists that count nothing, one household or person in a fixed number of statements.

What is read here is sealed or masked where it is shown; whoever asks has already written the line in the log.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Concat, JSONObject

from yige.accounts.models import User
from yige.accounts.scope import files_reach
from yige.archive.labels import seen_with
from yige.archive.models import Building, Home, Household, Label, Link, Origin, Person, Tie
from yige.archive.words import HOUSING, TieKind
from yige.grids.models import Grid
from yige.lib.local_time import local_day, start_of_day
from yige.lib.typed_text import half_width

PER_PAGE = 30
MOST_BUILDINGS = 40
BY_DOOR = (
    "home__building",
    "home__unit",
    "home__floor",
    "home__room",
    "id",
)  # few rows; found by their building
NOT_MET = {"30": "一个月", "90": "三个月", "180": "半年", "365": "一年"}
_PATH = re.compile(r"(/[\w-]{1,40}){1,6}/")
_DOOR = re.compile(
    r"(?P<building>.*?)(?:(?P<unit>[0-9A-Za-z一二三四五六七八九十东西]{1,6})(?:单元|-))?(?P<room>[0-9A-Za-z]{1,8})(?:室|号)?"
)


class HouseholdFilter(NamedTuple):
    """What the address of the list asks for, already known to be sound; nothing in it names a person."""

    path: str = ""
    building: str = ""
    label: str = ""
    days: str = ""
    willing: str = ""

    @property
    def narrowed(self) -> bool:
        return any(self)


def household_filter(query, labels) -> HouseholdFilter:
    """Read an address; what is not known filters nothing."""
    path, label = query.get("grid", ""), query.get("label", "")
    return HouseholdFilter(
        path=path if _PATH.fullmatch(path) else "",
        building="".join(half_width(query.get("building", "")).split())[:60],
        label=label if label in labels else "",
        days=query.get("days") if query.get("days") in NOT_MET else "",
        willing="1" if query.get("willing") == "1" else "",
    )


class ByPlace(OrderBy):
    """The order that the index on places has, so that a page of a million households is read, not sorted."""

    template = "%(expression)s USING ~<~ /* %(ordering)s */"


def households(user, at, query=None) -> QuerySet:
    """Return the households whose files the user may open, in the order of their places."""
    query = query or HouseholdFilter()
    found = (
        Household.objects.visible_to(user, at).current().select_related("home__building", "grid", "contact")
    )
    if query.path:
        found = found.below(query.path)
    if query.building:
        found = found.filter(home__building__in=buildings_like(query.building))
    if query.label:
        held = Label.objects.held_on(local_day(at)).filter(kind=query.label)
        found = found.filter(pk__in=held.values("person__household"))
    if query.days:
        long_ago = start_of_day(local_day(at) - timedelta(days=int(query.days)))
        found = found.filter(Q(met_at=None) | Q(met_at__lt=long_ago))
    if query.willing:
        found = found.filter(Q(declines_until=None) | Q(declines_until__lt=local_day(at)))
    order = BY_DOOR if query.building else (ByPlace(F("grid_path")), "id")
    return found.annotate(kinds=_kinds(at)).order_by(*order)


def _kinds(at):
    """Return the kinds of the labels held in a household, as an array beside its row."""
    held = Label.objects.held_on(local_day(at)).filter(
        person__household=OuterRef("pk"), person__removed_at=None
    )
    return ArraySubquery(held.order_by("kind").values("kind").distinct())


def buildings_like(words) -> list[UUID]:
    """Return the ids of the buildings whose estate and name, read together, hold these words."""
    rows = Building.objects.annotate(whole=Concat("estate", "name")).filter(whole__contains=words)
    return list(rows.values_list("pk", flat=True)[:MOST_BUILDINGS])


def at_door(user, at, typed) -> list[Household]:
    """Return the households behind a door as people write it: 3号楼2单元501, 2-501, 501."""
    read = _DOOR.fullmatch("".join(half_width(typed).split()))
    if read is None:
        return []
    found = households(user, at).filter(home__room=read["room"])
    if read["unit"]:
        found = found.filter(home__unit=read["unit"])
    if read["building"]:
        found = found.filter(home__building__in=buildings_like(read["building"]))
    return list(found[: PER_PAGE + 1])


def grids_of(user, at) -> list[tuple[str, str]]:
    """Return (path, indented name) of the grids whose households the user opens by area or keeping."""
    reach = Q(pk__in=[])
    for post in user.posts_at(at):
        if post.rule.files in ("area", "keeper"):
            reach |= Q(path__startswith=post.path)
    rows = list(Grid.objects.public().filter(reach).order_by("path").values_list("path", "level", "name"))
    top = min((level for _, level, _ in rows), default=1)
    return [(path, "\u3000" * (level - top) + name) for path, level, name in rows]


def way_to(user, household, at) -> str:
    """Return the nearest way to a household that the user is known to reach: area, links, keeper; asks nothing."""
    posts = [post.rule.files for post in user.posts_at(at) if post.covers(household.grid_path)]
    if "area" in posts:
        return "area"
    linked = any(post.rule.files == "links" for post in user.posts_at(at))
    return "keeper" if "keeper" in posts and not linked else "links"


def labels_seen(ways) -> set[str]:
    """Return the names of the labels that somebody with these ways may see."""
    return {name for way in ways for name in seen_with(way)}


# One file


def household(user, at) -> QuerySet:
    """Return the households in reach with all that the head of a file shows in one row."""
    rows = Household.objects.visible_to(user, at).select_related("home__building", "grid", "contact")
    return rows.annotate(told=_origins())


def person(user, at) -> QuerySet:
    """Return the persons in reach with household, guardian, labels and origins in one row; aliases are among them."""
    rows = Person.objects.visible_to(user, at).filter(removed_at=None)
    rows = rows.select_related("household__home__building", "household__grid", "guardian")
    return rows.annotate(held=_labels(at), told=_origins())


def people(household, at) -> list[Person]:
    """Return who lives in a household, the contact first, children last, each with labels and origins."""
    rows = list(Person.objects.of(household).annotate(held=_labels(at), told=_origins()))
    year, own = local_day(at).year, {row.pk: row for row in rows}
    for row in rows:
        if (
            row.guardian_id in own
        ):  # guardian and child live together; one of another household is read when shown
            row.guardian = own[row.guardian_id]
    return sorted(
        rows,
        key=lambda person: (
            person.is_child_in(year),
            person.pk != household.contact_id,
            person.relation != "head",
            person.birth_year or 9999,
            person.pk,
        ),
    )


def _labels(at):
    held = Label.objects.held_on(local_day(at)).filter(person=OuterRef("pk")).order_by("kind")
    return ArraySubquery(
        held.values(
            told=JSONObject(
                id="pk", kind="kind", until="until", granted_by="granted_by", granted_at="granted_at"
            )
        )
    )


def _origins():
    rows = Origin.objects.filter(subject_id=OuterRef("pk")).order_by("at", "id")
    name = Subquery(User.objects.filter(pk=OuterRef("by_id")).values("name")[:1])
    return ArraySubquery(
        rows.values(
            told=JSONObject(
                fields="fields", at="at", source="source", by_kind="by_kind", name=name, basis="basis"
            )
        )
    )


def ties(household, people=()) -> list[Tie]:
    """Return what held and holds of a household and its people, the youngest first."""
    rows = Tie.objects.filter(Q(household=household) | Q(person__in=list(people)))
    return list(rows.select_related("home__building", "organisation").order_by("-since", "-id"))


class Residence(NamedTuple):
    """Where a person lived, from a day on, up to but not including another."""

    home: Home
    since: date
    until: date | None


def residences(person) -> list[Residence]:
    """Return where a person lived, the youngest first: where the household lived while he or she belonged to it."""
    belonged = list(Tie.objects.filter(person=person, kind=TieKind.BELONGS))
    housed = Tie.objects.filter(kind__in=HOUSING, household__in=[tie.household_id for tie in belonged])
    found = []
    for tie in housed.select_related("home__building"):
        for own in (own for own in belonged if own.household_id == tie.household_id):
            since = max(own.since, tie.since)
            until = min((day for day in (own.until, tie.until) if day), default=None)
            if until is None or since < until:
                found.append(Residence(tie.home, since, until))
    return sorted(found, key=lambda row: row.since, reverse=True)


def work_ties(person) -> list:
    """Return where a person works or worked, the youngest first."""
    rows = Tie.objects.filter(person=person, kind=TieKind.WORKS).select_related("organisation")
    return list(rows.order_by("-since", "-id"))


def wards(person) -> list:
    return list(Person.objects.current().filter(guardian=person))


def links(household, at) -> list[Link]:
    """Return who looks after a household now: by name with its consent, or by its area."""
    above = paths_above(household.grid_path)
    reach = Q(household=household) | Q(household=None, path__in=above)
    return list(
        Link.objects.held_on(local_day(at)).filter(reach).select_related("user").order_by("kind", "since")
    )


def paths_above(path) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]


# Places to choose from


def buildings_to_choose(user, at) -> QuerySet:
    """Return the buildings among whose homes the user may put a household."""
    rows = Building.objects.filter(files_reach(user, at, ("area", "keeper")))
    return rows.annotate(whole=Concat("estate", "name"))


def home_at(user, at, *, building, unit, room) -> tuple[Building | None, Home | None]:
    """Return (building, home) of this door in the user's reach; None where there is none."""
    block = buildings_to_choose(user, at).filter(whole="".join(building.split())).first()
    rows = Home.objects.select_related("building").filter(building=block, unit=unit, room=room)
    return block, rows.first() if block else None


def living_in(home) -> list[Household]:
    """Return the households that live in a home now, with whom to speak to first."""
    return list(Household.objects.current().filter(home=home).select_related("contact"))


def day_of(text) -> date:
    """Return the day that a column beside a row holds as text."""
    return date.fromisoformat(text[:10])
