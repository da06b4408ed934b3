"""Keepers at the same moment: a run is confirmed once, two files are merged once, and two workers import once."""

from datetime import timedelta

import pytest

from tests.archive.rosters.roster_files import AT, FAMILY, checked
from tests.factories import household, person
from tests.races.conftest import ACTORS, all_at_once, tally
from yige.accounts.models import User
from yige.archive.models import Household, Merge, Person, RosterRun, Tie
from yige.archive.models.rosters import RunState
from yige.archive.people import merging
from yige.archive.rosters import actions, job
from yige.audit.models import LogEntry

ROUNDS = 10
ONE_WINNER = {"won": 1, 409: ACTORS - 1}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keepers(here):
    """Two keepers, each in several browsers."""
    ids = [here.registrar.pk, here.second_registrar.pk] * (ACTORS // 2)
    return [User.objects.get(pk=pk) for pk in ids]


def rewind(run):
    RosterRun.objects.filter(pk=run.pk).update(state=RunState.CHECKED, began_at=None, by=run.by)


def test_run_is_confirmed_by_exactly_one(here):
    run, rounds = checked(here, FAMILY), []

    for _ in range(ROUNDS):
        rounds.append(
            tally(all_at_once([lambda by=by: actions.confirm(run, by=by, at=AT) for by in keepers(here)]))
        )
        rewind(run)

    assert rounds == [ONE_WINNER] * ROUNDS
    assert LogEntry.objects.filter(verb="archive.confirm_roster").count() == ROUNDS


def confirm_without_reading_again(run):
    """The negative control: it trusts the state that it read before, as the page showed it."""
    if run.state != RunState.CHECKED:
        raise AssertionError("the page was fresh")
    return RosterRun.objects.filter(pk=run.pk).update(state=RunState.TAKING, began_at=AT)


def test_without_the_lock_everybody_would_win(here):
    run = checked(here, FAMILY)

    results = all_at_once([lambda: confirm_without_reading_again(run)] * ACTORS)

    assert results == [1] * ACTORS


def test_workers_at_once_take_a_run_in_once(here):
    run = checked(here, FAMILY)
    actions.confirm(run, by=here.registrar, at=AT)

    all_at_once([lambda: job.work(run.pk, AT)] * ACTORS)
    job.work(run.pk, AT)

    assert RosterRun.objects.get(pk=run.pk).state == "taken"
    assert (Person.objects.count(), Household.objects.count(), Tie.objects.count()) == (3, 1, 4)


def stop_and_finish(run, keeper):
    return [
        lambda: job.work(run.pk, AT),
        lambda: actions.stop(run, by=User.objects.get(pk=keeper), at=AT),
    ]


def test_stop_and_finish_at_once_leave_all_or_nothing(here):
    for number in range(4):
        run = checked(here, FAMILY, at=AT + timedelta(minutes=number))
        actions.confirm(run, by=here.registrar, at=AT + timedelta(minutes=number))
        all_at_once(stop_and_finish(run, here.registrar.pk))
        job.work(run.pk, AT)

        state, count = RosterRun.objects.get(pk=run.pk).state, Person.objects.count()
        assert (state, count) in (("taken", 3), ("cancelled", 0))
        if state == "taken":
            actions.undo(run, by=here.registrar, at=AT)
            job.work(run.pk, AT)


def test_merge_is_granted_by_exactly_one(here):
    one, other = (person(here, household(here, room=room), phone="") for room in ("501", "601"))
    merge = merging.ask_merge(one, by=here.registrar, at=AT, gone=other)
    second = [User.objects.get(pk=here.second_registrar.pk) for _ in range(ACTORS)]

    results = all_at_once([lambda by=by: merging.grant_merge(merge, by=by, at=AT) for by in second])

    assert tally(results) == ONE_WINNER
    assert Merge.objects.get().granted is True
    assert Person.objects.current().get() == one
