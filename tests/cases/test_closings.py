"""What a closing keeps of a case, by every way that a case is closed; and that old cases get the same."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from tests import factories
from tests.cases.test_search_migrations import run
from tests.factories import act, life, reported, town
from tests.scenes import scene
from yige.cases.models import Case, ChangedDay, Closing
from yige.lib.local_time import local_day

pytestmark = pytest.mark.django_db
HISTORY = import_module("yige.cases.migrations.0015_closings")


@scene
def here():
    return town()


def settled(here):
    found = reported(here, by=here.worker, channel="patrol")
    return act("settle", found, by=here.worker, at=found.reported_at + timedelta(hours=1), words="捡起来了")


def closed_again(here, case, at):
    """Take a reopened case through its second round."""
    for step, (verb, by, words) in enumerate(factories.path_to("closed", here, case)[1:], 1):
        case = act(verb, case, by=by, at=at + timedelta(minutes=10 * step), **words)
    return case


def closings():
    return list(Closing.objects.order_by("case__serial", "round"))


def test_a_closing_keeps_whose_it_was_where_and_when(here):
    case = life(here, "closed")

    (one,) = closings()

    assert (one.case_id, one.round, one.at, one.own) == (case.pk, 0, case.closed_at, False)
    assert (one.unit, one.grid_path, one.category) == (case.unit, case.grid_path, case.category)
    assert (one.started_at, one.contacted_at, one.handled_at) == (
        case.reported_at,
        case.contacted_at,
        case.handled_at,
    )


def test_a_reopening_takes_the_unit_from_the_case_and_not_from_its_closing(here):
    case = life(here, "closed")
    was, moment = case.unit, case.closed_at + timedelta(days=1)

    case = act("reopen", case, by=here.street_head, at=moment, words="又坏了")
    closed_again(here, case, moment)

    first, second = closings()
    assert (case.unit, first.unit, first.reopened_at) == (None, was, moment)
    assert (second.round, second.started_at, second.reopened_at) == (1, moment, None)


def test_a_place_that_is_corrected_later_stays_where_it_was_in_the_closing(here):
    case = life(here, "closed")
    before = closings()[0].grid_path

    Case.objects.filter(pk=case.pk).update(grid_path="/elsewhere/")

    assert closings()[0].grid_path == before


def test_what_its_finder_settled_alone_is_own(here):
    settled(here)

    assert [one.own for one in closings()] == [True]
    assert not Closing.objects.countable().exists()


def test_old_cases_get_the_closings_that_the_gate_would_have_written(here):
    """Deleted and taken from the cases and their timelines again, everything is as the gate wrote it."""
    once = life(here, "closed")
    settled(here)
    life(here, "cleared", place="5号楼")
    life(here, "handled")
    again = act("reopen", once, by=here.street_head, at=once.closed_at + timedelta(days=1), words="又坏了")
    again = closed_again(here, again, again.reopened_at)
    act("reopen", again, by=here.street_head, at=again.closed_at + timedelta(days=1), words="还是坏的")
    written = facts()
    Closing.objects.all().delete()

    HISTORY.take_down_what_was_closed(apps, None)

    assert len(written) == 4
    assert facts() == written


def facts():
    """Return what a closing keeps; whether it was a copy is asked since, not of what was closed long ago."""
    names = [field.attname for field in Closing._meta.concrete_fields if field.name not in ("id", "copy")]
    return list(Closing.objects.order_by("case__serial", "round").values_list(*names))


def test_closings_from_before_say_what_the_gate_would_have_written_of_copies(here):
    """Places, categories and weeks that are other ones, a second round, what its finder settled, and real copies."""
    heap = factories.category("sanitation.old-heap")
    for place, hours, kind in (("1号楼", 0, None), ("1号楼", 9, None), ("1 号楼", 10, heap), ("2号楼", 11, None), ("", 12, None),
                               ("1号楼", 24 * 9, None), ("一号楼", 24 * 10, None)):  # fmt: skip
        more = {"category": kind} if kind else {}
        life(here, "closed", at=factories.MONDAY_NOON + timedelta(hours=hours), place=place, **more)
    settled(here)
    first = Case.objects.order_by("serial").first()
    again = first.closed_at + timedelta(days=1)
    closed_again(here, act("reopen", first, by=here.street_head, at=again, words="又坏了"), again)
    by_gate = [(row.case_id, row.round, row.copy) for row in closings()]
    copies = Closing.objects.filter(copy=True)
    days = {local_day(row.at) for row in copies}
    Closing.objects.update(copy=False)
    ChangedDay.objects.all().delete()

    run("0021_copies_from_before", "mark_copies")

    assert [(row.case_id, row.round, row.copy) for row in closings()] == by_gate
    assert {copy for *_, copy in by_gate} == {True, False} and copies.count() >= 2
    assert set(ChangedDay.objects.values_list("day", flat=True)) == days
    run("0021_copies_from_before", "mark_copies")
    assert ChangedDay.objects.count() == len(days)
