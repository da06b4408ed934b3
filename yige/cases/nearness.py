"""How near two reports are: building first, then the spot, then metres, then words; what is elsewhere is not asked about.

Pure. What is not said is neither near nor far.
"""

import re
from typing import NamedTuple
from uuid import UUID

from yige.cases.categories import UNSURE
from yige.lib import addresses
from yige.lib.coordinates import distance_m
from yige.lib.typed_text import likeness

SAME, UNKNOWN, OTHER = 0, 1, 2
ALIKE = 0.3  # below this two reports do not sound like the same thing
A_LITTLE_ALIKE = 0.12  # enough where the spot is the same
SAME_CATEGORY = 0.15  # counts for likeness, but “not sure” is no likeness
SAME_SPOT = 0.5
BESIDE_M, FAR_M, UNKNOWN_M = 50, 300, 150  # metres
_AT = re.compile("(?:口|附近|旁边?|边|处|里|内|这里|那里)+$")
_SIDES = set("东西南北")


class Description(NamedTuple):
    """What is compared of a report: its words, the id of its kind (None when not sure), and where it is."""

    words: str
    kind: UUID | None = None
    place: str = ""
    lon: float | None = None
    lat: float | None = None


class Nearness(NamedTuple):
    """How near another report is, in the order in which they are shown: the smallest first."""

    building: int
    spot: int
    metres: int
    unlike: float

    @property
    def is_elsewhere(self) -> bool:
        """Say whether it is known to be another place: another building, or farther than a street."""
        if self.building == SAME or self.metres <= BESIDE_M:
            return False
        return self.building == OTHER or self.metres > FAR_M

    @property
    def is_here(self) -> bool:
        return self.building == SAME or self.spot == SAME or self.metres <= BESIDE_M

    @property
    def in_words(self) -> str:
        """Say how near it is, or nothing where that is not known."""
        if self.building == SAME:
            return "和您说的是同一栋楼"
        if self.spot == SAME:
            return "和您说的是同一个地方"
        return "" if self.metres == UNKNOWN_M else f"离您说的地方约 {max(self.metres, 10)} 米"


def description(words, category, *, place="", lon=None, lat=None) -> Description:
    """Return what is compared of a report; “not sure” is no kind of its own."""
    return Description(words, None if category.slug == UNSURE else category.pk, place, lon, lat)


def nearness(one, other) -> Nearness:
    """Compare where and what two reports are."""
    building, spot = compare_places(one.place, other.place)
    return Nearness(building, spot, metres_between(one, other), round(1 - likeness_of(one, other), 4))


def may_be_same(one, other, near) -> bool:
    """Say whether to ask: what sounds alike, or a little alike or of one kind at the same spot."""
    alike = 1 - near.unlike
    if alike >= ALIKE:
        return True
    same_kind = one.kind is not None and one.kind == other.kind
    return near.is_here and (same_kind or alike >= A_LITTLE_ALIKE)


def likeness_of(one, other) -> float:
    same_kind = one.kind is not None and one.kind == other.kind
    return likeness(one.words, other.words) + (SAME_CATEGORY if same_kind else 0)


def compare_places(one, other) -> tuple[int, int]:
    """Compare two places as they were typed: the building, and the spot in it or beside it."""
    if not one or not other:
        return UNKNOWN, UNKNOWN
    first, second = addresses.parse(one), addresses.parse(other)
    if not first.building or not second.building:
        both_without = not first.building and not second.building
        return UNKNOWN, SAME if both_without and _same_spot(one, other) else UNKNOWN
    if first.building != second.building or not _same_estate(first.estate, second.estate):
        return OTHER, OTHER
    if addresses.normal(one) == addresses.normal(other):
        return SAME, SAME
    if not first.unit or not second.unit:
        return SAME, UNKNOWN
    return SAME, SAME if first.unit == second.unit else OTHER


def metres_between(one, other) -> int:
    """Return the distance to ten metres; UNKNOWN_M where one of them has no point."""
    if one.lon is None or other.lon is None:
        return UNKNOWN_M
    metres = int(round(distance_m((one.lon, one.lat), (other.lon, other.lat)), -1))
    return metres + 1 if metres == UNKNOWN_M else metres


def _same_spot(one, other):
    """Two spots without a building: the same but for its last word, or very alike, and not at two sides of it."""
    first, second = (_AT.sub("", addresses.normal(text)) for text in (one, other))
    if first == second:
        return True
    return set(first) & _SIDES == set(second) & _SIDES and likeness(first, second) >= SAME_SPOT


def _same_estate(one, other):
    """A name that is left out or written shorter is no other estate: 白杨 and 白杨小区."""
    return not one or not other or one in other or other in one
