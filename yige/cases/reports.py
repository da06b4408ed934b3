"""What a report consists of: the problem, where it is, how it came. Who reported is `reporters.ReporterContact`."""

from typing import NamedTuple

from yige.archive.models import Household
from yige.cases.models import Case, Category
from yige.cases.words import Channel, LocatedBy
from yige.lib.search_words import search_pairs, search_text

# Left out of what was said when nobody said it: a list that is imported again has to say the same as the first time.
OPTIONAL = ("urgency", "nature", "accuracy_m", "household", "recurs_from")


class Problem(NamedTuple):
    """What it is; without an urgency and a nature it has those of its category."""

    words: str
    category: Category
    urgency: str | None = None
    nature: str | None = None


class Location(NamedTuple):
    """Where in the grid it is, and how that is known; nobody has to give a point."""

    place: str = ""
    located_by: str = LocatedBy.QR
    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None


class Origin(NamedTuple):
    """How it came: the channel, the household it was taken down for, the case whose problem has come back."""

    channel: str = Channel.SNAP
    household: Household | None = None
    recurs_from: Case | None = None


DEFAULT_LOCATION = Location()
DEFAULT_ORIGIN = Origin()


def search_fields(words, place) -> dict[str, str | list[str]]:
    """Return the columns by which a case with these words at this place is searched."""
    kept = search_text(f"{words}\n{place}")
    return {"search_text": kept, "grams": search_pairs(kept)}


def facts(*values) -> dict:
    """Return these values as the fields of a case."""
    pairs = [pair for value in values for pair in value._asdict().items()]
    return {name: value for name, value in pairs if value is not None or name not in OPTIONAL}
