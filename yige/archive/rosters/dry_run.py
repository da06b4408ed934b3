"""The dry run: what every row would do, counted, with a sheet of the rows that cannot come in and why. Nothing changes."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, QuerySet

from yige.accounts.scope import keeper_paths
from yige.archive.models import RosterRow, RosterRun
from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.models.rosters import RunState
from yige.archive.rosters import columns, reading, sealed_files
from yige.archive.rosters.copying import copy
from yige.archive.rosters.families import Doubles
from yige.archive.rosters.planning import Planner
from yige.lib.ids import new_id
from yige.lib.sheets import write_xlsx

ROW_COLUMNS = ("id", "run_id", "number", "verdict", "why", "left", "person_id")
GUARDIAN_LEFT_OUT = "监护人那一行（第 {} 行）没有导入，孩子也没有导入。"
LEFT_OUT = (Verdict.REFUSED, Verdict.DOUBTFUL)
REASON = "原因"


class RunStopped(Exception):
    """Somebody asked to stop."""


def check(run, at) -> RosterRun:
    """Plan every row of a run and keep the verdicts; begins anew when it was interrupted."""
    RosterRow.objects.filter(run=run).delete()
    blob = sealed_files.read_file(run)
    planner = Planner(run, blob, keeper_paths(run.by, at))
    doubles, waiting = Doubles({}), defaultdict(list)
    done = 0
    for batch in planner.batches():
        steps = planner.plan(batch, doubles.first)
        for step in steps:
            if step.guardian and step.guardian[0] == "row":
                waiting[step.guardian[1]].append(step.said.number)
        done += len(steps)
        _keep(run, steps, done, planner.total)
    _leave_out_children(run, waiting)
    return _finish(run, at, planner.families.scattered, reading.hidden_parts(blob, run.sheet))


@transaction.atomic
def _keep(run, steps, done, total):
    fresh = RosterRun.objects.select_for_update().get(pk=run.pk)
    if fresh.stop_at or fresh.state != RunState.CHECKING:
        raise RunStopped
    rows = (
        (
            new_id(),
            run.pk,
            step.said.number,
            step.verdict,
            step.why[:200],
            "".join(step.said.left)[:300],
            step.one.pk if step.one and step.verdict != Verdict.DOUBTFUL else None,
        )
        for step in steps
    )
    copy(RosterRow, ROW_COLUMNS, rows)
    RosterRun.objects.filter(pk=run.pk).update(done=done, total=total)


def _leave_out_children(run, waiting):
    """A child does not come in without the grown-up whose row stays out."""
    out = RosterRow.objects.filter(run=run, number__in=list(waiting), verdict__in=LEFT_OUT)
    for number in out.values_list("number", flat=True):
        RosterRow.objects.filter(run=run, number__in=waiting[number]).update(
            verdict=Verdict.REFUSED, why=GUARDIAN_LEFT_OUT.format(number), person=None
        )


@transaction.atomic
def _finish(run, at, scattered, told):
    run = RosterRun.objects.select_for_update().get(pk=run.pk)
    if run.stop_at or run.state != RunState.CHECKING:
        raise RunStopped
    run.counts, run.state, run.ended_at = counts_of(run), RunState.CHECKED, at
    run.columns = run.columns | {"scattered": scattered, "told": told}
    run.save(update_fields=["counts", "state", "ended_at", "columns"])
    return run


def counts_of(run) -> dict[str, int]:
    """Return how many rows there are of each verdict."""
    rows = RosterRow.objects.filter(run=run).order_by().values_list("verdict").annotate(Count("pk"))
    return dict.fromkeys(Verdict.values, 0) | dict(rows)


def with_cells_left(run) -> QuerySet:
    """Return the rows that come in, or are as they are on file, without one of their cells."""
    return RosterRow.objects.filter(run=run).exclude(left="").exclude(verdict__in=LEFT_OUT).order_by("number")


def left_out(run) -> bytes:
    """Return the rows that stay out, or of which a cell does, as an xlsx: their own cells, then why."""
    chosen = run.columns["fields"]
    stays_out = RosterRow.objects.filter(run=run, verdict__in=LEFT_OUT)
    why = dict(stays_out.values_list("number", "why").iterator())
    why |= dict(with_cells_left(run).values_list("number", "left").iterator())
    rows = reading.raw(sealed_files.read_file(run), run.sheet or None, chosen)
    headings = [heading for heading in chosen if not columns.is_never_taken(heading)]
    found = (
        ([row.cells.get(heading, "") for heading in headings], row.number)
        for row in rows
        if row.number in why
    )
    return write_xlsx(
        ["行号", *headings, REASON],
        ([number, *cells, why[number]] for cells, number in found),
        sheet="没有导入的行",
    )
