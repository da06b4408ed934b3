"""What the page of a roster shows: how far it is, how many rows of each kind, the first of them, what may be done."""

from typing import NamedTuple

from yige.archive.models import RosterRow, RosterRun
from yige.archive.models.rosters import RosterVerdict, RunState
from yige.archive.rosters import dry_run

FIRST = 5
WAITS = ("waiting", "sheet", "columns")
WORKING = (RunState.CHECKING, RunState.TAKING, RunState.UNDOING)
# fmt: off
TONES = {
    RosterVerdict.NEW: "good", RosterVerdict.CHANGED: "accent", RosterVerdict.MOVED: "accent", RosterVerdict.SAME: "",
    RosterVerdict.DOUBTFUL: "care", RosterVerdict.REFUSED: "bad",
}
MEANS = {
    RosterVerdict.NEW:      "档案里没有这个人，新建一份。",
    RosterVerdict.CHANGED:  "档案里有这个人，名册说了新的内容。",
    RosterVerdict.MOVED:    "档案里有这个人，住址变了。",
    RosterVerdict.SAME:     "和档案一样，什么也不做。",
    RosterVerdict.DOUBTFUL: "分不清，不导入。请核对后改好这几行，再传一次。",
    RosterVerdict.REFUSED:  "写错了或缺了内容，不导入。请改好这几行，再传一次。",
}
STATE_TONES = {
    RunState.CHECKED: "accent", RunState.TAKEN: "good", RunState.FAILED: "bad", RunState.CHECKING: "care",
    RunState.TAKING: "care", RunState.UNDOING: "care",
}
# fmt: on


class Kind(NamedTuple):
    verdict: str
    label: str
    means: str
    tone: str
    count: int
    rows: list


def runs(user, at):
    """Return the rosters of the areas whose files somebody keeps, the latest first."""
    rows = RosterRun.objects.kept_by(user, at).select_related("source", "grid", "by")
    return rows.order_by("-at")


def waits_for_columns(run):
    return run.state == RunState.CHECKING and not run.columns


def is_working(run):
    return run.state in WORKING and not waits_for_columns(run)


def percent(run):
    return min(100, run.done * 100 // run.total) if run.total else 0


def kinds(run):
    """Return the rows of a run by what becomes of them, with the first of each."""
    if run.state not in (RunState.CHECKED, RunState.TAKEN):
        return []
    return [
        Kind(verdict.value, verdict.label, MEANS[verdict], TONES[verdict], run.counts.get(verdict, 0), _first(run, verdict))
        for verdict in RosterVerdict
    ]  # fmt: skip


def _first(run, verdict):
    if not run.counts.get(verdict):
        return []
    return list(
        RosterRow.objects.filter(run=run, verdict=verdict).order_by("number").values("number", "why")[:FIRST]
    )


def left_out(run):
    """Return how many rows stay out."""
    return run.counts.get(RosterVerdict.DOUBTFUL, 0) + run.counts.get(RosterVerdict.REFUSED, 0)


def cells_left(run):
    """Return how many rows come in without one of their cells, and the first of them."""
    if run.state not in (RunState.CHECKED, RunState.TAKEN):
        return {"count": 0, "rows": []}
    found = dry_run.with_cells_left(run)
    return {"count": found.count(), "rows": list(found.values("number", "left")[:FIRST])}


def comes_in(run):
    return sum(
        run.counts.get(verdict, 0)
        for verdict in (RosterVerdict.NEW, RosterVerdict.CHANGED, RosterVerdict.MOVED)
    )
