"""Which row holds on a day, and which cannot stand together; vectors by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from yige.duty_list import duty_rules
from yige.duty_list.words import PlaceKind, RowState

D = date(2026, 3, 10)


def row(kind="any", since=date(2026, 3, 1), until=None, state="in_force"):
    return SimpleNamespace(place_kind=kind, valid_from=since, valid_until=until, state=state)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2026, 3, 10), None, True),
        (date(2026, 3, 11), None, False),
        (date(2026, 3, 1), date(2026, 3, 10), False),  # the end is not included
        (date(2026, 3, 1), date(2026, 3, 11), True),
        (date(2026, 3, 10), date(2026, 3, 10), False),  # a row of no day
    ],
)
def test_a_row_holds_from_its_first_day_up_to_its_end(since, until, holds):
    assert duty_rules.holds_on(row(since=since, until=until), D) is holds


@pytest.mark.parametrize("state", [state for state in RowState if state != RowState.IN_FORCE])
def test_what_was_not_decided_holds_on_no_day(state):
    assert duty_rules.rows_that_hold([row(state=state)], D) == []


@pytest.mark.parametrize("kind", [kind for kind in PlaceKind if kind != PlaceKind.ANY])
def test_a_kind_of_place_stands_before_any(kind):
    one, everywhere, over = row(kind), row(PlaceKind.ANY), row("road", until=D)

    assert duty_rules.rows_that_hold([everywhere, over, one], D) == [one, everywhere]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None), False),
        ((date(2026, 1, 1), date(2026, 2, 2)), (date(2026, 2, 1), None), True),
        ((date(2026, 1, 1), None), (date(2026, 9, 1), None), True),
        ((date(2026, 3, 1), None), (date(2026, 1, 1), date(2026, 3, 1)), False),
        ((date(2026, 3, 1), date(2026, 4, 1)), (date(2026, 1, 1), date(2026, 12, 1)), True),
    ],
)
def test_rows_overlap_where_they_share_a_day_in_one_kind_of_place(one, other, together):
    assert duty_rules.overlap(row("any", *one), row("any", *other)) is together
    assert duty_rules.overlap(row("any", *other), row("any", *one)) is together
    assert duty_rules.overlap(row("road", *one), row("any", *other)) is False


@pytest.mark.parametrize(
    ("now", "added", "ended", "then"),
    [
        ([], [], [], []),
        (["any"], [], [], ["any"]),
        (["any", "road"], [], ["road"], ["any"]),
        (["any"], [], ["any"], []),
        (["any"], ["any+"], [], ["any+"]),
        (["any"], ["road+"], [], ["any", "road+"]),
        (["any", "road"], ["road+"], ["any"], ["road+"]),
        ([], ["road+", "road++"], [], ["road+"]),  # the first to begin
    ],
)
def test_a_change_takes_the_place_of_what_it_is_about_alone(now, added, ended, then):
    rows = {name: row(name.rstrip("+"), D.replace(day=1 + name.count("+"))) for name in (*now, *added)}
    after = duty_rules.rows_after(*([rows[name] for name in names] for names in (now, added, ended)))

    assert after == [rows[name] for name in then]
