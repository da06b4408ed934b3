"""An attacker who knows the rules and every whole exactly, and tries all counts that could look the same."""

import random
from functools import cache
from itertools import pairwise, product

import pytest

from yige.lib import small_numbers
from yige.lib.small_numbers import BASE, BASE_CHILDREN, ENOUGH, about, band, draw, draw_parts, exact, together

BASES = (BASE, BASE_CHILDREN)


def drawings(count, base=BASE):
    """Return everything that can be drawn of a count."""
    return {draw(count, lambda _, chosen=chosen: chosen, base) for chosen in range(base)}


@cache
def pairs_drawn(whole, counts):
    """Return everything that can be drawn of two parts of a whole."""
    found = set()
    for chosen in product(range(BASE), repeat=2):
        picks = iter(chosen)
        found.add(tuple(draw_parts(whole, counts, lambda _, picks=picks: next(picks))))
    return found


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("count", range(41))
def test_what_is_told_is_true_and_right_in_the_mean(count, base):
    told = [about(draw(count, lambda _, chosen=chosen: chosen, base), base) for chosen in range(base)]

    assert all(one.least <= count <= one.most for one in told)
    assert sum(one.about for one in told) == base * count


@pytest.mark.parametrize("base", BASES)
def test_an_interval_is_as_wide_as_it_says_and_no_drawing_tells_more(base):
    for drawn in range(0, 10 * base, base):
        told = about(drawn, base)
        possible = {count for count in range(20 * base) if drawn in drawings(count, base)}

        assert possible == set(range(told.least, told.most + 1))
        assert len(possible) >= base


@pytest.mark.parametrize("whole", [ENOUGH, ENOUGH + 1, ENOUGH + 2, ENOUGH + 3, ENOUGH + 4, 61])
def test_parts_of_a_whole_known_exactly_stay_unknown_and_so_does_the_rest(whole):
    """The rest holds who wishes no visits; neither it nor a part may be known, nor be known to be all or none."""
    possible = {}
    for met in range(whole + 1):
        for late in range(whole + 1 - met):
            for drawn in pairs_drawn(whole, (met, late)):
                possible.setdefault(drawn, set()).add((met, late, whole - met - late))

    for counts in possible.values():
        for values in map(set, zip(*counts, strict=True)):
            assert max(values) - min(values) >= 2
            assert values - {0, whole}


@pytest.mark.parametrize("base", BASES)
def test_two_publications_never_say_whether_one_newcomer_is_counted(base):
    """Who knows that one household came between two publications learns nothing of it from their difference."""
    stays, comes = set(), set()
    for count in range(6 * base):
        stays |= set(product(drawings(count, base), drawings(count, base)))
        comes |= set(product(drawings(count, base), drawings(count + 1, base)))

    most = 5 * base  # beyond, this test has not counted far enough
    assert {pair for pair in comes if max(pair) <= most} <= stays
    assert {pair for pair in stays if max(pair) <= most} <= comes


def test_rounding_to_the_nearest_would_tell_the_newcomer():
    """What the test above forbids is what a rounding without chance does."""

    def nearest(count):
        return (count + BASE // 2) // BASE * BASE

    stays = {(nearest(count), nearest(count)) for count in range(60)}
    comes = {(nearest(count), nearest(count + 1)) for count in range(60)}

    assert comes - stays


@pytest.mark.parametrize("parts", range(13))
def test_a_sum_is_true_and_tells_no_more_than_its_parts(parts):
    pick = random.Random(parts).randrange
    for _ in range(20):
        counts = [pick(61) for _ in range(parts)]
        told = [about(draw(count, pick)) for count in counts]
        whole = together(told)

        assert whole.least <= sum(counts) <= whole.most
        assert whole == tuple(map(sum, zip(*told, strict=True)) if told else (0, 0, 0))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (about(0), "不到5"), (about(60), "约60"), (about(0, 10), "不到10"), (exact(3), "3"), (exact(0), "0"),
        (together([about(0), about(0)]), "不到9"), (together([about(10), about(0)]), "约10"), (together([]), "0"),
        (together([exact(31), exact(2)]), "33"),
    ],
)  # fmt: skip
def test_words(told, text):
    assert told.text == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "不到20"),
        (19, "不到20"),
        (20, "20–49"),
        (49, "20–49"),
        (50, "50–99"),
        (999, "500–999"),
        (3000, "1000以上"),
    ],
)
def test_size_of_a_list(count, text):
    assert band(count) == text


def test_sizes_are_far_wider_than_a_household():
    edges = small_numbers.BANDS

    assert min(more - less for less, more in pairwise(edges)) >= 20
