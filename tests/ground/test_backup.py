"""A backup brings back exactly what was there, and nothing comes from a broken one."""

import tarfile

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone


@pytest.fixture
def photos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "lamp.jpg").write_bytes(b"a photo")
    return settings.MEDIA_ROOT


@pytest.fixture
def backup(transactional_db, photos, tmp_path):
    Session.objects.create(session_key="before", session_data="", expire_date=timezone.now())
    call_command("backup", tmp_path / "yige.tar")
    return tmp_path / "yige.tar"


def test_restore_brings_back_rows_and_photos(backup, photos):
    Session.objects.all().delete()
    Session.objects.create(session_key="after", session_data="", expire_date=timezone.now())
    (photos / "2026" / "lamp.jpg").unlink()

    call_command("restore", backup, "--replace")

    assert [session.pk for session in Session.objects.all()] == ["before"]
    assert (photos / "2026" / "lamp.jpg").read_bytes() == b"a photo"


def test_restored_database_can_be_backed_up_again(backup, tmp_path):
    call_command("restore", backup, "--replace")
    call_command("backup", tmp_path / "second.tar")
    Session.objects.all().delete()

    call_command("restore", tmp_path / "second.tar", "--replace")

    assert Session.objects.count() == 1


def test_restore_over_data_is_refused_unless_said(backup):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", backup)

    assert Session.objects.count() == 1


def test_broken_backup_changes_nothing(backup, tmp_path):
    whole = backup.read_bytes()
    at = whole.index(b"a photo")
    (tmp_path / "changed.tar").write_bytes(whole[:at] + b"A" + whole[at + 1 :])
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none.tar").write_bytes(b"not a backup")

    for name in ("changed.tar", "cut.tar", "none.tar", "missing.tar"):
        with pytest.raises(CommandError, match=r"损坏|打不开"):
            call_command("restore", tmp_path / name, "--replace")

    assert Session.objects.count() == 1


def test_keys_are_not_in_the_backup(backup, settings):
    with tarfile.open(backup) as archive:
        names = archive.getnames()

    assert names == ["contents.json", "database.dump", "media/2026/lamp.jpg"]
    assert settings.SECRET_KEY.encode() not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
