"""Photos on disk: cleaned before they come here, private, under names that say nothing."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yige.cases.models import Draft, Photo
from yige.cases.models.photos import PhotoKind

MOST = 6
THUMB = ".thumb.jpg"


def draft(*, at):
    """Start a draft that keeps photos until a form is accepted."""
    return Draft.objects.create(token=secrets.token_urlsafe(24), made_at=at)


def keep(draft, cleaned, *, at, kind=PhotoKind.REPORT):
    """Write one cleaned photo and its thumbnail to disk, then its row; returns the row."""
    file_name = f"{secrets.token_urlsafe(24)}.jpg"
    target = path_of(file_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(cleaned.jpeg)
    target.with_suffix(THUMB).write_bytes(cleaned.thumb)
    with transaction.atomic():
        return Photo.objects.create(
            draft=draft, kind=kind, file_name=file_name, width=cleaned.width, height=cleaned.height, kept_at=at
        )  # fmt: skip


def path_of(file_name, *, thumb=False):
    """Return where a photo lies; two letters of its name make the folder."""
    whole = Path(settings.MEDIA_ROOT) / "photos" / file_name[:2] / file_name
    return whole.with_suffix(THUMB) if thumb else whole


def drop(photo):
    """Remove a photo's row and files."""
    whole = path_of(photo.file_name)
    photo.delete()
    whole.unlink(missing_ok=True)
    whole.with_suffix(THUMB).unlink(missing_ok=True)
