"""One line for each matter: how each column of a row reads its fields. Nothing about a person, no words, no door."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings

from yige.accounts.models import UnitKind
from yige.cases.words import OPEN, Channel, State, Tier, Urgency
from yige.grids.models import Grid, Level
from yige.lib.local_time import local_day
from yige.lib.numbers import case_number

CHUNK = 500  # rows in hand at a time: more cost memory and save no time
GRID_TEAM = "所在网格"
UNDISPATCHED = (State.REPORTED, State.ACCEPTED)


class RowContext(NamedTuple):
    """What the reading of a row needs beside the row."""

    at: object
    places: dict
    outside: bool


def lines(view, rows, at) -> Iterator[list]:
    given = RowContext(at, places(), view.outside)
    asked = [READINGS[name] for name in view.columns]
    fields = list(dict.fromkeys(field for names, _ in asked for field in names))
    cells = [(read, [fields.index(field) for field in names]) for names, read in asked]
    for row in rows.values_list(*fields).iterator(chunk_size=CHUNK):
        yield [read(given, *[row[place] for place in of]) for read, of in cells]


def places() -> dict[str, str]:
    """Return the names of streets, communities and grids by their paths; a micro-grid is some households."""
    known = Grid.objects.current().filter(level__lte=Level.GRID)
    return dict(known.values_list("path", "name"))


def place_of(given, path, level) -> str:
    return given.places.get(area_path(path, level), "")


def area_path(path, level) -> str:
    """Return the path of the area of a level that holds this path."""
    parts = path.strip("/").split("/")[:level]
    return f"/{'/'.join(parts)}/"


def unit_name(given, name, kind, state) -> str:
    """A team may be one person: outside the house it is the grid."""
    if state in UNDISPATCHED or not name:
        return ""
    return GRID_TEAM if given.outside and kind == UnitKind.GRID_TEAM else name


def days_taken(given, reported_at, closed_at) -> int | None:
    return (local_day(closed_at) - local_day(reported_at)).days if closed_at else None


def as_is(given, value) -> object:
    return value


def label_of(choices) -> object:
    labels = dict(choices.choices)
    return lambda given, value: labels.get(value, value)


# fmt: off
READINGS = {
    # column          fields                                        how they are read
    "number":        (("serial",),                                  lambda given, serial: case_number(settings.YIGE_DISTRICT_CODE, serial)),
    "group":         (("category__parent__label",),                 as_is),
    "category":      (("category__label",),                         as_is),
    "urgency":       (("urgency",),                                 label_of(Urgency)),
    "channel":       (("channel",),                                 label_of(Channel)),
    "tier":          (("tier",),                                    label_of(Tier)),
    "state":         (("state",),                                   label_of(State)),
    "community":     (("grid_path",),                               lambda given, path: place_of(given, path, Level.COMMUNITY)),
    "grid":          (("grid_path",),                               lambda given, path: place_of(given, path, Level.GRID)),
    "unit":          (("unit__name", "unit__kind", "state"),        unit_name),
    "reported_at":   (("reported_at",),                             as_is),
    "accepted_at":   (("accepted_at",),                             as_is),
    "dispatched_at": (("dispatched_at",),                           as_is),
    "handled_at":    (("handled_at",),                              as_is),
    "closed_at":     (("closed_at",),                               as_is),
    "cleared_at":    (("cleared_at",),                              as_is),
    "next_mark_at":  (("next_mark_at",),                            as_is),
    "overdue":       (("state", "next_mark_at"),                    lambda given, state, due: state in OPEN and due is not None and due < given.at),
    "days":          (("reported_at", "closed_at"),                 days_taken),
    "extensions":    (("extensions",),                              as_is),
    "return_count":  (("return_count",),                            as_is),
    "reopen_no":     (("reopen_no",),                               as_is),
}
# fmt: on
