from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yige.assessment.process_chart import ENOUGH_POINTS, read_process

USUAL = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13]


def labelled(values):
    return [(f"{place + 1}月", value) for place, value in enumerate(values)]


def read_values(values, **said):
    return read_process(labelled(values), **said)


def flags(reading):
    return {(signal.rule, signal.direction, place) for signal in reading.signals for place in signal.places}


# worked out by hand


def test_limits_are_the_mean_and_266_hundredths_of_the_mean_moving_range():
    """Steps 2 1 2 3 2 1 2 3 2 1 2: 21 in 11, so 11.5 ± 2.66 · 21 / 11."""
    reading = read_values(USUAL)

    assert (reading.mean, round(reading.lower, 3), round(reading.upper, 3)) == (11.5, 6.422, 16.578)
    assert (reading.signals, reading.standing, reading.words) == ((), "steady", "在正常的起伏之内")


def test_limits_of_a_share_stay_within_none_and_all():
    reading = read_values([0.9, 1, 0.8, 1] * 3, share=True)

    assert (reading.upper, reading.lower > 0) == (1, True)
    assert read_values([0.9, 1, 0.8, 1] * 3).upper > 1


@pytest.mark.parametrize(
    ("better", "standing", "words"),
    [
        ("up", "better", "13月 真的比平常好得多（超出正常起伏，偏高），是不是从此变了，还要看以后"),
        ("down", "worse", "13月 真的比平常差得多（超出正常起伏，偏高），是不是从此变了，还要看以后"),
        (None, "changed", "13月 真的和平常不同（超出正常起伏，偏高），是不是从此变了，还要看以后"),
    ],
)
def test_one_point_outside_is_unusual_and_no_change_yet(better, standing, words):
    reading = read_values([*USUAL, 30], better=better)

    assert flags(reading) == {("outside", "up", 12)}
    assert (reading.standing, reading.words) == (standing, words)


def test_seven_months_on_one_side_are_a_change_and_six_are_none():
    seven = read_values([*USUAL, 11, 14, 13, 14, 13, 14, 13, 14], better="up")
    six = read_values([*USUAL, 11, 14, 13, 14, 13, 14, 13], better="up")

    assert ("run", "up", 13) in flags(seven)
    assert (seven.standing, seven.words) == ("better", "真的变好了，从 14月 起（连续 7 个月高于平均）")
    assert (six.signals, six.standing) == ((), "steady")


def test_six_months_each_below_the_one_before_are_a_change():
    falling = read_values([*USUAL, 13, 12, 11, 10, 9, 8], better="up")

    assert ("trend", "down", 12) in flags(falling)
    assert (falling.standing, falling.words.split("（")[0]) == ("worse", "真的变差了，从 14月 起")
    assert not {flag for flag in flags(read_values([*USUAL, 13, 12, 11, 10, 9])) if flag[0] == "trend"}


def test_two_of_three_near_one_limit_are_a_change_and_one_near_either_is_none():
    near = read_values([*USUAL, 16, 14, 16], better="down")
    either = read_values([*USUAL, 16, 12, 7], better="down")

    assert flags(near) == {("near", "up", 12), ("near", "up", 14)}
    assert (near.standing, near.words) == ("worse", "真的变差了，从 13月 起（三个月里有两个月贴近上限）")
    assert not {flag for flag in flags(either) if flag[0] == "near"}


def test_what_is_over_is_told_as_past():
    reading = read_values([*USUAL, 30, *USUAL], better="up")

    assert (reading.standing, reading.words) == (
        "steady",
        "在正常的起伏之内；13月 有过一次不寻常（超出正常起伏，偏高）",
    )


def test_signals_of_both_directions_at_once_are_left_to_people():
    """Still above the mean for seven months, and falling for six."""
    reading = read_values([1, 2] * 8 + [30, 31, 30, 28, 26, 24, 22, 20], better="up")

    assert reading.standing == "changed"
    assert reading.words.startswith("有变化，但方向不一（")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "还没有数，至少要 12 个月才看得出变化"), (11, None), (12, "在正常的起伏之内")]
)
def test_few_points_cannot_be_judged(count, words):
    reading = read_values(USUAL[:count])

    assert reading.words == (words or f"还不够，看不出变化：只有 {count} 个月，至少要 12 个月")
    assert (reading.upper is None) == (reading.standing == "unknown") == (count < ENOUGH_POINTS)


def test_equal_months_are_equal_whatever_their_last_digit():
    reading = read_values([0.1] * 30, share=True)

    assert (reading.mean, reading.lower, reading.upper, reading.signals) == (0.1, 0.1, 0.1, ())


def test_a_month_without_a_figure_counts_in_nothing_and_keeps_its_place():
    holes = read_values([None, *USUAL[:5], None, *USUAL[5:], 30])

    assert holes.upper == read_values([*USUAL, 30]).upper
    assert flags(holes) == {("outside", "up", 14)}


def test_a_chart_marks_every_point_once_and_says_the_word_where_it_begins():
    reading = read_values([*USUAL, 11, 14, 13, 14, 13, 14, 13, 14])

    assert reading.marks == [
        (13, "up", "连续 7 个月高于平均"), *((place, "up", "") for place in range(14, 20)),
    ]  # fmt: skip


def test_weeks_are_called_weeks():
    assert read_values([1] * 3, span="周").words == "还不够，看不出变化：只有 3 周，至少要 12 周"


# against an obvious recount

SHARES = st.lists(st.integers(0, 20).map(lambda part: part / 20), min_size=ENOUGH_POINTS, max_size=36)


def recount(values):
    """Every rule, every window, every point of it, in so many words."""
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    reach = (
        Fraction("2.66") * sum(abs(exact[i + 1] - exact[i]) for i in range(len(exact) - 1)) / (len(exact) - 1)
    )
    found = set()
    for side, sign in (("up", 1), ("down", -1)):
        off = [sign * (value - mean) for value in exact]
        for i in range(len(exact)):
            if off[i] > reach:
                found.add(("outside", side, i))
            if len(off[i : i + 7]) == 7 and all(each > 0 for each in off[i : i + 7]):
                found |= {("run", side, j) for j in range(i, i + 7)}
            if i + 6 <= len(off) and all(off[j] < off[j + 1] for j in range(i, i + 5)):
                found |= {("trend", side, j) for j in range(i, i + 6)}
            near = [j for j in range(i, min(i + 3, len(off))) if off[j] > reach * 2 / 3]
            if i + 3 <= len(off) and len(near) >= 2:
                found |= {("near", side, j) for j in near}
    return float(mean), found


@settings(max_examples=100)
@given(SHARES)
def test_signals_are_those_of_an_obvious_recount(values):
    reading = read_values(values, share=True)

    assert (reading.mean, flags(reading)) == recount(values)


@settings(max_examples=30)
@given(SHARES)
def test_limits_lie_around_the_mean_and_are_shares(values):
    reading = read_values(values, share=True)

    assert 0 <= reading.lower <= reading.mean <= reading.upper <= 1


@settings(max_examples=30)
@given(SHARES)
def test_better_and_worse_change_places_with_the_direction(values):
    other = {"better": "worse", "worse": "better", "steady": "steady", "changed": "changed"}

    assert read_values(values, better="down").standing == other[read_values(values, better="up").standing]


@settings(max_examples=30)
@given(SHARES)
def test_only_what_reaches_the_last_month_is_called_a_change(values):
    reading = read_values(values, better="up")
    reaches = any(place == len(values) - 1 for _, _, place in flags(reading))

    assert (reading.standing == "steady") == (not reaches) == reading.words.startswith("在正常的起伏之内")
