"""Tiles of the base map (天地图), fetched by the server once and kept: the key never reaches a browser.

On only where YIGE_TIANDITU_KEY is set. What is asked for is a layer of a closed list and three whole numbers, so nobody can
turn this into a way to other servers: fixed hosts, no redirect, five seconds, a small picture and nothing else. When
the other side does not answer, nobody waits for it again for a minute: a page must never hang on a map's ground.
"""

import http.client
import os
import ssl
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

LAYERS = ("vec", "cva", "img", "cia")
DEEPEST = 18
SECONDS = 5.0
MOST_BYTES = 512 * 1024
KEPT_SECONDS = 30 * 24 * 3600
MISSING_SECONDS = 10 * 60
SILENT_SECONDS = 60
LIMIT = 512 * 1024 * 1024
SWEEP_EVERY = 500
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
QUERY = (
    "/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w"
    "&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
)
_written = {"count": 0}


class Silent(Exception):
    """The other side did not answer in time, or answered something that is no tile."""


def is_tile(layer, z, x, y):
    return layer in LAYERS and 1 <= z <= DEEPEST and x < 2**z and y < 2**z


def tile(layer, z, x, y):
    """Return the bytes of a tile, kept or fetched now; None when there is none."""
    path = folder() / layer / str(z) / str(x) / str(y)
    found = stored_tile(path)
    if found is not None:
        return found or None
    if age(folder() / "silent") < SILENT_SECONDS:
        return None
    try:
        blob = fetch(layer, z, x, y)
    except (OSError, http.client.HTTPException, Silent):
        store(folder() / "silent", b"")
        return None
    store(path, blob)
    return blob or None


def kind_of(blob):
    """Return the content type that the first bytes tell, or None when this is no picture."""
    return next((kind for magic, kind in KINDS.items() if blob.startswith(magic)), None)


def folder():
    return Path(settings.VAR) / "tiles"


def age(path):
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def stored_tile(path):
    """Return what is kept and still good: the bytes, or b"" for a tile that is not there; None when it has to be fetched."""
    try:
        old, blob = age(path), path.read_bytes()
    except FileNotFoundError:
        return None
    return blob if old < (KEPT_SECONDS if blob else MISSING_SECONDS) else None


def store(path, blob):
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    fresh.write_bytes(blob)
    fresh.replace(path)
    if _written["count"] % SWEEP_EVERY == 0:
        sweep()
    _written["count"] += 1


def sweep():
    """Remove what is older than it may be, then the oldest until the folder is small enough again."""
    files = sorted(
        (one.stat().st_mtime, one.stat().st_size, one) for one in folder().rglob("*") if one.is_file()
    )
    total = sum(size for _, size, _ in files)
    for written, size, path in files:
        if total <= LIMIT * 0.8 and time.time() - written < KEPT_SECONDS:
            return
        path.unlink(missing_ok=True)
        total -= size


def fetch(layer, z, x, y):
    """Ask one of the fixed hosts; return the picture, b"" when it says that there is none."""
    bases = settings.YIGE_TIANDITU_HOSTS
    base = urlsplit(bases[(x + y) % len(bases)])
    until = time.monotonic() + SECONDS
    connection = connect(base)
    try:
        query = QUERY.format(layer=layer, z=z, x=x, y=y, key=settings.YIGE_TIANDITU_KEY)
        connection.request("GET", query, headers={"User-Agent": "yige", "Accept": "image/*"})
        answer = connection.getresponse()
        if answer.status == 404:
            return b""
        if answer.status != 200:
            raise Silent(answer.status)
        return picture(read_answer(answer, until))
    finally:
        connection.close()


def connect(base):
    if base.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(base.hostname, base.port, timeout=SECONDS, context=context)
    return http.client.HTTPConnection(base.hostname, base.port, timeout=SECONDS)


def read_answer(answer, until):
    """Read the answer in pieces, so that neither its size nor its slowness is up to the other side."""
    pieces, size = [], 0
    while piece := answer.read1(64 * 1024):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > until:
            raise Silent(size)
        pieces.append(piece)
    return b"".join(pieces)


def picture(blob):
    if kind_of(blob) is None:
        raise Silent(blob[:20])
    return blob
