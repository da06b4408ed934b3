"""Bars that lie, each with its words above and its figure behind, in the order given."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html

from yige.web.charts.chart import NO_PICTURE, Chart, sentence_of
from yige.web.charts.frame import LINE, WIDTH, Frame, figure_words, line, number, svg, text, width_of

BAR, ROW = 12, 46  # height of a bar; from one to the next, with its words above it


class Bar(NamedTuple):
    """One bar; `low` and `high` draw where a share may truly lie, `note` stands behind the figure."""

    label: str
    value: float | None
    note: str = ""
    low: float | None = None
    high: float | None = None


def bars(
    key: str,
    title: str,
    rows: Iterable[tuple],
    *,
    words: str = "",
    share: bool = False,
    heads: Sequence[str] = ("名称", "数"),
) -> Chart:
    """Draw rows (label, value, note, low, high; the last three may be left out) as bars, in the order given."""
    rows = [Bar(*row) for row in rows]
    facts = sentence_of(words, range_words(rows, share))
    legend = "细横线是真正的比例可能在的范围，件数越少越宽。" if any(map(has_interval, rows)) else ""
    picture = svg(key, title, facts, *bars_drawn(rows, share)) if rows else NO_PICTURE
    return Chart(title, facts, legend, picture, *bars_table(rows, share, heads))


def range_words(rows: Sequence[Bar], share: bool) -> str:
    known = [row.value for row in rows if row.value is not None]
    if not known:
        return "还没有数。"
    if len(rows) == 1:
        return f"{rows[0].label}：{figure_words(known[0], share)}。"
    return f"{len(rows)} 项，从 {figure_words(min(known), share)} 到 {figure_words(max(known), share)}。"


def has_interval(row: Bar) -> bool:
    return row.low is not None and row.high is not None


def bars_drawn(rows: Sequence[Bar], share: bool) -> tuple[float, list]:
    """Return how high the picture is, and its pieces."""
    ends = [f"{figure_words(row.value, share)} {row.note}".strip() for row in rows]
    most = max(max(row.value or 0, row.high or 0) for row in rows) or 1
    room = max(map(width_of, ends)) + 8
    frame = Frame(0, 0, max(WIDTH - room, WIDTH / 3), ROW * len(rows), 0, most)
    return frame.bottom, [
        piece for place, row in enumerate(rows) for piece in bar(frame, place, row, ends[place])
    ]


def bars_table(rows: Sequence[Bar], share: bool, heads: Sequence[str]) -> tuple[Sequence[str], list]:
    cells = [(row.label, figure_words(row.value, share, 1), row.note) for row in rows]
    return ((*heads, "说明"), cells) if any(row.note for row in rows) else (heads, [row[:2] for row in cells])


def bar(frame: Frame, place: int, row: Bar, end: str) -> list:
    """Draw one bar with its label above and its figure behind."""
    top = place * ROW + LINE + 4
    middle, pale = top + BAR / 2, has_interval(row)
    length = frame.x((row.value or 0) / frame.high)
    reach = frame.x(max(row.value or 0, row.high or 0) / frame.high)
    parts = [
        text(0, top - 6, row.label),
        format_html(
            '<rect data-kind="bar" x="0" y="{}" width="{}" height="{}" fill-opacity="{}"><title>{}：{}</title></rect>',
            *(number(top), number(length), BAR, "0.35" if pale else "1", row.label, end),
        ),
        text(reach + 6, middle + 6, end),
    ]
    if pale:
        low, high = frame.x(row.low / frame.high), frame.x(row.high / frame.high)
        parts.append(line(low, middle, high, middle, "interval"))
        parts += [line(end_x, middle - 4, end_x, middle + 4, "interval") for end_x in (low, high)]
    return parts
