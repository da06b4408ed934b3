"""What is kept only for a while goes; what is in use stays."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from tests.factories import MONDAY_NOON, life, reported
from yige.accounts.actors import STRANGER
from yige.accounts.limits import take_turn
from yige.accounts.models import Bucket
from yige.cases import photos, retention
from yige.cases.actions import complain
from yige.cases.models import Draft, Photo, Reporter
from yige.channels.file import wire as outbox
from yige.channels.messages import Message, Recipient
from yige.clock import acts
from yige.lib.photos import CleanPhoto
from yige.notices.actions import mark_read, tell_staff
from yige.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept_photo(at, token="t" * 24):
    draft, _ = Draft.objects.get_or_create(token=token, defaults={"made_at": at})
    return photos.keep_photo(draft, CleanPhoto(b"whole", b"small", 4, 3), at=at)


def test_a_draft_goes_with_its_files_after_a_day(here, django_capture_on_commit_callbacks):
    photo = kept_photo(MONDAY_NOON)
    path = photos.path_of(photo.file_name)

    early = retention.drop_drafts(MONDAY_NOON + timedelta(hours=23))
    with django_capture_on_commit_callbacks(execute=True):
        late = retention.drop_drafts(MONDAY_NOON + timedelta(hours=25))

    assert (early, late) == ({}, {"drafts": 1, "draft_photos": 1})
    assert not path.exists() and not photos.path_of(photo.file_name, thumb=True).exists()
    assert not Photo.objects.exists()


def test_a_photo_that_a_case_took_over_stays(here, django_capture_on_commit_callbacks):
    photo = kept_photo(MONDAY_NOON)
    reported(here, photos=[photo])

    with django_capture_on_commit_callbacks(execute=True):
        retention.drop_drafts(MONDAY_NOON + 2 * DAY)

    assert photos.path_of(photo.file_name).exists()
    assert Photo.objects.get().case_id


def test_a_file_without_a_row_goes_after_a_day(here, tmp_path):
    photo = kept_photo(MONDAY_NOON)
    orphan = tmp_path / "photos" / "zz" / "zzorphan.jpg"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"left by a crash")
    for path in (orphan, photos.path_of(photo.file_name), photos.path_of(photo.file_name, thumb=True)):
        os.utime(path, (MONDAY_NOON.timestamp(),) * 2)

    early, late = (retention.drop_orphans(MONDAY_NOON + days * DAY) for days in (0.5, 2))

    assert (early, late) == ({}, {"orphan_photos": 1})
    assert not orphan.exists() and photos.path_of(photo.file_name).exists()


def test_the_contact_goes_half_a_year_after_clearing(here):
    ended = life(here, until="cleared", contact={"phone": "13800000000"})
    running = reported(here, contact={"phone": "13900000000"})

    early = retention.remove_reporters(MONDAY_NOON + 179 * DAY)
    late = retention.remove_reporters(MONDAY_NOON + 182 * DAY)

    assert (early, late) == ({}, {"reporters": 1})
    gone, stays = Reporter.objects.get(case=ended), Reporter.objects.get(case=running)
    assert (gone.phone_sealed, gone.phone_index) == (None, None) and gone.removed_at
    assert stays.phone_sealed and not stays.removed_at


def test_what_was_said_about_the_platform_goes_after_a_year(here):
    complain("/", by=STRANGER, at=MONDAY_NOON, words="字太小", contact="13800000000")

    early, late = (retention.forget_complaints(MONDAY_NOON + days * DAY) for days in (364, 366))

    assert (early["complaints"], late["complaints"]) == (0, 1)


def test_the_demo_outbox_is_emptied_after_a_week(here, settings, tmp_path):
    settings.YIGE_OUTBOX_FOLDER = tmp_path / "outbox"
    outbox.send_message(Message("one", "", "有新进展"), Recipient(phone="13800000000"))
    written = datetime.fromtimestamp((tmp_path / "outbox" / "one.txt").stat().st_mtime, UTC)

    kept = acts.forget_expired(written + 6 * DAY)["outbox"]
    gone = acts.forget_expired(written + 8 * DAY)["outbox"]

    assert (kept, gone) == (0, 1)


def test_marks_of_log_ins_go_when_they_are_over_and_never_before(here):
    now = timezone.now()
    cache.set("over", [1.5], 60)
    cache.set("live", [1.5], 3600)

    done = acts.forget_login_marks(now + timedelta(minutes=2))

    assert (done["login_marks"], cache.get("over"), cache.get("live")) == (1, None, [1.5])


def test_buckets_notices_and_sessions_go_when_they_are_old(here):
    take_turn("link.device", "phone", at=MONDAY_NOON)
    tell_staff([here.desk], kind="area", title="旧的", body="", at=MONDAY_NOON)
    mark_read(here.desk, at=MONDAY_NOON)
    tell_staff([here.desk], kind="area", title="没读过的", body="", at=MONDAY_NOON)
    Session.objects.create(session_key="s", session_data="", expire_date=MONDAY_NOON + DAY)

    done = acts.forget_expired(MONDAY_NOON + 400 * DAY)

    assert (done["buckets"], done["read_notices"], done["sessions"]) == (1, 1, 1)
    assert (Bucket.objects.count(), [row.title for row in Notice.objects.all()]) == (0, ["没读过的"])
