"""Asking to leave a closing out, on real connections: two that decide it, and deciding against the freezing."""

from datetime import timedelta

import pytest
from django.db.models.query import QuerySet

from tests.factories import life
from tests.month_sheets.conftest import MORNING
from tests.races.conftest import all_at_once, fresh, put_back, tally
from yige.cases.models import Closing, Exclusion
from yige.month_sheets.exclusions import ask_exclusion, decide_exclusion
from yige.month_sheets.models import MonthSheet, SheetRow
from yige.month_sheets.sheets import freeze, turn_sheets

ROUNDS = 100
CLOSED_AT = MORNING - timedelta(days=20)
AFTER = MORNING + timedelta(days=9)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(here):
    """A closing of October that its unit asked to leave out while the sheet was shown, and the sheet."""
    closing = life(here, "closed", at=CLOSED_AT).closings.get()
    turn_sheets(MORNING)
    exclusion = ask_exclusion(closing, by=here.grid_head, at=MORNING, reason="force", words="全城停电")
    return closing, exclusion, MonthSheet.objects.get(path=here.street.path)


def decide(here, exclusion, who, granted):
    return decide_exclusion(
        exclusion, by=fresh(getattr(here, who)), at=AFTER, granted=granted, words="看过了"
    )


def rivals(here, exclusion):
    return [
        lambda: decide(here, exclusion, "desk", True),
        lambda: decide(here, exclusion, "street_head", False),
    ]


def test_one_of_two_decides_and_the_closing_says_the_same(here, asked):
    closing, exclusion, _ = asked
    seen = set()

    for _ in range(ROUNDS):
        assert tally(all_at_once(rivals(here, exclusion))) == {"won": 1, 409: 1}
        stands = Exclusion.objects.get()
        assert Closing.objects.get(pk=closing.pk).excluded is stands.granted
        seen.add(stands.granted)
        put_back(exclusion, closing)
    assert seen <= {True, False} and seen


def test_without_the_lock_both_decide(here, asked, monkeypatch):
    """The negative control: nobody waits for the other, so both find it undecided."""
    closing, exclusion, _ = asked
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)

    both = 0
    for _ in range(ROUNDS):
        both += tally(all_at_once(rivals(here, exclusion)))["won"] == 2
        put_back(exclusion, closing)
    assert both, "both looked before either wrote"


def test_a_sheet_is_never_frozen_beside_a_decision(here, asked):
    closing, exclusion, sheet = asked

    for _ in range(ROUNDS):
        all_at_once(
            [
                lambda: decide(here, exclusion, "street_head", True),
                lambda: freeze(sheet, by=fresh(here.system), at=AFTER),
            ]
        )
        assert Exclusion.objects.get().granted is True
        if MonthSheet.objects.get(pk=sheet.pk).frozen_at:
            assert not SheetRow.objects.filter(sheet=sheet, row=closing.pk).exists()
        SheetRow.objects.all().delete()
        put_back(exclusion, closing, sheet)
    assert freeze(sheet, by=here.system, at=AFTER) is None  # it waits again
