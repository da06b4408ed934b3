"""What may become of a request and of a sheet on the list."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.report_centre.sheets import BY_UNIT, asked, listed
from yige.audit.models import LogEntry
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.report_centre import actions
from yige.report_centre.models import AskedSheet, SheetRequest

TODAY = local_day(MONDAY_NOON)


def test_the_unit_that_is_asked_and_the_keepers_are_told(here):
    request = asked(here, by=here.community_head, unit=here.community_unit)

    told = Notice.objects.filter(subject_id=request.pk).values_list("user_id", flat=True)
    assert set(told) == {here.desk.pk, here.street_head.pk}


@pytest.mark.parametrize("by", ["grid_head", "neighbour_head", "other_desk", "department"])
def test_nobody_writes_down_a_request_to_a_unit_that_is_not_his(here, by):
    with pytest.raises(NotAllowed):
        asked(here, by=getattr(here, by), unit=here.community_unit)

    assert not SheetRequest.objects.exists()


def test_a_basis_that_is_named_must_be_said(here):
    with pytest.raises(NotSaid) as refusal:
        asked(here, basis="", cells="", minutes=0)

    assert set(refusal.value.fields) == {"basis", "cells", "minutes"}


def test_a_unit_refuses_by_a_rule_and_the_rule_is_kept(here):
    request = asked(here, by=here.grid_head, unit=here.team_unit)

    actions.refuse_sheet(request, by=here.grid_head, at=MONDAY_NOON, refusal="not_listed", words="不在清单上")

    request.refresh_from_db()
    assert (request.answer, request.refusal, request.answered_by) == ("refused", "not_listed", here.grid_head)
    assert LogEntry.objects.filter(verb="report_centre.refuse_sheet", subject_id=str(request.pk)).count() == 1
    with pytest.raises(Conflict):
        actions.refuse_sheet(request, by=here.desk, at=MONDAY_NOON, refusal="no_marks", words="再说一遍")


def test_what_a_law_asks_for_is_not_refused_because_it_is_on_no_list(here):
    request = asked(here, basis_kind="law", marked=True)

    for refusal in ("not_listed", "no_marks", "nonsense"):
        with pytest.raises(NotSaid):
            actions.refuse_sheet(request, by=here.desk, at=MONDAY_NOON, refusal=refusal, words="不填")
    assert not SheetRequest.objects.get().answer


def test_a_community_cannot_list_and_nothing_without_a_basis_is_listed(here):
    mine = asked(here, by=here.community_head, unit=here.community_unit)
    without = asked(here, basis_kind="none", basis="")

    for request, by in ((mine, here.community_head), (without, here.desk)):
        with pytest.raises(NotAllowed):
            listed(here, request=request, by=by)
    assert not AskedSheet.objects.exists()


def test_what_exists_is_answered_from_the_sheet_and_neither_refused_nor_listed_again(here):
    sheet, again = listed(here), asked(here)

    with pytest.raises(NotAllowed):
        listed(here, request=again)
    with pytest.raises(NotAllowed):
        actions.refuse_sheet(again, by=here.desk, at=MONDAY_NOON, refusal="not_listed", words="不填")
    actions.answer_exists(again, by=here.desk, at=MONDAY_NOON, sheet=sheet, words="每月从这张表取")

    again.refresh_from_db()
    assert (again.answer, again.answered_from) == ("exists", sheet)


def test_a_sheet_of_another_unit_answers_nothing(here):
    sheet = listed(here, request=asked(here, unit=here.bureau_unit))
    request = asked(here)

    with pytest.raises(NotSaid):
        actions.answer_exists(request, by=here.desk, at=MONDAY_NOON, sheet=sheet, words="从这里取")


@pytest.mark.parametrize(("view", "field"), [
    ({"columns": []}, "columns"), ({"columns": ["words"]}, "columns"), ({"columns": ["number", "number"]}, "columns"),
    ({"columns": ["matters"]}, "columns"), ({"columns": ["number"], "grouping": "unit"}, "columns"),
    ({"columns": ["kept__share"], "grouping": "category"}, "grouping"),
    ({"columns": ["kept__share"], "grouping": "unit", "filters": {"channel": "snap"}}, "columns"),
    ({"columns": ["number"], "due_day": 29}, "due_day"),
    ({"columns": ["number"], "until": TODAY}, "until"), ({"columns": ["number"], "until": TODAY + timedelta(days=366)}, "until"),
])  # fmt: skip
def test_what_does_not_go_together_is_said_at_its_place(here, view, field):
    with pytest.raises(NotSaid) as refusal:
        listed(here, view={"grouping": ""}, **view)

    assert list(refusal.value.fields) == [field]
    assert not SheetRequest.objects.get().answer


def test_only_who_works_there_or_keeps_the_list_owns_a_sheet(here):
    with pytest.raises(NotSaid) as refusal:
        listed(here, owner=here.community_head)

    assert list(refusal.value.fields) == ["owner"]


def test_a_sheet_is_renewed_for_twelve_months_at_most_and_ended_with_a_reason(here):
    sheet = listed(here, view=BY_UNIT, until=TODAY + timedelta(days=10))

    with pytest.raises(NotSaid):
        actions.renew_sheet(sheet, by=here.street_head, at=MONDAY_NOON, until=TODAY + timedelta(days=366))
    actions.renew_sheet(sheet, by=here.street_head, at=MONDAY_NOON, until=TODAY + timedelta(days=365))
    with pytest.raises(NotAllowed):
        actions.end_sheet(sheet, by=here.other_desk, at=MONDAY_NOON, words="不要了")
    actions.end_sheet(sheet, by=here.desk, at=MONDAY_NOON, words="区里不再要")

    sheet.refresh_from_db()
    assert (sheet.until, sheet.standing_at(MONDAY_NOON).name) == (TODAY + timedelta(days=365), "gone")
    with pytest.raises(Conflict):
        actions.renew_sheet(sheet, by=here.desk, at=MONDAY_NOON, until=TODAY + timedelta(days=20))


@pytest.mark.parametrize(("name", "seen"), [
    ("street_head", 3), ("community_head", 3), ("grid_head", 3), ("neighbour_head", 2), ("department", 0), ("other_desk", 0),
    ("worker", 0),
])  # fmt: skip
def test_the_registry_is_read_by_who_is_asked_those_above_and_below(here, name, seen):
    """The street, the community and the team are asked; the neighbour's head reads what is asked above him."""
    for unit in (here.street_unit, here.community_unit, here.team_unit):
        asked(here, unit=unit)

    assert SheetRequest.objects.visible_to(getattr(here, name), MONDAY_NOON).count() == seen
