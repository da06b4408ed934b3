"""How a figure is told where a sheet leaves the house: rounded by chance, by one draw for one figure of one group.

The draw is derived from what is counted (which figure, of which group, of which days, in whose reach), so the same figure
is told the same in every sheet, however often it is made: neither making it again nor subtracting sheets from each other
brings out the count. Why by chance: docs/adr/0019.
"""

from typing import NamedTuple

from yige.assessment.chance import ENOUGH_CASES
from yige.lib import small_numbers
from yige.lib.crypto import keyed_hashes
from yige.lib.sheet_cells import Share

FEW = f"不到 {small_numbers.BASE}"


class Pair(NamedTuple):
    """How many met a condition, of how many."""

    met: int
    of: int


def told_pair(pair, *meaning) -> Pair:
    """Return what is told of a figure; never more met than there are."""
    of = small_numbers.draw(pair.of, pick_of("of", *meaning))
    return Pair(min(small_numbers.draw(pair.met, pick_of("met", *meaning)), of), of)


def pick_of(*meaning) -> object:
    """Return how to pick one of 0 … base − 1, always the same for the same meaning."""
    drawn = int(keyed_hashes("|".join(map(str, meaning)))[0][:12], 16)
    return lambda base: drawn % base


def cell(part, pair, outside) -> object:
    """Return what stands in the cell of one part of a figure; of few cases there is no share."""
    if part == "share":
        share = pair.met / pair.of if pair.of >= ENOUGH_CASES else None
        return None if share is None else Share(round(share, 2) if outside else share)
    count = getattr(pair, part)
    return FEW if outside and not count else count
