"""The file of a roster while it is needed: sealed on the disk under a secret name, opened by the job alone."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from yige.lib.crypto import open_sealed, seal

FOLDER = "rosters"


def path_of(stored_name) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / stored_name


def store(run, blob) -> None:
    """Write the sealed file and name it in the run; the name tells nothing and cannot be guessed."""
    run.stored_name = f"{secrets.token_hex(24)}.sealed"
    path_of(run.stored_name).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    write_file(run, blob)


def write_file(run, blob) -> None:
    """Seal the file under the current key and put it in its place at once, over what stood there."""
    path = path_of(run.stored_name)
    draft = path.with_suffix(f".{secrets.token_hex(4)}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        file.write(seal(base64.b64encode(blob).decode(), where=where(run)))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def head(run) -> bytes:
    """Return how the sealed file begins, which names its key; nothing when it was deleted."""
    try:
        with open(path_of(run.stored_name), "rb") as file:
            return file.read(40)
    except FileNotFoundError:
        return b""


def read_file(run) -> bytes:
    """Return the bytes of the file as it was sent; raises FileNotFoundError when it was deleted."""
    if not run.stored_name:
        raise FileNotFoundError
    return base64.b64decode(open_sealed(path_of(run.stored_name).read_bytes(), where=where(run)))


def remove(stored_name) -> None:
    if stored_name:
        path_of(stored_name).unlink(missing_ok=True)


def digest(blob) -> str:
    return hashlib.sha256(blob).hexdigest()


def where(run) -> str:
    return f"archive_rosterrun.file:{run.pk}"
