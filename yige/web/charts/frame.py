"""The paper that charts are drawn on: scales, round steps, how wide words are, pieces of SVG.

A chart is laid out for the larger of its two letters, those of a phone, so that nothing overlaps on either; charts.css picks.
Every piece carries its own attributes, so that the picture is whole without a style sheet, as in a PDF.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yige.lib.percents import percent_text

WIDTH = 480  # of every chart, in its own units
SMALL, LARGE = 11, 17  # letters in a wide place and on a phone, in the same units
LINE = LARGE + 3  # from one line of letters to the next
STEPS = (1, 2, 2.5, 5, 10)
SHAPES = {"up": "M{x},{top}L{right},{low}L{left},{low}Z", "down": "M{x},{low}L{right},{top}L{left},{top}Z"}
DOT, MARK = 3.5, 6  # radius of a circle, half the side of a shape


class Frame(NamedTuple):
    """Where the picture lies in its chart, and which values its edges stand for."""

    left: float
    top: float
    right: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, part: float) -> float:
        """Return how far right a part of the width lies, 0 … 1."""
        return self.left + part * (self.right - self.left)

    def place(self, place: int, count: int) -> float:
        """Return how far right the middle of one of so many columns lies."""
        return self.x((place + 0.5) / count)


def width_of(text: str, size: float = LARGE) -> float:
    """Return about how wide words are: a Chinese sign is a square, others a little more than half."""
    return sum(1 if ord(sign) > 0x2E7F else 0.58 for sign in text) * size


def round_step(span: float, most: int, whole: bool = False) -> float:
    """Return the smallest round step that divides a span into at most so many parts; `whole` for counts."""
    rough = max(span / most, 1 if whole else 0)
    power = 10 ** math.floor(math.log10(rough))
    return next(
        step * power for step in STEPS if step * power >= rough * (1 - 1e-9) and not (whole and step == 2.5)
    )


def scale(values: Iterable[float], *, share: bool, most: int = 4) -> tuple[float, float, list[float]]:
    """Return (low, high, round values between) for an axis: counts begin at 0, shares stay within 0 … 1."""
    values = list(values) or [0.0]
    low, high = (min(values), max(values)) if share else (0.0, max(*values, 1.0))
    span = max(high - low, 0.1 if share else 1.0)
    step = round_step(span, most, whole=not share and all(float(value).is_integer() for value in values))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    if share and last * step > 1 + 1e-9:
        first, last = first - 1, last - 1
    ticks = [round(number * step, 10) for number in range(max(first, 0), last + 1)]
    return ticks[0], ticks[-1], ticks


def figure_words(value: float | None, share: bool, digits: int = 0) -> str:
    """Return a value as it is read: 72%, 3.5, 12."""
    if value is None:
        return "没有数"
    text = percent_text(value, digits) if share else f"{value:.{max(digits, 1)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if share else text


def spread_out(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least a gap apart, as near to those wanted as goes, between low and high, in the same order."""
    order = sorted(range(len(wanted)), key=lambda row: wanted[row])
    placed, edge = [0.0] * len(wanted), low
    for row in order:
        placed[row] = edge = max(wanted[row], edge)
        edge += gap
    edge = high
    for row in reversed(order):
        placed[row] = edge = min(placed[row], edge)
        edge -= gap
    return placed


# pieces


def svg(
    key: str, title: str, sentence: str, height: float, parts: Iterable, width: float = WIDTH
) -> SafeString:
    """Return a picture with its name and what is to be seen on it."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="yg-chart" viewBox="0 0 {} {}" font-size="{}" '
        'fill="currentColor" role="img" aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}</svg>',
        *(number(width), number(height), SMALL, key, key, key, title, key, sentence),
        join_parts(parts),
    )


def join_parts(parts: Iterable) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> SafeString:
    """Draw a straight line; kind is axis, mean, limit, interval or lead."""
    return format_html(
        '<line data-kind="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-width="{}"{}/>',
        *(kind, *map(number, (x1, y1, x2, y2)), {"mean": "1.5"}.get(kind, "1")),
        faint_or_broken(kind),
    )


def polyline(points: Iterable[tuple[float, float]], kind: str) -> SafeString:
    """Draw a line through points; kind is line, limit or inner."""
    return format_html(
        '<polyline data-kind="{}" points="{}" fill="none" stroke="currentColor" stroke-width="{}"{}/>',
        kind,
        " ".join(f"{number(x)},{number(y)}" for x, y in points),
        {"line": "2"}.get(kind, "1.2"),
        faint_or_broken(kind),
    )


def faint_or_broken(kind: str) -> SafeString:
    if kind == "axis":
        return SafeString(' stroke-opacity="0.25"')
    dashes = {"limit": "5 4", "inner": "1 4", "lead": "2 3"}.get(kind)
    return format_html(' stroke-dasharray="{}"', dashes) if dashes else SafeString("")


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "word") -> SafeString:
    """Write words; kind is word, tick or spare, the latter left away where letters are large."""
    return format_html(
        '<text data-kind="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        number(x),
        number(y),
        anchor,
        words,
    )


def dot(x: float, y: float, words: str, *, hollow: bool = False, size: float = 1) -> SafeString:
    """Draw a point as a circle; its words are shown when it is pointed at."""
    return format_html(
        '<circle data-kind="{}" cx="{}" cy="{}" r="{}"{}><title>{}</title></circle>',
        *("hollow" if hollow else "dot", number(x), number(y), number(DOT * size)),
        SafeString(' fill="none" stroke="currentColor"' if hollow else ""),
        words,
    )


def shape(x: float, y: float, direction: str, words: str, *, size: float = 1) -> SafeString:
    """Draw a point that is out of the ordinary: a triangle that points the way, larger than a circle."""
    half = MARK * size
    corners = {"x": x, "left": x - half, "right": x + half, "top": y - half, "low": y + half}
    path = SHAPES[direction].format(**{name: number(place) for name, place in corners.items()})
    return format_html('<path data-kind="mark" d="{}"><title>{}</title></path>', path, words)


def axis(frame: Frame, ticks: Sequence[float], share: bool) -> list:
    """Draw the lines across at round values, with their numbers at the left."""
    digits = 0 if not share or round(ticks[1] * 100 % 1, 6) == round(ticks[0] * 100 % 1, 6) == 0 else 1
    return [
        piece
        for tick in ticks
        for piece in (
            line(frame.left, frame.y(tick), frame.right, frame.y(tick), "axis"),
            text(frame.left - 6, frame.y(tick) + 4, figure_words(tick, share, digits), "end", "tick"),
        )
    ]


def column_labels(frame: Frame, labels: Sequence[str], y: float) -> list:
    """Write as many labels under the columns as fit, the last one always; those too many for large letters are spare."""
    room = (frame.right - frame.left) / max(len(labels), 1)
    widest = max((width_of(label, 1) for label in labels), default=0)
    every = max(1, math.ceil((widest * SMALL + 6) / room))
    wide = every * max(1, math.ceil((widest * LARGE + 6) / room / every))
    back = [(place, len(labels) - 1 - place) for place in range(len(labels))]
    return [
        text(frame.place(place, len(labels)), y, labels[place], "middle", "spare" if left % wide else "tick")
        for place, left in back
        if left % every == 0
    ]
