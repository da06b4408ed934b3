import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yige.assessment.chance import ENOUGH_CASES
from yige.assessment.funnel import curves, funnel, spread_of, winsorise

CASES = st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
ROWS = st.lists(CASES, max_size=16).map(lambda pairs: [(f"{i}号", *pair) for i, pair in enumerate(pairs)])


def standings(rows):
    return {point.name: point.standing for point in funnel(rows)}


# worked out by hand


def test_units_no_further_apart_than_chance_have_the_plain_limits():
    """80 % of 100: one standard deviation is √(0.8 · 0.2 / 100) = 4 %."""
    points = funnel([("东社区", 80, 100), ("西社区", 81, 100), ("南社区", 79, 100)])

    assert [round(limit, 9) for limit in points[0][4:8]] == [0.72, 0.88, 0.68, 0.92]
    assert {point.words for point in points} == {"在正常范围内"}


def test_units_further_apart_than_chance_widen_the_limits_of_all():
    """90 and 70 of 100: z = ±2.5, φ = 6.25, one standard deviation 2.5 · 4 % = 10 %; the upper limits end at all."""
    first, _ = funnel([("东社区", 90, 100), ("西社区", 70, 100)])

    assert spread_of([("东社区", 90, 100), ("西社区", 70, 100)]).factor == pytest.approx(6.25)
    assert [round(limit, 9) for limit in first[4:8]] == [0.6, 1.0, 0.5, 1.0]


def test_a_true_exception_does_not_hide_itself():
    """Nine at 80 % and one at 40 %: without pulling in the outermost tenth φ would be 7.9 and nobody outside."""
    rows = [*((f"{i}号", 80, 100) for i in range(9)), ("另一家", 40, 100)]

    assert spread_of(rows).factor == 1
    assert {name for name, standing in standings(rows).items() if standing == "below"} == {"另一家"}
    assert [point.words for point in funnel(rows)][-1] == "比正常范围低"


def test_a_unit_far_above_is_said_to_be_above():
    rows = [*((f"{i}号", 50, 100) for i in range(19)), ("另一家", 95, 100)]

    assert funnel(rows)[-1].words == "比正常范围高"


def test_the_outermost_tenth_is_pulled_in_at_either_end():
    assert winsorise([9, -9, *[1] * 4, *[2] * 4]) == [1] * 5 + [2] * 5
    assert winsorise([9, -9, 1]) == [-9, 1, 9]


@pytest.mark.parametrize(
    ("of", "words"), [(0, "件数太少，不比"), (19, "件数太少，不比"), (20, "比正常范围低")]
)
def test_few_cases_are_not_compared(of, words):
    rows = [*((f"{i}号", 95, 100) for i in range(12)), ("小区", 0, of)]

    assert funnel(rows)[-1].words == words


def test_few_cases_count_in_the_rate_of_all_and_widen_nothing():
    rows = [("东社区", 80, 100), ("西社区", 80, 100), ("小区", 0, 10)]

    assert spread_of(rows) == (160 / 210, spread_of(rows).factor)
    assert spread_of(rows).factor == 1


def test_one_unit_alone_is_compared_with_nobody():
    assert standings([("东社区", 50, 100), ("小区", 1, 5)]) == {"东社区": "alone", "小区": "few"}


@pytest.mark.parametrize("met", [0, 50])
def test_where_all_or_none_are_met_nobody_differs(met):
    assert standings([("东社区", met, 50), ("西社区", met, 50)]) == {"东社区": "within", "西社区": "within"}


def test_no_cases_at_all_draw_nothing():
    assert [point[3:] for point in funnel([("东社区", 0, 0)])] == [(None,) * 5 + ("few", "件数太少，不比")]
    assert (curves([("东社区", 0, 0)]), curves([]), funnel([])) == ([], [], [])


def test_what_is_no_part_of_a_whole_is_a_fault():
    with pytest.raises(ValueError, match="is no share"):
        funnel([("东社区", 3, 2)])


def test_curves_are_the_limits_of_the_points():
    rows = [("东社区", 90, 100), ("西社区", 70, 100), ("南社区", 30, 50)]
    drawn = {of: limits for of, *limits in curves(rows)}

    assert drawn[100] == list(funnel(rows)[0][4:8])
    assert min(drawn) == 1
    assert max(drawn) == 100


# chance itself


def test_units_that_are_equal_are_called_different_hardly_ever():
    """100 months of 21 communities with the same true rate: by a rank each month has a first and a last."""
    chance = random.Random(21)
    said = [
        point.standing
        for _ in range(100)
        for point in funnel(
            [(f"{i}号", sum(chance.random() < 0.8 for _ in range(134)), 134) for i in range(21)]
        )
    ]

    assert said.count("within") > 0.995 * len(said)


def test_a_unit_that_is_truly_worse_is_found_among_its_like():
    chance = random.Random(21)
    rates = [0.8] * 20 + [0.6]
    months = [
        funnel(
            [(f"{i}号", sum(chance.random() < rate for _ in range(134)), 134) for i, rate in enumerate(rates)]
        )
        for _ in range(30)
    ]

    assert sum(points[-1].standing == "below" for points in months) >= 27


# always


@settings(max_examples=40)
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_rows_keep_their_order_and_no_order_changes_what_is_said(pair):
    rows, mixed = pair

    assert [point[:3] for point in funnel(mixed)] == mixed
    assert {point.name: point for point in funnel(mixed)} == {point.name: point for point in funnel(rows)}


@settings(max_examples=40)
@given(ROWS)
def test_limits_lie_around_the_rate_of_all_and_are_shares(rows):
    spread = spread_of(rows)

    for point in funnel(rows):
        if point.of:
            assert 0 <= point.low3 <= point.low2 <= spread.rate <= point.high2 <= point.high3 <= 1
            assert spread.factor >= 1


@settings(max_examples=40)
@given(ROWS)
def test_without_more_than_chance_between_them_limits_are_the_plain_ones(rows):
    spread = spread_of(rows)

    for point in funnel(rows):
        if point.of and spread.factor == 1:
            sigma = math.sqrt(spread.rate * (1 - spread.rate) / point.of)
            plain = [spread.rate + times * sigma for times in (-2, 2, -3, 3)]
            assert point[4:8] == pytest.approx([min(max(limit, 0), 1) for limit in plain])


@settings(max_examples=40)
@given(ROWS)
def test_who_is_outside_is_outside_and_has_enough_cases(rows):
    for point in funnel(rows):
        if point.standing == "above":
            assert point.share > point.high3 and point.of >= ENOUGH_CASES
        if point.standing == "below":
            assert point.share < point.low3 and point.of >= ENOUGH_CASES
        assert (point.standing == "few") == (point.of < ENOUGH_CASES)
