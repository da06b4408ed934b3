"""Photos on disk: cleaned before they come here, private, under names that say nothing."""

import hashlib
import secrets
import time
import uuid
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from yige.cases.models import Draft, Photo
from yige.cases.models.photos import PhotoKind
from yige.lib.flushed_files import write_flushed
from yige.lib.ids import new_id
from yige.lib.photos import NotAPhoto, clean

MOST_PHOTOS = 6
FORM_SECONDS = 40  # that the photos of one form may take to be decoded; six ordinary ones take three
TOO_MUCH = "这几张照片处理起来太久，这一张没有收下。已经收下的都在，请把这一张调小，或者先送出，以后再补充。"
THUMB = ".thumb.jpg"


def start_draft(*, at) -> Draft:
    """Start a draft that keeps photos until a form is accepted."""
    return Draft.objects.create(token=secrets.token_urlsafe(24), made_at=at)


class FormPhoto(NamedTuple):
    """A photo of a form that is not accepted yet; `digest` names it in the form when it is shown again."""

    digest: str
    photo: Photo


def keep_form_photos(
    token, blobs, *, at, kept=(), kind=PhotoKind.REPORT
) -> tuple[list[FormPhoto], list[str]]:
    """Keep the photos of one form, known by its secret `token`: the new ones, and the `kept` of an earlier try.

    The same picture sent twice with the same form is the same row, so that a double tap says the same thing.
    Returns (photos, sentences about what was no photo).
    """
    digests, refused, until = list(dict.fromkeys(kept)), [], time.monotonic() + FORM_SECONDS
    for blob in blobs:
        digest = hashlib.sha256(blob).hexdigest()
        try:
            if len(digests) < MOST_PHOTOS and digest not in digests:
                if time.monotonic() > until:
                    raise NotAPhoto(TOO_MUCH)
                _keep_once(token, digest, blob, at=at, kind=kind)
                digests.append(digest)
        except NotAPhoto as refusal:
            refused.append(str(refusal))
    rows = {row.pk: row for row in Photo.objects.filter(pk__in=[_name(token, digest) for digest in digests])}
    found = ((digest, rows.get(_name(token, digest))) for digest in digests)
    return [FormPhoto(digest, row) for digest, row in found if row], refused


def form_photo(token, digest) -> Photo | None:
    """Return the photo of a form that is not accepted yet, or None."""
    return Photo.objects.filter(pk=_name(token, digest), draft__isnull=False).first()


def _keep_once(token, digest, blob, *, at, kind):
    pk = _name(token, digest)
    if Photo.objects.filter(pk=pk).exists():
        return
    cleaned = clean(blob)
    draft, _ = Draft.objects.get_or_create(token=token, defaults={"made_at": at})
    try:
        keep_photo(draft, cleaned, at=at, kind=kind, pk=pk)
    except IntegrityError:
        return  # the other tap was faster


def _name(token, digest):
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{token}:{digest}")


def keep_photo(draft, cleaned, *, at, kind=PhotoKind.REPORT, pk=None) -> Photo:
    """Write one cleaned photo and its thumbnail to disk, then its row; returns the row."""
    file_name = f"{secrets.token_urlsafe(24)}.jpg"
    target = path_of(file_name)
    write_flushed(target, cleaned.jpeg)
    write_flushed(target.with_suffix(THUMB), cleaned.thumb)
    size = {"width": cleaned.width, "height": cleaned.height}
    try:
        with transaction.atomic():
            return Photo.objects.create(
                id=pk or new_id(), draft=draft, kind=kind, file_name=file_name, kept_at=at, **size
            )
    except IntegrityError:
        target.unlink()
        target.with_suffix(THUMB).unlink()
        raise


def path_of(file_name, *, thumb=False) -> Path:
    """Return where a photo lies; two letters of its name make the folder."""
    whole = Path(settings.MEDIA_ROOT) / "photos" / file_name[:2] / file_name
    return whole.with_suffix(THUMB) if thumb else whole
