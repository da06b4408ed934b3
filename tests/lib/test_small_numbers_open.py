"""Counts told beside their whole: whatever is left out can still be several numbers, for all small tables there are."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib.small_numbers import FEWEST, is_safe, parts_told

ORDER = ("a", "b", "c")


def publication(counts):
    """Return all that anybody reads of a table: the whole where it may be told, and the parts that are told."""
    told = parts_told(counts, list(counts))
    whole = sum(counts.values())
    return (whole if is_safe(whole) else None, tuple((name, counts[name]) for name in counts if name in told))


@pytest.mark.parametrize("parts", [2, 3])
def test_whatever_is_left_out_can_still_be_several_numbers(parts):
    names, behind = ORDER[:parts], defaultdict(list)
    most = 2 * FEWEST + 9  # a whole of more could be reached in still more ways
    for values in product(range(most), repeat=parts):
        behind[publication(dict(zip(names, values, strict=True)))].append(values)

    given_away = [
        (reading, name)
        for reading, tables in behind.items()
        if reading[0] is None or reading[0] < most
        for place, name in enumerate(names)
        if name not in dict(reading[1]) and len({table[place] for table in tables}) < 2
    ]
    assert given_away == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1))
def test_no_small_number_is_told_and_none_is_left_out_alone(counts):
    told = parts_told(counts, sorted(counts))
    silent = set(counts) - told

    assert all(is_safe(counts[name]) for name in told)
    assert len(silent) != 1 or len(counts) == 1
    assert silent == set() or any(not is_safe(counts[name]) for name in silent)


def test_parts_that_are_large_enough_are_all_told():
    assert parts_told({"a": 0, "b": FEWEST, "c": 90}, ORDER) == {"a", "b", "c"}
