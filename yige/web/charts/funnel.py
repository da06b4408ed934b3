"""A funnel: units as points by their cases, between the limits of chance around the rate of all together."""

from collections.abc import Iterable, Sequence

from yige.web.charts.chart import NO_PICTURE, Chart, sentence_of
from yige.web.charts.frame import (
    LARGE,
    LINE,
    WIDTH,
    Frame,
    axis,
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

HEIGHT = 260  # of the picture itself
SHAPES = {"above": "up", "below": "down"}
LEGEND = (
    "横线是合在一起的比例。件数越少，偶然的差别越大：点线以内常见，虚线以内少见，虚线以外不像是偶然。"
    "圆点在虚线以内，不分高下；空心圆件数太少，不比；三角在虚线以外，尖朝上偏高，尖朝下偏低。"
)

Row = tuple[str, int, int, str, str]  # name, met, of, standing, words
Curve = tuple[int, float, float, float, float]  # cases, low2, high2, low3, high3


def funnel_chart(
    key: str,
    title: str,
    rows: Iterable[Row],
    curves: Iterable[Curve],
    *,
    rate: float | None,
    words: str = "",
    heads: Sequence[str] = ("单位", "件数", "比例", "说明"),
) -> Chart:
    """Draw rows between the curves around the rate of all, all as `assessment.funnel` gives them; the table keeps the order."""
    rows, curves = list(rows), list(curves)
    sentence = sentence_of(words, funnel_sentence(rows, rate))
    drawn = [row for row in rows if row[2]]
    picture = svg(key, title, sentence, *funnel_drawn(drawn, curves, rate)) if drawn else NO_PICTURE
    return Chart(title, sentence, LEGEND, picture, heads, [table_row(row) for row in rows])


def funnel_drawn(rows: Sequence[Row], curves: Sequence[Curve], rate: float) -> tuple[float, list]:
    """Return how high the picture is, and its pieces."""
    low, high, ticks = scale(
        [*(met / of for _, met, of, _, _ in rows), *worth_showing(curves)], share=True, most=5
    )
    most = max(of for _, _, of, _, _ in rows)
    left = max(width_of(figure_words(tick, True, 1)) for tick in ticks)
    frame = Frame(left + 10, 10, WIDTH - 18, 10 + HEIGHT, low, high)
    return frame.bottom + 2 * LINE + 6, [
        *axis(frame, ticks, True),
        *case_axis(frame, most),
        line(frame.left, frame.y(rate), frame.right, frame.y(rate), "mean"),
        *limit_curves(frame, curves, most),
        *funnel_points(frame, rows, most),
    ]


def worth_showing(curves: Sequence[Curve]) -> list[float]:
    """Return the outer limits from a tenth of the cases on: nearer to none they take in everything."""
    most = max((of for of, *_ in curves), default=0)
    return [limit for of, *limits in curves if of * 10 >= most for limit in limits]


def funnel_sentence(rows: Sequence[Row], rate: float | None) -> str:
    """Say how many stand where, those outside first and by name."""
    if rate is None:
        return "还没有数。"
    names: dict[tuple[bool, str], list[str]] = {}
    for name, _, _, standing, words in rows:
        names.setdefault((standing not in SHAPES, words), []).append(name)
    parts = [
        f"{len(said)} 个{words}" + ("" if inside else f"（{'、'.join(said)}）")
        for (inside, words), said in sorted(names.items(), key=lambda item: item[0][0])
    ]
    return f"合在一起 {figure_words(rate, True)}；{'；'.join(parts)}。"


def case_axis(frame: Frame, most: int) -> list:
    """Write how many cases stand where along the foot, up to the most that a unit has."""
    columns = [tick for tick in scale([most], share=False)[2] if tick <= most]
    return [
        *(
            text(frame.x(tick / most), frame.bottom + LINE, figure_words(tick, False), "middle", "tick")
            for tick in columns
        ),
        text(frame.right, frame.bottom + 2 * LINE, "件数", "end", "tick"),
    ]


def limit_curves(frame: Frame, curves: Sequence[Curve], most: float) -> list:
    """Draw the four limits; where they leave the picture they run along its edge."""
    kinds = ("inner", "inner", "limit", "limit")
    return [
        polyline(
            [
                (frame.x(of / most), frame.y(min(max(limits[row], frame.low), frame.high)))
                for of, *limits in curves
            ],
            kind,
        )
        for row, kind in enumerate(kinds)
        if curves
    ]


def funnel_points(frame: Frame, rows: Sequence[Row], most: float) -> list:
    """Draw the units; those outside as shapes with their names, above all others."""
    dots, shapes, outside = [], [], []
    for name, met, of, standing, said in rows:
        x, y, words = frame.x(of / most), frame.y(met / of), f"{name}：{met} / {of}，{said}"
        if standing in SHAPES:
            shapes.append(shape(x, y, SHAPES[standing], words))
            outside.append((name, x, y))
        else:
            dots.append(dot(x, y, words, hollow=standing == "few"))
    heights = spread_out([y + 5 for _, _, y in outside], LARGE, frame.top + LARGE, frame.bottom)
    names = [
        text(x - 9, height, name, "end") if x > frame.x(0.5) else text(x + 9, height, name)
        for (name, x, _), height in zip(outside, heights, strict=True)
    ]
    return [*dots, *shapes, *names]


def table_row(row: Row) -> tuple[str, str, str, str]:
    name, met, of, _, said = row
    return name, f"{met} / {of}", figure_words(met / of, True, 1) if of else "没有数", said
