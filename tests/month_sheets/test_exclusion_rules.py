"""Who may ask and who decides, by the pure tables: every standing against every state."""

from itertools import chain, combinations, product

import pytest

from yige.month_sheets.exclusion_rules import (
    ASKERS,
    DECIDERS,
    AskedSoFar,
    Month,
    is_final,
    why_not_ask,
    why_not_decide,
)

STANDINGS = ("unit", "head", "desk", "street", "home")
HELD = [
    set(some) for some in chain.from_iterable(combinations(STANDINGS, n) for n in range(len(STANDINGS) + 1))
]
YES_NO = (False, True)
MONTHS = [Month(over, frozen) for over, frozen in product(YES_NO, repeat=2)]
by_held = pytest.mark.parametrize("held", HELD, ids=lambda held: "+".join(sorted(held)) or "nobody")


@by_held
def test_only_the_unit_and_its_heads_ask_and_only_what_counts(held):
    for own, by_street, month in product(YES_NO, YES_NO, MONTHS):
        free = not (own or by_street or month.over or month.frozen)
        why = why_not_ask(held, AskedSoFar(), month, own=own, by_street=by_street)
        assert (why == "") == (bool(held & {"unit", "head"}) and free)


def test_what_was_refused_is_asked_about_once_more_in_its_days_though_the_objections_are_over():
    for turns, waits, granted, final, again in product((1, 2), *[YES_NO] * 4):
        so_far = AskedSoFar(turns, waits, granted, final, again)
        may = turns == 1 and again and not (waits or granted or final)
        for month in MONTHS:
            why = why_not_ask({"unit"}, so_far, month, own=False, by_street=False)
            assert (why == "") == (may and not month.frozen), (so_far, month)


@by_held
@pytest.mark.parametrize("turn", DECIDERS)
def test_another_level_decides_and_never_who_asked_or_works_there(held, turn):
    wanted = {"street"} if turn == 2 else {"desk", "street"}
    for decided, asked_by_self, frozen in product(YES_NO, repeat=3):
        why = why_not_decide(held, turn=turn, decided=decided, asked_by_self=asked_by_self, frozen=frozen)
        free = not (decided or asked_by_self or frozen or "home" in held)
        assert (why == "") == (bool(held & wanted) and free)


@by_held
def test_nothing_comes_back_to_the_head_who_decided_it(held):
    """The second asking goes to the level-1 head alone: what he decided first must leave no second."""
    assert is_final(held, 1) == ("street" in held)
    assert is_final(held, 2)


def test_nobody_who_asks_also_decides():
    assert not ASKERS & frozenset.union(*DECIDERS.values())
