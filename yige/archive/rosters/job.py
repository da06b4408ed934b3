"""What the background worker does with a run, by the state it is in; safe to be called again at any time."""

from django.db import transaction

from yige.accounts.scope import keeper_paths
from yige.archive.models import RosterRun
from yige.archive.models.rosters import RunState
from yige.archive.people.likenesses import find_alike
from yige.archive.rosters.dry_run import RunStopped, check
from yige.archive.rosters.importing import take_in
from yige.archive.rosters.undoing import undo
from yige.lib.sheets import NotASheet

NO_FILE = "文件已经不在了，请重新上传。"
NO_POST = "经办人已经不是这个范围的档案管理员，请由现在的档案管理员重新上传。"
BROKE = "系统没能做完，没有导入一半的行。请再试一次；还不行请联系系统管理员。"


def work(pk, at) -> RosterRun:
    """Bring a run as far as it goes by itself."""
    run = RosterRun.objects.select_related("by", "source", "grid").get(pk=pk)
    try:
        return _act(run, at)
    except RunStopped:  # somebody stopped it meanwhile; what that means stands in the row
        fresh = RosterRun.objects.select_related("by", "source", "grid").get(pk=pk)
        return _act(fresh, at) if fresh.stop_at else fresh
    except NotASheet as fault:
        return fail(pk, str(fault), at)
    except FileNotFoundError:
        return fail(pk, NO_FILE, at)


def _act(run, at):
    if run.state == RunState.TAKING and run.stop_at:
        return undo(run, at, ends=RunState.CANCELLED)
    if run.state == RunState.UNDOING:
        return undo(run, at, ends=RunState.UNDONE)
    waits = run.state == RunState.CHECKING and run.columns
    if not waits and run.state != RunState.TAKING:
        return run
    if not any(run.grid_path.startswith(path) for path in keeper_paths(run.by, at)):
        return fail(run.pk, NO_POST, at)
    if waits:
        return check(run, at)
    done = take_in(run, at)
    find_alike(done, at)
    return done


@transaction.atomic
def fail(pk, sentence, at) -> RosterRun:
    """Say why a run did not succeed; what was taken so far stays and can go on, or be taken back."""
    run = RosterRun.objects.select_for_update().get(pk=pk)
    if run.state in (RunState.CHECKING, RunState.TAKING):
        run.state, run.why, run.ended_at = RunState.FAILED, sentence, at
        run.save(update_fields=["state", "why", "ended_at"])
    return run
