import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yige.assessment.chance import enough, wilson

COUNTS = st.integers(0, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
SOME = COUNTS.filter(lambda pair: pair[1] > 0)


@pytest.mark.parametrize(
    ("met", "of", "low", "high"),
    [
        (9, 10, 0.596, 0.982),
        (95, 100, 0.888, 0.978),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (1, 2, 0.095, 0.905),
        (500, 1000, 0.469, 0.531),
    ],
)
def test_interval_of_a_share_worked_out_by_hand(met, of, low, high):
    interval = wilson(met, of)

    assert (round(interval.low, 3), round(interval.high, 3)) == (low, high)


def test_nothing_has_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("met", "of"), [(3, 2), (-1, 2), (0, -1)])
def test_what_is_no_part_of_a_whole_is_a_fault(met, of):
    with pytest.raises(ValueError, match="is no share"):
        wilson(met, of)


@settings(max_examples=60)
@given(SOME)
def test_interval_holds_the_share_and_stays_a_share(pair):
    met, of = pair
    low, high = wilson(met, of)

    assert 0 <= low <= met / of <= high <= 1
    assert low < high


@settings(max_examples=60)
@given(SOME)
def test_interval_of_the_others_is_the_mirror(pair):
    met, of = pair
    low, high = wilson(met, of)

    assert wilson(of - met, of) == pytest.approx((1 - high, 1 - low))


@settings(max_examples=60)
@given(SOME)
def test_one_more_met_never_lowers_the_interval(pair):
    met, of = pair
    before, after = wilson(met, of), wilson(min(met + 1, of), of)

    assert before.low <= after.low
    assert before.high <= after.high


@settings(max_examples=60)
@given(SOME)
def test_more_cases_of_the_same_share_say_more(pair):
    met, of = pair
    few, many = wilson(met, of), wilson(4 * met, 4 * of)

    assert many.high - many.low < few.high - few.low


def test_twenty_cases_are_enough_to_compare():
    assert [of for of in range(25) if enough(of)] == [20, 21, 22, 23, 24]
