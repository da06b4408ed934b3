"""What a table of counts may say where some cells are small, so that nobody works out how many a small cell holds.

A cell of 1 up to k−1 is told as “少于k”, everything else as it is. A total beside small cells is told as a range. The
ranges are cut by how many small cells there are, never by what they hold, and each has room for two answers at least:
whoever knows this file, all other cells and the total still cannot say what one small cell holds. A total of totals is
made of what is told already, so it adds nothing to know.
"""

from collections.abc import Iterable
from typing import NamedTuple

K = 5
K_MINORS = 10


class CountRange(NamedTuple):
    """What is said of a count: from at least so many to at most so many."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    @property
    def text(self) -> str:
        if self.is_exact:
            return str(self.least)
        return f"少于{self.most + 1}" if self.least == 1 else f"{self.least}–{self.most}"


NOTHING = CountRange(0, 0)


def exact(count: int) -> CountRange:
    """Tell a count to somebody who may open the files that it counts."""
    return CountRange(count, count)


def cell(count: int, k: int = K) -> CountRange:
    """Tell one cell of a table."""
    return CountRange(1, k - 1) if 0 < count < k else CountRange(count, count)


def total(counts: Iterable[int], k: int = K) -> CountRange:
    """Tell the total of a group of cells that are told by `cell`, beside them or elsewhere."""
    counts = list(counts)
    small = [count for count in counts if 0 < count < k]
    rest = sum(counts) - sum(small)
    if not small:
        return CountRange(rest, rest)
    least, most = _band(sum(small), len(small), k)
    return CountRange(rest + least, rest + most)


def together(told: Iterable[CountRange]) -> CountRange:
    """Tell the sum of what is told already."""
    told = list(told)
    return CountRange(sum(one.least for one in told), sum(one.most for one in told))


def _band(count, cells, k):
    """Return the band of a sum of so many small cells: k wide from the least possible sum on, the last never of one."""
    highest = cells * (k - 1)
    least = cells + (count - cells) // k * k
    if least == highest:
        least -= k
    most = least + k - 1
    return least, highest if most >= highest - 1 else most
