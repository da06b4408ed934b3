"""A run of months as a line with its middle and its limits, alone or many small ones on one scale."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from yige.web.charts.chart import NO_PICTURE, Chart, sentence_of
from yige.web.charts.frame import (
    LARGE,
    LINE,
    SMALL,
    WIDTH,
    Frame,
    axis,
    column_labels,
    dot,
    figure_words,
    line,
    polyline,
    scale,
    shape,
    spread_out,
    svg,
    text,
    width_of,
)

HEIGHT = 200  # of the picture itself, without the labels below it and the words above
SMALL_WIDTH, SMALL_HEIGHT = 240, 110  # of one of many
LEGEND = "实线是{middle}，虚线是正常起伏的上下限；三角是不寻常的点，尖朝上偏高，尖朝下偏低。"

Point = tuple[str, float | None]
Mark = tuple[int, str, str]  # place, "up" or "down", word (may be empty)


class Limits(NamedTuple):
    """The lines across a run: the middle, and below and above it the limits of chance, None where they are not known."""

    middle: float | None = None
    lower: float | None = None
    upper: float | None = None
    middle_word: str = "平均"

    def lines(self) -> list[tuple[str, str, float]]:
        """Return (kind, word, value) of the lines that there are, the highest first."""
        every = (
            ("limit", "上限", self.upper),
            ("mean", self.middle_word, self.middle),
            ("limit", "下限", self.lower),
        )
        return [(kind, word, value) for kind, word, value in every if value is not None]


NO_LIMITS = Limits()


class Panel(NamedTuple):
    """One of many small runs: a name, its points, its lines, its marks, and in words what it says."""

    name: str
    points: Sequence[Point]
    limits: Limits = NO_LIMITS
    marks: Sequence[Mark] = ()
    words: str = ""


def run_chart(
    key: str,
    title: str,
    points: Iterable[Point],
    *,
    limits: Limits = NO_LIMITS,
    marks: Iterable[Mark] = (),
    words: str = "",
    share: bool = False,
    heads: Sequence[str] = ("月份", "数"),
) -> Chart:
    """Draw (label, value) in their order, None as a gap; `key` is unique on the page, `words` say what it means."""
    panel = Panel(title, list(points), limits, sorted(marks), words)
    sentence = run_sentence(panel, share)
    legend = LEGEND.format(middle=limits.middle_word) if limits.upper is not None else ""
    picture = svg(key, title, sentence, *run_drawn(panel, share)) if has_values(panel) else NO_PICTURE
    return Chart(title, sentence, legend, picture, *run_table(panel, share, heads))


def has_values(panel: Panel) -> bool:
    return any(value is not None for _, value in panel.points)


def run_drawn(panel: Panel, share: bool) -> tuple[float, list]:
    """Return how high the picture is, and its pieces."""
    low, high, ticks = scale(values_of([panel]), share=share)
    right = max((width_of(line_word(row, share)) for row in panel.limits.lines()), default=0)
    left = max(width_of(figure_words(tick, share, 1)) for tick in ticks)
    top = 8 + LINE * len(latest_words(panel))
    frame = Frame(left + 10, top, WIDTH - right - 8, top + HEIGHT, low, high)
    return frame.bottom + LINE + 8, [
        *axis(frame, ticks, share),
        *column_labels(frame, [label for label, _ in panel.points], frame.bottom + LINE),
        *limit_lines(frame, panel.limits, share),
        *mark_words(frame, panel),
        *run_line(frame, panel, share),
    ]


def values_of(panels: Iterable[Panel]) -> list[float]:
    """Return all that the axis must hold; a limit below nothing is not drawn."""
    panels = list(panels)
    values = [value for panel in panels for _, value in panel.points if value is not None]
    return values + [max(value, 0) for panel in panels for _, _, value in panel.limits.lines()]


def run_sentence(panel: Panel, share: bool) -> str:
    known = [(label, value) for label, value in panel.points if value is not None]
    if not known:
        return sentence_of(panel.words, "还没有数。")
    limits = panel.limits
    facts = [f"{known[0][0]} 到 {known[-1][0]}，最近 {figure_words(known[-1][1], share)}"]
    facts += (
        [f"{limits.middle_word} {figure_words(limits.middle, share)}"] if limits.middle is not None else []
    )
    if limits.upper is not None:
        facts.append(
            f"平常在 {figure_words(max(limits.lower, 0), share)} 到 {figure_words(limits.upper, share)} 之间"
        )
    return sentence_of(panel.words, "，".join(facts) + "。")


def line_word(row: tuple[str, str, float], share: bool) -> str:
    _, word, value = row
    return f"{word} {figure_words(value, share)}"


def limit_lines(frame: Frame, limits: Limits, share: bool) -> list:
    """Draw the lines across and write at their right end what each is."""
    rows = [row for row in limits.lines() if row[2] >= frame.low]
    heights = [frame.y(value) for _, _, value in rows]
    words = spread_out(heights, LINE - 2, frame.top, frame.bottom)
    return [
        piece
        for row, height, word in zip(rows, heights, words, strict=True)
        for piece in (
            line(frame.left, height, frame.right, height, row[0]),
            text(frame.right + 6, word + 4, line_word(row, share)),
        )
    ]


def run_line(frame: Frame, panel: Panel, share: bool, size: float = 1) -> list:
    """Draw the line, broken where there is no value, and its points; marked ones as shapes above all others."""
    count, marks = len(panel.points), {place: (direction, word) for place, direction, word in panel.marks}
    stretches, dots, shapes = [[]], [], []
    for place, (label, value) in enumerate(panel.points):
        if value is None:
            stretches.append([])
            continue
        x, y, words = frame.place(place, count), frame.y(value), f"{label}：{figure_words(value, share, 1)}"
        stretches[-1].append((x, y))
        if place in marks:
            shapes.append(shape(x, y, marks[place][0], f"{words} {marks[place][1]}".strip(), size=size))
        else:
            dots.append(dot(x, y, words, size=size))
    return [*(polyline(stretch, "line") for stretch in stretches if len(stretch) > 1), *dots, *shapes]


def latest_words(panel: Panel) -> list[Mark]:
    """Return the latest two marks that have a word."""
    return [mark for mark in panel.marks if mark[2]][-2:]


def mark_words(frame: Frame, panel: Panel) -> list:
    """Write the words of marks above the picture, each in a line of its own; a thin line leads down to the point."""
    parts = []
    for row, (place, _, word) in enumerate(latest_words(panel)):
        x, y = frame.place(place, len(panel.points)), LARGE + LINE * row
        middle = min(max(x, width_of(word) / 2), WIDTH - width_of(word) / 2)
        parts.append(line(x, y + 5, x, frame.y(panel.points[place][1]), "lead"))
        parts.append(text(middle, y, word, "middle"))
    return parts


def run_table(panel: Panel, share: bool, heads: Sequence[str]) -> tuple[Sequence[str], list]:
    said = {place: word or "同上" for place, _, word in panel.marks}
    rows = [
        (label, figure_words(value, share, 1), said.get(place, ""))
        for place, (label, value) in enumerate(panel.points)
    ]
    return ((*heads, "说明"), rows) if said else (heads, [row[:2] for row in rows])


# many small runs


def small_multiples(
    key: str,
    title: str,
    panels: Iterable[tuple],
    *,
    words: str = "",
    share: bool = False,
    heads: Sequence[str] = ("名称", "最近", "平均", "说明"),
) -> Chart:
    """Draw panels (name, points, limits, marks, words; the last three may be left out) in the order given, on one scale."""
    panels = [Panel(*panel) for panel in panels]
    low, high, ticks = scale(values_of(panels), share=share)
    pictures = format_html_join(
        "",
        '<div><p class="yg-multiples__name">{}</p>{}<p class="yg-multiples__words">{}</p></div>',
        (
            (panel.name, small_run(f"{key}-{place}", panel, (low, high, ticks), share), panel.words)
            for place, panel in enumerate(panels)
        ),
    )
    picture = format_html('<div class="yg-multiples" role="group" aria-label="{}">{}</div>', title, pictures)
    facts = (
        f"{len(panels)} 张小图用同一把尺，从 {figure_words(low, share)} 到 {figure_words(high, share)}。"
        if panels
        else "还没有数。"
    )
    legend = LEGEND.format(middle="平均") if any(panel.limits.upper is not None for panel in panels) else ""
    return Chart(
        title,
        sentence_of(words, facts),
        legend,
        picture,
        heads,
        [small_row(panel, share) for panel in panels],
    )


def small_run(key: str, panel: Panel, measure: tuple[float, float, list[float]], share: bool):
    """Draw one small run: the ends of the scale at the left, the first and the last label below."""
    low, high, ticks = measure
    left = max(width_of(figure_words(tick, share, 1), SMALL) for tick in ticks) + 8
    frame = Frame(left, 8, SMALL_WIDTH - 8, SMALL_HEIGHT - 20, low, high)
    ends = [panel.points[0], panel.points[-1]] if len(panel.points) > 1 else panel.points
    parts = [
        *axis(frame, [ticks[0], ticks[-1]], share),
        *(
            line(frame.left, frame.y(value), frame.right, frame.y(value), kind)
            for kind, _, value in panel.limits.lines()
            if value >= low
        ),
        *run_line(frame, panel, share, size=0.7),
        *(
            text(x, SMALL_HEIGHT - 4, label, anchor, "tick")
            for (label, _), x, anchor in zip(ends, (frame.left, frame.right), ("start", "end"), strict=False)
        ),
    ]
    return svg(key, panel.name, run_sentence(panel, share), SMALL_HEIGHT, parts, SMALL_WIDTH)


def small_row(panel: Panel, share: bool) -> tuple[str, str, str, str]:
    known = [value for _, value in panel.points if value is not None]
    latest = figure_words(known[-1] if known else None, share, 1)
    return panel.name, latest, figure_words(panel.limits.middle, share, 1), panel.words
