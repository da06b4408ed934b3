"""What is not kept for ever: drafts, photo files without a row, the contact of reporters. Called by the clock."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from yige.accounts.actors import CLOCK
from yige.audit import log
from yige.cases import photos, reporters, rules
from yige.cases.models import Draft, Photo, PlatformComplaint, Reporter
from yige.cases.words import OPEN

DRAFT_HOURS = 24
ORPHAN_HOURS = 24
COMPLAINT_DAYS = 365
ROWS_AT_ONCE = 200


def drop_drafts(at) -> Counter:
    """Remove drafts a day after they were begun, with the photos that no case took over."""
    done = Counter()
    old = Draft.objects.filter(made_at__lt=at - timedelta(hours=DRAFT_HOURS))
    while tokens := list(old.values_list("token", flat=True)[:ROWS_AT_ONCE]):
        for token in tokens:
            done += drop_draft(token)
    return done


@transaction.atomic
def drop_draft(token) -> Counter:
    """Remove one draft; its rows are locked first, so that a photo that a case is taking over stays."""
    draft = Draft.objects.select_for_update().filter(token=token).first()
    if draft is None:
        return Counter()
    mine = list(Photo.objects.select_for_update().filter(draft=draft, case=None, exclusion=None))
    for photo in mine:
        photo.delete()
    Photo.objects.filter(draft=draft).update(draft=None)
    draft.delete()
    transaction.on_commit(lambda: [unlink(photo.file_name) for photo in mine])
    return Counter(drafts=1, draft_photos=len(mine))


def unlink(file_name) -> None:
    whole = photos.path_of(file_name)
    for path in (whole, photos.path_of(file_name, thumb=True)):
        path.unlink(missing_ok=True)


def drop_orphans(at) -> Counter:
    """Remove photo files that no row knows a day after they were written: a crash between file and row."""
    done, limit = Counter(), (at - timedelta(hours=ORPHAN_HOURS)).timestamp()
    folder = Path(settings.MEDIA_ROOT) / "photos"
    for part in sorted(folder.iterdir()) if folder.is_dir() else ():
        old = {path for path in part.iterdir() if path.is_file() and path.stat().st_mtime < limit}
        names = {path.name.removesuffix(photos.THUMB).removesuffix(".jpg") + ".jpg" for path in old}
        known = set(Photo.objects.filter(file_name__in=names).values_list("file_name", flat=True))
        for name in names - known:
            unlink(name)
            done["orphan_photos"] += 1
    return done


def remove_reporters(at) -> Counter:
    """Remove how to reach reporters some months after their case ended; the row stays as the proof."""
    done = Counter()
    while removed := remove_some(at):
        done["reporters"] += removed
    return done


@transaction.atomic
def remove_some(at) -> int:
    before = at - timedelta(days=rules.value("reporter_days"))
    over = Q(case__cleared_at__lt=before, case__state="cleared") | Q(case__ended_at__lt=before)
    rows = Reporter.objects.filter(over, removed_at=None).exclude(case__leader__state__in=OPEN)
    rows = list(rows.select_for_update(skip_locked=True, of=("self",))[:ROWS_AT_ONCE])
    for row in rows:
        log.write("cases.remove_reporter", by=CLOCK, at=at, kind=Reporter._meta.label_lower, pk=row.pk)
        reporters.remove_contact(row, at=at)
    return len(rows)


def forget_complaints(at) -> Counter:
    """Remove what was said about the platform a year ago, answered or not, with its contact."""
    old = PlatformComplaint.objects.filter(at__lt=at - timedelta(days=COMPLAINT_DAYS))
    return Counter(complaints=old.delete()[0])
