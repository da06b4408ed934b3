"""The import itself: batch by batch, each one transaction that also remembers how far it came.

A worker that is killed leaves whole batches behind; the next one goes on after the last of them. Before a row is
taken it is judged again: what changed on file since the dry run is left for people to look at.
"""

from django.db import connection, transaction

from yige.accounts.scope import keeper_paths
from yige.archive.models import Household, RosterRow, RosterRun
from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.models.rosters import RunState
from yige.archive.rosters import known_people, newcomers, sealed_files
from yige.archive.rosters.dry_run import RunStopped, counts_of
from yige.archive.rosters.planning import ACTED, Planner

CHANGED_SINCE = "核对之后档案有了变化，这一行没有导入，请重新核对。"
LOCK = "SELECT pg_advisory_xact_lock(hashtext('archive.roster'))"
CONTACTS = """
    UPDATE archive_household h SET contact_id = p.id FROM archive_person p
    WHERE h.id = ANY(%s) AND h.contact_id IS NULL AND p.household_id = h.id AND p.relation = 'head'
"""


def take_in(run, at) -> RosterRun:
    """Take in the rows that were confirmed and are not taken yet; raises Stopped when somebody asked to stop."""
    planner = Planner(
        run, sealed_files.read_file(run), keeper_paths(run.by, at), own=lambda ids: made_by(run, ids)
    )
    for batch in planner.batches(skip=run.done):
        _take_batch(run, planner, batch)
    return _finish(run, at)


def made_by(run, ids) -> set:
    """Return which of these people and households the run made itself: they bear a row's id or the run's moment."""
    ids = list(ids)
    rows = RosterRow.objects.filter(run=run, pk__in=ids).values_list("pk", flat=True)
    households = Household.objects.filter(pk__in=ids, made_at=run.began_at).values_list("pk", flat=True)
    return {*rows, *households}


@transaction.atomic
def _take_batch(run, planner, batch):
    """Take one batch and remember it, all or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    fresh = RosterRun.objects.select_for_update().get(pk=run.pk)
    if fresh.stop_at or fresh.state != RunState.TAKING or fresh.done != run.done:
        raise RunStopped
    confirmed = {
        row.number: row
        for row in RosterRow.objects.filter(
            run=run,
            number__gte=batch[0].number,
            number__lte=batch[-1].number,
            verdict__in=ACTED,
            taken_at=None,
        )
    }
    steps = planner.plan(batch, only=confirmed)
    steps = [step for step in steps if _as_confirmed(step, confirmed[step.said.number])]
    steps = _with_guardians(run, steps, confirmed)
    newcomers.make_households(run, steps)
    newcomers.add_newcomers(run, [step for step in steps if step.verdict == Verdict.NEW], confirmed)
    known_people.change_known_people(run, [step for step in steps if step.verdict != Verdict.NEW], confirmed)
    made = {step.household for step in steps if step.makes}
    with connection.cursor() as cursor:
        cursor.execute(CONTACTS, [list(made)])
    run.done += len(batch)
    RosterRun.objects.filter(pk=run.pk).update(done=run.done)


def _as_confirmed(step, row):
    """Say whether a row still is what was confirmed; whatever is not, is for people to look at again."""
    same = (step.one.pk if step.one else None) == row.person_id
    if same and (
        step.verdict == row.verdict or (step.verdict, row.verdict) == (Verdict.CHANGED, Verdict.MOVED)
    ):
        return True
    if not (same and step.verdict == Verdict.SAME):  # what became the same by itself needs nothing
        _doubt(row)
    return False


def _doubt(row):
    RosterRow.objects.filter(pk=row.pk).update(verdict=Verdict.DOUBTFUL, why=CHANGED_SINCE, person=None)


def _with_guardians(run, steps, rows):
    """Leave out the children whose guardian could not come in after all."""
    there = newcomers.guardians_of(run, steps, rows)
    kept = []
    for step in steps:
        if step.guardian and newcomers.guardian_of(step, there) is None:
            _doubt(rows[step.said.number])
        else:
            kept.append(step)
    return kept


@transaction.atomic
def _finish(run, at):
    run = RosterRun.objects.select_for_update().get(pk=run.pk)
    if run.stop_at or run.state != RunState.TAKING:
        raise RunStopped
    run.counts, run.state, run.ended_at = counts_of(run), RunState.TAKEN, at
    run.save(update_fields=["counts", "state", "ended_at"])
    return run
