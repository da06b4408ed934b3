"""New people of a batch with the homes and households they need, by COPY: sealed, hashed, with provenance.

A new person bears the id of its row, and a household an id that follows from the run, the door and the head: a batch
that is tried again makes the same rows.
"""

from uuid import UUID

from django.db.models import F

from yige.archive.models import Home, Household, Origin, Person, RosterRow, Tie
from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.people.purposes import basis_of
from yige.archive.person_fields import (
    FIELD_BY_NAME,
    FIELDS_IN_ROSTERS,
    LAW,
    SOUND_COLUMN,
    VALUE_FIELDS,
    columns_of,
)
from yige.archive.rosters.copying import copy
from yige.archive.words import HomeUse, Source, TieKind
from yige.lib.crypto import seal
from yige.lib.ids import new_id
from yige.lib.local_time import local_day

HOMES = (
    "id",
    "building_id",
    "grid_path",
    "unit",
    "floor",
    "room",
    "use",
    "gas",
    "escape_clear",
    "indoor_charging",
)
HOUSEHOLDS = ("id", "grid_id", "grid_path", "home_id", "made_at", "version")
# What no roster brings is written empty: COPY does not know the defaults of the model.
NOT_IN_ROSTERS = tuple(FIELD_BY_NAME[name] for name in VALUE_FIELDS if not FIELD_BY_NAME[name].roster)
PEOPLE = (
    "id", "household_id", "grid_path", *(column for field in FIELDS_IN_ROSTERS for column in columns_of(field)),
    *(field.name for field in NOT_IN_ROSTERS), SOUND_COLUMN, "guardian_id", "made_at", "version",
)  # fmt: skip
TIES = ("id", "kind", "person_id", "household_id", "home_id", "relation", "since")
ORIGINS = ("id", "subject_id", "fields", "at", "source", "source_id", "by_kind", "by_id", "basis")
TABLE = Person._meta.db_table


def add_newcomers(run, steps, rows) -> None:
    """Write the new people of a batch; `rows` are the run's rows by number."""
    if not steps:
        return
    guardians = guardians_of(run, steps, rows)
    day = local_day(run.began_at)
    ids = [rows[step.said.number].pk for step in steps]
    people = list(zip(steps, ids, strict=True))
    copy(Person, PEOPLE, (_person(run, step, pk, guardians) for step, pk in people))
    copy(Tie, TIES, (_belongs(step, pk, day) for step, pk in people))
    copy(Origin, ORIGINS, (origin(run, pk, _fields(run, step)) for step, pk in people))
    numbers = [step.said.number for step in steps]
    here = RosterRow.objects.filter(
        run=run, number__gte=min(numbers), number__lte=max(numbers), taken_at=None
    )
    here.filter(verdict=Verdict.NEW).update(taken_at=run.began_at, person=F("pk"))


def make_households(run, steps) -> None:
    """Make the homes and households that these steps need and that are not there yet."""
    wanted = {step.household: step for step in steps if step.makes}
    for pk in Household.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True):
        del wanted[pk]
    if not wanted:
        return
    homes = homes_at(run, {step.place for step in wanted.values()})
    day = local_day(run.began_at)
    copy(
        Household,
        HOUSEHOLDS,
        (
            (pk, step.place.grid, step.place.path, homes[step.place.key], run.began_at, 1)
            for pk, step in wanted.items()
        ),
    )
    copy(
        Tie,
        TIES,
        (
            (new_id(), step.said.housing, None, pk, homes[step.place.key], "", day)
            for pk, step in wanted.items()
        ),
    )
    copy(Origin, ORIGINS, (origin(run, pk, ["home"]) for pk in wanted))


def homes_at(run, places) -> dict[tuple[UUID, str, str], UUID]:
    """Return {key: id} of the homes at these places; those that are missing in a known building are made."""
    found = {}
    rows = Home.objects.filter(building__in={place.building for place in places})
    for pk, building, unit, room in rows.values_list("pk", "building_id", "unit", "room"):
        found[building, unit, room] = pk
    missing = {place.key: place for place in places if place.key not in found}
    made = {key: new_id() for key in missing}
    copy(
        Home,
        HOMES,
        (
            (
                made[key],
                place.building,
                place.path,
                place.unit,
                place.floor,
                place.room,
                HomeUse.UNKNOWN,
                "",
                "",
                "",
            )
            for key, place in missing.items()
        ),
    )
    copy(Origin, ORIGINS, (origin(run, pk, ["file"]) for pk in made.values()))
    return found | made


def guardians_of(run, steps, rows) -> dict[int, UUID]:
    """Return {row number: person} of the grown-ups who answer for the children of this batch."""
    wanted = {step.guardian[1] for step in steps if step.guardian and step.guardian[0] == "row"}
    found = dict(
        RosterRow.objects.filter(run=run, number__in=wanted, person__isnull=False).values_list(
            "number", "person"
        )
    )
    new = {step.said.number: rows[step.said.number].pk for step in steps if step.verdict == Verdict.NEW}
    return new | found


def guardian_of(step, guardians) -> object:
    if step.guardian is None:
        return None
    kind, key = step.guardian
    return guardians.get(key) if kind == "row" else key


def _person(run, step, pk, guardians):
    marks = step.marks
    values = [value for field in FIELDS_IN_ROSTERS for value in _values(run, step, field, pk)]
    return (
        pk,
        step.household,
        step.place.path,
        *values,
        *(field.empty for field in NOT_IN_ROSTERS),
        marks.sound[0] if marks.sound else None,
        guardian_of(step, guardians),
        run.began_at,
        1,
    )


def _values(run, step, field, pk):
    """Return the values of the columns that hold a field."""
    value = _told(run, step, field)
    if not field.mask:
        return (value or field.empty,)
    blob = seal(value, where=f"{TABLE}.{field.name}:{pk}") if value else None
    if not field.search:
        return (blob,)
    return blob, getattr(step.marks, field.roster)[0] if value else None


def _told(run, step, field):
    """Return what a row says in a field; what only a law may ask for counts where the run names the law."""
    return "" if field.word == LAW and not run.columns.get("basis") else getattr(step.said, field.roster)


def _belongs(step, pk, day):
    return new_id(), TieKind.BELONGS, pk, step.household, None, step.said.relation, day


def _fields(run, step):
    named = {field.name: _told(run, step, field) for field in FIELDS_IN_ROSTERS} | {"guardian": step.guardian}
    return sorted(name for name, value in named.items() if value)


_BASIS = {}


def origin(run, subject, fields) -> tuple:
    """Return the row that says that these fields of a file come from this run."""
    key = tuple(fields)
    if key not in _BASIS:
        _BASIS[key] = basis_of(fields)
    return new_id(), subject, fields, run.began_at, Source.IMPORT, run.pk, "staff", run.by_id, _BASIS[key]
