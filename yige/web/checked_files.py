"""A file between its check and its import: kept for half an hour, for whoever sent it, so that what was checked is what
is taken in."""

import hashlib
import secrets
import zlib
from typing import NamedTuple

from django.core.cache import caches

CHECKED_FILE_SECONDS = 1800
GONE = "这份文件已经导入过，或者检查结果过了半小时。请重新选文件检查。"


class CheckedFile(NamedTuple):
    """`choice` is what was chosen beside the file, such as how it was to be read."""

    blob: bytes
    choice: str


def keep_checked_file(user, kind, blob, choice=""):
    """Keep a checked file; return its handle."""
    handle = secrets.token_urlsafe(18)
    caches["checked_files"].set(
        cache_key(user, kind, handle), (zlib.compress(blob), choice), CHECKED_FILE_SECONDS
    )
    return handle


def take_checked_file(user, kind, handle):
    """Return the checked file of a handle, once; None when it is gone or somebody else's."""
    key = cache_key(user, kind, handle)
    found = caches["checked_files"].get(key)
    if found is None or not caches["checked_files"].delete(key):
        return None
    packed, choice = found
    return CheckedFile(zlib.decompress(packed), choice)


def cache_key(user, kind, handle):
    return f"{kind}:{user.pk.hex}:{hashlib.sha256(handle.encode()).hexdigest()}"
