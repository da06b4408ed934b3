"""Whether a row of months really changed, or only goes up and down as it always does: a process-behaviour (XmR) chart.

Limits are mean ± 2.66 · mean moving range (W. A. Shewhart; D. J. Wheeler, Understanding Variation). The four rules are those
of the NHS programme Making Data Count, with seven months on one side as its reference implementation has it: of 100 steady
rows of two years, six would see a run in 21, seven in 10. Only what reaches the last month is called a change: 2 of the 100.
All arithmetic is in fractions, so equal months are equal and a recount by hand comes out the same.

After a named change of the work the caller gives the points since then; limits never move by themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

ENOUGH_POINTS = 12  # of fewer, limits are not worth drawing
RUN, TREND = (
    7,
    6,
)  # points in a row on one side of the mean; points in a row each above (below) the one before
WIDTH = Fraction(266, 100)  # 3 / 1.128: mean moving ranges from the mean to a limit
NEAR = Fraction(2, 3)  # of the way from the mean to a limit: beyond it a point is near the limit
UP, DOWN = "up", "down"
WORD = {UP: "高", DOWN: "低"}


class Signal(NamedTuple):
    """What chance does not do by itself: by which rule, in which direction, at which places of the points given."""

    rule: str
    direction: str
    places: tuple[int, ...]
    words: str

    @property
    def begin(self) -> int:
        """Return the place of the first point that is different: a trend begins with its first step, not where it starts from."""
        return self.places[1] if self.rule == "trend" else self.places[0]


class ProcessReading(NamedTuple):
    """What a row of points says. Limits are None while there are too few points, the mean while there is none at all.

    `standing` is "better", "worse", "changed" (nobody said which way is better, or both at once), "steady" or "unknown".
    """

    mean: float | None
    lower: float | None
    upper: float | None
    signals: tuple[Signal, ...]
    words: str
    standing: str

    @property
    def marks(self) -> list[tuple[int, str, str]]:
        """Return (place, direction, word) of every point that a chart marks; a run has its word at its first point."""
        marks = {}
        for signal in self.signals:
            for place in signal.places:
                first = place == signal.places[0]
                word = signal.words if first else ""
                if place not in marks or (first and not marks[place][2]):
                    marks[place] = (place, signal.direction, word)
        return [marks[place] for place in sorted(marks)]


class Limits(NamedTuple):
    mean: Fraction
    reach: Fraction  # from the mean to a limit, before it is clipped


def read_process(
    points: Iterable[tuple[str, float | None]],
    *,
    better: str | None = None,
    share: bool = False,
    span: str = "个月",
) -> ProcessReading:
    """Read points (label, value) in their order; a value None is a month without a figure and counts in nothing.

    `better` is "up" or "down", or None where neither is a merit; `share` clips the limits to 0 … 1.
    """
    points = list(points)
    kept = [(place, Fraction(value)) for place, (_, value) in enumerate(points) if value is not None]
    if not kept:
        return ProcessReading(
            None, None, None, (), f"还没有数，至少要 {ENOUGH_POINTS} {span}才看得出变化", "unknown"
        )
    limits = limits_of([value for _, value in kept])
    if len(kept) < ENOUGH_POINTS:
        words = f"还不够，看不出变化：只有 {len(kept)} {span}，至少要 {ENOUGH_POINTS} {span}"
        return ProcessReading(float(limits.mean), None, None, (), words, "unknown")
    signals = tuple(signals_of(kept, limits, span))
    standing, words = verdict(signals, points, last=kept[-1][0], better=better)
    return ProcessReading(float(limits.mean), *drawn_limits(limits, share), signals, words, standing)


def limits_of(values: Sequence[Fraction]) -> Limits:
    """Return the mean and how far chance reaches from it; one value alone reaches nowhere."""
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return Limits(sum(values) / len(values), WIDTH * sum(steps) / len(steps) if steps else Fraction(0))


def drawn_limits(limits: Limits, share: bool) -> tuple[float, float]:
    lower, upper = limits.mean - limits.reach, limits.mean + limits.reach
    return (float(max(lower, 0)), float(min(upper, 1))) if share else (float(lower), float(upper))


# the four rules


def signals_of(kept: Sequence[tuple[int, Fraction]], limits: Limits, span: str) -> list[Signal]:
    """Return all signals, by rule and then by time; `kept` is (place, value)."""
    return [
        *points_outside(kept, limits),
        *runs_on_one_side(kept, limits, span),
        *trends(kept, span),
        *points_near_a_limit(kept, limits, span),
    ]


def points_outside(kept: Sequence[tuple[int, Fraction]], limits: Limits) -> list[Signal]:
    """Rule 1: one point beyond a limit."""
    return [
        Signal("outside", side, (place,), f"超出正常起伏，偏{WORD[side]}")
        for place, value in kept
        if abs(value - limits.mean) > limits.reach
        for side in [side_of(value, limits.mean)]
    ]


def runs_on_one_side(kept: Sequence[tuple[int, Fraction]], limits: Limits, span: str) -> list[Signal]:
    """Rule 2: seven or more points in a row on one side of the mean; a point on the mean is on neither."""
    runs = split_runs(kept, lambda _, here: side_of(here, limits.mean))
    return [
        Signal("run", side, places, f"连续 {len(places)} {span}{WORD[side]}于平均")
        for side, places in runs
        if side and len(places) >= RUN
    ]


def trends(kept: Sequence[tuple[int, Fraction]], span: str) -> list[Signal]:
    """Rule 3: six or more points in a row, each above (each below) the one before it."""
    runs = split_runs(kept, lambda before, here: None if before is None else side_of(here, before))
    found = []
    for side, places in runs:
        begin = next(row for row, (place, _) in enumerate(kept) if place == places[0]) - 1
        if side and len(places) + 1 >= TREND:
            whole = (kept[begin][0], *places)
            found.append(
                Signal(
                    "trend", side, whole, f"连续 {len(whole)} {span}一路{'上升' if side == UP else '下降'}"
                )
            )
    return found


def points_near_a_limit(kept: Sequence[tuple[int, Fraction]], limits: Limits, span: str) -> list[Signal]:
    """Rule 4: of three points in a row two in the outer third between the mean and one and the same limit, or beyond it."""
    found: dict[str, list[set[int]]] = {UP: [], DOWN: []}
    for three in zip(kept, kept[1:], kept[2:], strict=False):
        for side in (UP, DOWN):
            near = {
                place
                for place, value in three
                if is_near(value, limits) and side_of(value, limits.mean) == side
            }
            if len(near) >= 2 and found[side] and found[side][-1] & near:
                found[side][-1] |= near
            elif len(near) >= 2:
                found[side].append(near)
    return [
        Signal(
            "near", side, tuple(sorted(places)), f"三{span}里有两{span}贴近{'上' if side == UP else '下'}限"
        )
        for side in (UP, DOWN)
        for places in found[side]
    ]


def is_near(value: Fraction, limits: Limits) -> bool:
    return abs(value - limits.mean) > NEAR * limits.reach


def side_of(value: Fraction, line: Fraction) -> str | None:
    return UP if value > line else DOWN if value < line else None


def split_runs(
    kept: Sequence[tuple[int, Fraction]], kind_of: Callable[[Fraction | None, Fraction], str | None]
) -> list[tuple[str | None, tuple[int, ...]]]:
    """Return [(kind, places)] of neighbours of one kind; `kind_of` gets the value before and the value itself."""
    runs: list[tuple[str | None, list[int]]] = []
    before = None
    for place, value in kept:
        kind = kind_of(before, value)
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(place)
        else:
            runs.append((kind, [place]))
        before = value
    return [(kind, tuple(places)) for kind, places in runs]


# the words


def verdict(
    signals: Sequence[Signal], points: Sequence[tuple], *, last: int, better: str | None
) -> tuple[str, str]:
    """Return (standing, words) of what holds at the last point; what is over is told as past."""
    now = [signal for signal in signals if last in signal.places]
    if not now:
        return "steady", "在正常的起伏之内" + past_words(signals, points)
    directions = {signal.direction for signal in now}
    what = "、".join(signal.words for signal in now)
    if len(directions) > 1:
        return "changed", f"有变化，但方向不一（{what}），要问原因"
    since = points[min(signal.begin for signal in now)][0]
    standing = standing_of(directions.pop(), better)
    if all(len(signal.places) == 1 for signal in now):
        how = {"better": "比平常好得多", "worse": "比平常差得多", "changed": "和平常不同"}[standing]
        return standing, f"{since} 真的{how}（{what}），是不是从此变了，还要看以后"
    how = {"better": "变好了", "worse": "变差了", "changed": "变了"}[standing]
    return standing, f"真的{how}，从 {since} 起（{what}）"


def standing_of(direction: str, better: str | None) -> str:
    if better is None:
        return "changed"
    return "better" if direction == better else "worse"


def past_words(signals: Sequence[Signal], points: Sequence[tuple]) -> str:
    if not signals:
        return ""
    latest = max(signals, key=lambda signal: signal.places[-1])
    since = points[latest.begin][0]
    when = f"从 {since} 起有过一段" if len(latest.places) > 1 else f"{since} 有过一次"
    return f"；{when}不寻常（{latest.words}）"
