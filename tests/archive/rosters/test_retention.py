"""How long a roster stays: its file thirty days, with a proof; and what is said when file or importer are gone."""

import os
from datetime import timedelta

import pytest

from tests.archive.rosters.roster_files import AT, FAMILY, checked, many, taken, worked
from yige.archive.models import Erasure, Person, RosterRun
from yige.archive.rosters import actions, sealed_files
from yige.archive.rosters.retention import forget_files
from yige.lib.refusals import Conflict


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_files_are_deleted_after_thirty_days_with_a_proof(here, tmp_path, django_capture_on_commit_callbacks):
    old = taken(here, FAMILY)
    young = checked(here, many(2), at=AT + timedelta(days=29))

    with django_capture_on_commit_callbacks(execute=True):
        done = forget_files(AT + timedelta(days=30, minutes=10))

    assert done["roster_files"] == 1
    assert [path.name for path in tmp_path.rglob("*.sealed")] == [
        RosterRun.objects.get(pk=young.pk).stored_name
    ]
    proof = Erasure.objects.get()
    assert (proof.what, proof.count, proof.by_kind) == ("roster_files", 1, "clock")
    assert forget_files(AT + timedelta(days=31))["roster_files"] == 0
    with pytest.raises(Conflict, match="不能再撤销"):
        actions.undo(old, by=here.registrar, at=AT + timedelta(days=31))


def test_file_that_a_crash_left_behind_is_deleted(here, tmp_path):
    folder = tmp_path / "rosters"
    folder.mkdir()
    for name, hours in (("old.new", 25), ("fresh.new", 1)):
        (folder / name).write_bytes(b"x")
        moment = (AT - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (moment, moment))

    assert forget_files(AT)["orphan_roster_files"] == 1
    assert [path.name for path in folder.iterdir()] == ["fresh.new"]


def test_run_whose_importer_left_fails_with_a_sentence(here):
    run = checked(here, FAMILY)
    actions.confirm(run, by=here.registrar, at=AT)
    here.registrar.posts.update(until=AT.date())

    run = worked(run, AT + timedelta(days=1))

    assert (run.state, Person.objects.count()) == ("failed", 0)
    assert run.why.startswith("经办人已经不是这个范围的档案管理员")
    actions.confirm(run, by=here.second_registrar, at=AT + timedelta(days=1))
    assert worked(run, AT + timedelta(days=1)).state == "taken"


def test_file_that_is_gone_is_a_sentence(here):
    run = checked(here, FAMILY)
    actions.confirm(run, by=here.registrar, at=AT)
    sealed_files.remove(run.stored_name)

    assert worked(run).why == "文件已经不在了，请重新上传。"
