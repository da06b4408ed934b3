"""The files of sheets: on the disk under a secret name, never under an address; deleted after 30 days."""

import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from yige.report_centre.models import SheetFile

FOLDER = "sheets"
KEPT_DAYS = 30
ORPHAN_HOURS = 24


def file_path(stored_name) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / stored_name


@contextmanager
def new_file(form) -> Iterator[tuple[Path, str]]:
    """Give a place to write to; the file stands under its name once it is whole."""
    name = f"{secrets.token_hex(24)}.{form}"
    draft = file_path(f"{name}.new")
    draft.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640))
    try:
        yield draft, name
        draft.rename(file_path(name))
    finally:
        draft.unlink(missing_ok=True)


def digest(stored_name) -> str:
    with file_path(stored_name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(stored_name) -> None:
    if stored_name:
        file_path(stored_name).unlink(missing_ok=True)


def forget_files(at) -> Counter:
    """Delete files made 30 days ago, and those that no row knows; the line about each stays."""
    old = SheetFile.objects.filter(ended_at__lt=at - timedelta(days=KEPT_DAYS)).exclude(stored_name="")
    names = dict(old.values_list("pk", "stored_name"))
    for name in names.values():
        remove(name)
    SheetFile.objects.filter(pk__in=names).update(stored_name="")
    return Counter(sheet_files=len(names), orphan_sheet_files=drop_orphans(at))


def drop_orphans(at) -> int:
    folder, limit = file_path("x").parent, (at - timedelta(hours=ORPHAN_HOURS)).timestamp()
    old = [path for path in folder.iterdir() if path.stat().st_mtime < limit] if folder.is_dir() else []
    known = set(SheetFile.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    orphans = [path for path in old if path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
