"""What may be said of counts of households and people, so that nobody works out what one household is.

A count is told rounded at random, up or down to a multiple of its base, so that the mean is right and a reader learns no
more than an interval of `2 * base - 1` values. What is told of larger areas is the sum of what is told of the parts, never
counted anew, so it adds nothing to know; parts of one whole are told so that the whole, known exactly, leaves room too.
Whoever draws keeps what was drawn and says the same to everybody until the next day of publication: docs/adr/0019.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

BASE = 5
BASE_CHILDREN = 10
ENOUGH = 30  # households; of fewer together nothing is told
FEWEST = 5  # matters or answers; a count of one to four is told of nobody
BANDS = (0, 20, 50, 100, 200, 500, 1000)
ROOM = 2  # what an exactly known whole leaves open at least beside its parts


class ToldCount(NamedTuple):
    """What is said of a count: about so many, in truth at least and at most so many."""

    about: int
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    @property
    def text(self) -> str:
        if self.is_exact:
            return str(self.about)
        return f"约{self.about}" if self.about else f"不到{self.most + 1}"


def exact(count: int) -> ToldCount:
    """Tell a count to somebody who may open the files that it counts, or one that is no secret."""
    return ToldCount(count, count, count)


def about(drawn: int, base: int = BASE) -> ToldCount:
    """Tell what was drawn of a count."""
    return ToldCount(drawn, max(drawn - base + 1, 0), drawn + base - 1)


def together(told: Iterable[ToldCount]) -> ToldCount:
    """Tell the sum of what is told already."""
    told = list(told)
    return ToldCount(*(sum(part) for part in zip(*told, strict=True))) if told else exact(0)


def draw(count: int, pick: Callable[[int], int], base: int = BASE) -> int:
    """Round a count down or up to a multiple of the base; `pick(base)` picks one of 0 … base − 1 at random."""
    return (count + pick(base)) // base * base


def draw_parts(whole: int, counts: Iterable[int], pick: Callable[[int], int], base: int = BASE) -> list[int]:
    """Draw counts that are parts of a whole which is told exactly, so that they never have to fill all of it."""
    counts = list(counts)
    drawn = [draw(count, pick, base) for count in counts]
    for place, count in enumerate(counts):
        if sum(about(one, base).least for one in drawn) > whole - ROOM and drawn[place] > count:
            drawn[place] -= base
    return drawn


def band(count: int) -> str:
    """Tell how large a list of persons is that nobody has yet: one of a few sizes, each far wider than a household."""
    place = bisect(BANDS, count)
    if place == 1:
        return f"不到{BANDS[1]}"
    return f"{BANDS[place - 1]}–{BANDS[place] - 1}" if place < len(BANDS) else f"{BANDS[-1]}以上"


def is_safe(count: int) -> bool:
    """Say whether a count of matters may be told as it is: there is none, or there are several."""
    return count == 0 or count >= FEWEST


def parts_told(counts: Mapping[str, int], order: Sequence[str]) -> set[str]:
    """Return the parts that may be told exactly beside their whole, so that the others cannot be worked out of it.

    Where one part is too small, others are left out with it, in an `order` that nobody learns anything from, until what
    they have together would fit every small part being any of 1 … 4. The whole itself is for the caller to judge.
    """
    small = [name for name in order if not is_safe(counts[name])]
    if not small:
        return set(order)
    silent, rest = set(small), sum(counts[name] for name in small)
    for more, name in enumerate((name for name in order if name not in silent), 1):
        silent.add(name)
        rest += counts[name]
        if rest >= len(small) * (FEWEST - 1) + more * FEWEST:
            break
    return set(order) - silent
