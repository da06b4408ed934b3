"""Who may ask and who decides, by the pure tables: every standing against every state."""

from itertools import chain, combinations, product

import pytest

from yige.month_sheets.exclusion_rules import ASKERS, DECIDERS, AskedSoFar, why_not_ask, why_not_decide

STANDINGS = ("unit", "head", "desk", "street", "home")
HELD = [
    set(some) for some in chain.from_iterable(combinations(STANDINGS, n) for n in range(len(STANDINGS) + 1))
]
YES_NO = (False, True)
FREE = {"own": False, "by_street": False, "frozen": False}


@pytest.mark.parametrize("held", HELD, ids=lambda held: "+".join(sorted(held)) or "nobody")
def test_only_the_unit_and_its_heads_ask_and_only_what_counts(held):
    for own, by_street, frozen in product(YES_NO, repeat=3):
        free = not (own or by_street or frozen)
        why = why_not_ask(held, AskedSoFar(), own=own, by_street=by_street, frozen=frozen)
        assert (why == "") == (bool(held & {"unit", "head"}) and free)


@pytest.mark.parametrize(
    ("asked", "may"),
    [
        (AskedSoFar(0, waits=False, granted=False), True),
        (AskedSoFar(1, waits=True, granted=False), False),
        (AskedSoFar(1, waits=False, granted=False), True),
        (AskedSoFar(1, waits=False, granted=True), False),
        (AskedSoFar(2, waits=True, granted=False), False),
        (AskedSoFar(2, waits=False, granted=False), False),
        (AskedSoFar(2, waits=False, granted=True), False),
    ],
)
def test_a_refusal_may_be_asked_about_once_more(asked, may):
    assert (why_not_ask({"unit"}, asked, **FREE) == "") is may


@pytest.mark.parametrize("held", HELD, ids=lambda held: "+".join(sorted(held)) or "nobody")
@pytest.mark.parametrize("turn", DECIDERS)
def test_another_level_decides_and_never_who_asked_or_works_there(held, turn):
    wanted = {"street"} if turn == 2 else {"desk", "street"}
    for decided, asked_by_self, before, frozen in product(YES_NO, repeat=4):
        why = why_not_decide(
            held,
            turn=turn,
            decided=decided,
            asked_by_self=asked_by_self,
            decided_before=before,
            frozen=frozen,
        )
        free = not (decided or asked_by_self or before or frozen or "home" in held)
        assert (why == "") == (bool(held & wanted) and free)


def test_nobody_who_asks_also_decides():
    assert not ASKERS & frozenset.union(*DECIDERS.values())
