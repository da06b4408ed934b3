"""Charts: all that is drawn lies within the picture, and words touch in neither of its two sizes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.chart_pieces import CURVES, SVG, pictures, span_of
from yige.web.charts import Limits, bars, funnel_chart, run_chart
from yige.web.charts.frame import SMALL, scale, spread_out

VALUES = st.lists(
    st.one_of(st.none(), st.integers(0, 1000).map(lambda part: part / 1000)), min_size=1, max_size=40
)


@settings(max_examples=30)
@given(VALUES, st.booleans())
def test_all_that_is_drawn_lies_within_the_picture(values, share):
    values = [0.4, *values]
    points = [(f"{place // 12 + 24}年{place % 12 + 1}月", value) for place, value in enumerate(values)]
    known = [place for place, value in enumerate(values) if value is not None]
    marks = [(known[0], "up", "连续 12 个月高于平均"), (known[-1], "down", "超出正常起伏，偏低")]
    chart = run_chart("a", "率", points, limits=Limits(0.5, 0.2, 0.8), marks=marks, share=share)

    assert_within(chart)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.text("东西南北社区", min_size=1, max_size=8), st.integers(0, 300), st.integers(1, 300)),
        min_size=1,
        max_size=8,
    )
)
def test_units_lie_within_the_picture_of_the_funnel(rows):
    rows = [(name, min(met, of), of, "above" if met > of / 2 else "few", "词") for name, met, of in rows]

    assert_within(funnel_chart("c", "率", rows, CURVES, rate=0.5))
    assert_within(bars("b", "数", [(name, met, "件") for name, met, *_ in rows]))


def assert_within(chart):
    for picture in pictures(chart):
        width, height = map(float, picture.get("viewBox").split()[2:])
        across = [
            float(x)
            for piece in picture.iter()
            for x in (piece.get("x1"), piece.get("x2"), piece.get("cx"))
            if x
        ]
        down = [
            float(y)
            for piece in picture.iter()
            for y in (piece.get("y1"), piece.get("y2"), piece.get("cy"))
            if y
        ]
        across += [
            x
            for piece in picture.iter(f"{SVG}text")
            for x in span_of(piece)
            if piece.get("data-kind") != "spare"
        ]
        down += [float(piece.get("y")) for piece in picture.iter(f"{SVG}text")]

        assert -0.1 <= min(across) <= max(across) <= width + 0.1
        assert 0 <= min(down, default=0) <= max(down, default=0) <= height


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 24, 26, 37])
def test_labels_of_columns_touch_in_neither_size_and_the_last_is_written(count):
    labels = [f"{place % 12 + 1}月{place}日" for place in range(count)]
    chart = run_chart("a", "数", [(label, 1) for label in labels])
    drawn = [
        piece
        for picture in pictures(chart)
        for piece in picture.iter(f"{SVG}text")
        if piece.get("text-anchor") == "middle"
    ]
    on_a_phone = [piece for piece in drawn if piece.get("data-kind") == "tick"]

    assert all(span_of(one)[1] < span_of(other)[0] for one, other in pairwise(on_a_phone))
    assert all(span_of(one, SMALL)[1] < span_of(other, SMALL)[0] for one, other in pairwise(drawn))
    assert on_a_phone[-1].text == labels[-1]


@settings(max_examples=50)
@given(st.lists(st.floats(0, 100), max_size=4))
def test_words_at_lines_keep_apart_and_in_order(wanted):
    placed = spread_out(wanted, 18, 0, 100)

    assert all(later - earlier >= 18 - 1e-9 for earlier, later in pairwise(sorted(placed)))
    assert sorted(range(len(wanted)), key=lambda row: (wanted[row], row)) == sorted(
        range(len(wanted)), key=lambda row: (placed[row], row)
    )


@settings(max_examples=50)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=9), st.booleans())
def test_scale_holds_all_values_in_a_few_round_steps(counts, share):
    values = [count / 5000 for count in counts] if share else counts
    low, high, ticks = scale(values, share=share)

    assert low <= min(values) and max(values) <= high + 1e-9
    assert 2 <= len(ticks) <= 7
    assert not share or (low >= 0 and high <= 1)
    assert share or (low == 0 and all(float(tick).is_integer() for tick in ticks))
