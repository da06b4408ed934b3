"""What people do with a roster: send it, say what its columns are, confirm it, stop it, take it back."""

from django.db import IntegrityError, transaction

from yige.archive.models import RosterRow, RosterRun, RosterSource
from yige.archive.models.rosters import RunState
from yige.archive.people.standing import check_keeps
from yige.archive.rosters import columns, reading, sealed_files
from yige.archive.rosters.tasks import work_later
from yige.audit.log import action
from yige.lib import typed_text
from yige.lib.refusals import Conflict, NotSaid
from yige.lib.sheets import NotASheet

BASIS = "lawful_register"  # the only ground on which numbers come in: a registration that a law asks for
NAME, FILE_NAME = 60, 120
ONCE = "同一个文件已经导入过这个范围。要重新导入，请先撤销那一次。"
NOT_NOW = "这一批现在是“{}”，不能这样做。请刷新页面。"
GONE = "文件已到期删除，这一批不能再{}。"


@action("archive.send_roster", makes=RosterRun)
def send_roster(grid, *, by, at, id, source, file_name, blob) -> RosterRun:
    """Keep a roster for an area, sealed; nothing of it is read into any file yet."""
    check_keeps(by, grid.path, at)
    name = typed_text.clean_line(source)[:NAME]
    if not name:
        raise NotSaid("请写明名册是哪里来的。", source="请写明名册是哪里来的，比如“社区2026年人口台账”。")
    try:
        names = reading.sheets_of(blob)
        if len(names) < 2:
            reading.headings(blob, None)
    except NotASheet as fault:
        raise NotSaid(str(fault), file=str(fault)) from None
    known, _ = RosterSource.objects.get_or_create(name=name, defaults={"used_at": at})
    run = RosterRun(
        id=id, source=known, grid=grid, grid_path=grid.path, by=by, at=at, digest=sealed_files.digest(blob),
        file_name=typed_text.clean_line(file_name)[-FILE_NAME:],
    )  # fmt: skip
    sealed_files.store(run, blob)
    run.save(force_insert=True)
    return run


@action("archive.map_roster", purpose="basis")
def map_columns(run, *, by, at, fields, sheet="", basis="") -> RosterRun:
    """Say what each column is, remember it for this source, and ask for the dry run."""
    run = _locked(run, by, at, RunState.CHECKING, RunState.CHECKED, RunState.FAILED)
    if run.began_at:
        raise Conflict(NOT_NOW.format(run.get_state_display()))
    if fault := columns.fault(fields):
        raise NotSaid(fault, fields=fault)
    if "identity" not in fields.values() or basis != BASIS:
        basis = ""
    run.columns, run.sheet = {"fields": fields, "basis": basis}, sheet
    run.state, run.done, run.total, run.counts, run.why = RunState.CHECKING, 0, 0, {}, ""
    run.save(update_fields=["columns", "sheet", "state", "done", "total", "counts", "why"])
    RosterSource.objects.filter(pk=run.source_id).update(columns=fields, used_at=at)
    work_later(run)
    return run


@action("archive.confirm_roster")
def confirm(run, *, by, at) -> RosterRun:
    """Take in what the dry run showed, exactly once; an import that failed goes on where it stopped."""
    run = _locked(run, by, at, RunState.CHECKED, RunState.FAILED)
    if not run.stored_name:
        raise Conflict(GONE.format("导入"))
    if run.state == RunState.FAILED and not run.began_at:
        raise Conflict(NOT_NOW.format(run.get_state_display()))
    if run.began_at is None:
        run.began_at, run.done = at, 0
    run.state, run.why, run.by = RunState.TAKING, "", by
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "began_at", "done", "why", "by"])
    except IntegrityError:
        raise Conflict(ONCE) from None
    work_later(run)
    return run


@action("archive.stop_roster")
def stop(run, *, by, at) -> RosterRun:
    """Stop a run: one that is being taken in is also taken back, so that no half of it stays."""
    run = _locked(run, by, at, RunState.CHECKING, RunState.CHECKED, RunState.TAKING, RunState.FAILED)
    if run.began_at:
        run.state, run.stop_at = RunState.TAKING, at
        run.save(update_fields=["state", "stop_at"])
        work_later(run)
        return run
    RosterRow.objects.filter(run=run).delete()
    stored, run.stored_name = run.stored_name, ""
    run.state, run.ended_at = RunState.CANCELLED, at
    run.save(update_fields=["state", "ended_at", "stored_name"])
    transaction.on_commit(lambda: sealed_files.remove(stored))
    return run


@action("archive.undo_roster")
def undo(run, *, by, at) -> RosterRun:
    """Take back what was taken in: what it made is removed, what it changed is put back."""
    run = _locked(run, by, at, RunState.TAKEN)
    if not run.stored_name:
        raise Conflict(GONE.format("撤销"))
    run.state, run.why = RunState.UNDOING, ""
    run.save(update_fields=["state", "why"])
    work_later(run)
    return run


def _locked(run, by, at, *states):
    run = RosterRun.objects.select_for_update(of=("self",)).select_related("grid", "source").get(pk=run.pk)
    check_keeps(by, run.grid_path, at)
    if run.state not in states or run.stop_at:
        raise Conflict(NOT_NOW.format("正在停止" if run.stop_at else run.get_state_display()))
    return run
