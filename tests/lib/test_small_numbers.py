"""An attacker who knows the rules, sees every cell and every total, and tries all tables that would look the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import small_numbers
from yige.lib.small_numbers import CountRange, cell, together, total

TABLES = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=2)


def page(table, k):
    """Everything a reader sees of groups of cells: the cells, the total of each group, the total of all."""
    totals = [total(group, k) for group in table]
    return [[cell(count, k) for count in group] for group in table], totals, together(totals)


def tables_that_look_like(table, k):
    """Every table of which the same page is shown."""
    seen = page(table, k)
    choices = [range(told.least, told.most + 1) for group in seen[0] for told in group]
    for counts in product(*choices):
        rest = iter(counts)
        other = [[next(rest) for _ in group] for group in table]
        if page(other, k) == seen:
            yield counts


@given(TABLES, st.sampled_from([3, 4, 5]))
def test_no_small_cell_can_be_worked_out(table, k):
    possible = list(zip(*tables_that_look_like(table, k), strict=True))
    counts = [count for group in table for count in group]

    for count, values in zip(counts, possible, strict=True):
        assert count in values
        assert count == 0 or count >= k or len(set(values)) > 1


@pytest.mark.parametrize("k", [3, 5, 10])
@pytest.mark.parametrize("cells", range(1, 13))
def test_bands_hold_their_sum_cover_every_sum_and_have_room_for_two_answers(cells, k):
    for count in range(cells, cells * (k - 1) + 1):
        least, most = small_numbers._band(count, cells, k)
        low = max(1, least - (cells - 1) * (k - 1))  # what one cell holds when the others hold the most
        high = min(k - 1, most - (cells - 1))

        assert cells <= least <= count <= most <= cells * (k - 1)
        assert low < high


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(3, 10))
def test_total_is_true_and_exact_without_small_cells(counts, k):
    told = total(counts, k)

    assert told.least <= sum(counts) <= told.most
    assert told.is_exact == (not any(0 < count < k for count in counts))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (cell(0), "0"), (cell(1), "少于5"), (cell(4), "少于5"), (cell(5), "5"), (cell(3, 10), "少于10"),
        (cell(9, 10), "少于10"), (cell(10, 10), "10"), (total([30, 40, 2]), "71–74"), (total([4]), "少于5"),
        (total([4, 4]), "7–8"), (total([]), "0"), (small_numbers.exact(3), "3"), (small_numbers.NOTHING, "0"),
    ],
)  # fmt: skip
def test_words(told, text):
    assert told.text == text


def test_a_total_of_totals_tells_no_more_than_they_do():
    assert together([CountRange(71, 74), CountRange(1, 4), CountRange(20, 20)]) == CountRange(92, 98)
