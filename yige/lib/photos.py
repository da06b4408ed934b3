"""Photos from strangers: size, magic bytes, then a child process decodes and paints them anew."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 12 * 1024 * 1024
SECONDS = 20  # on a clock; of the processor a photo gets eight (photo_child.py)
_CHILD = str(Path(__file__).with_name("photo_child.py"))
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_SENTENCES = {
    "large": "这张照片的像素太多，请调小后再传（最多 4000 万像素，WebP 格式最多 1800 万）。",
    "animated": "这是一张动图，请换一张普通照片。",
    "slow": "这张照片处理起来太久，没有收下。请过一会儿再传，或者把照片调小。",
    "unreadable": "这张照片打不开，可能没有传完整，请换一张。",
}


class NotAPhoto(ValueError):
    """The bytes are no photo we take; the text is a sentence fit for the page."""


class CleanPhoto(NamedTuple):
    """A photo painted anew, as JPEG without any metadata."""

    jpeg: bytes
    thumb: bytes
    width: int
    height: int


def clean(blob: bytes) -> CleanPhoto:
    """Turn what a stranger sent into a photo (at most 2048 px) and a thumbnail (at most 400 px)."""
    if not blob:
        raise NotAPhoto("这个文件是空的，请重新选择照片。")
    if len(blob) > MOST_BYTES:
        raise NotAPhoto(f"照片太大，每张不能超过 {MOST_BYTES // 1024 // 1024} MB。")
    kind = _kind(blob)
    if kind is None:
        raise NotAPhoto("这个文件不是照片，请上传 JPG、PNG、WebP 或 HEIC 格式的照片。")
    return _read(_decoded(blob, kind))


def _kind(blob: bytes) -> str | None:
    """Tell the format by the first bytes; names and declared types of files mean nothing."""
    if blob[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if blob[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if blob[:4] == b"RIFF" and blob[8:12] == b"WEBP":
        return "WEBP"
    return "HEIF" if blob[4:8] == b"ftyp" and blob[8:12] in _HEIC_BRANDS else None


def _decoded(blob: bytes, kind: str) -> bytes:
    command = [sys.executable, "-I", "-B", _CHILD, kind]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=blob, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=True
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPhoto(_SENTENCES["slow"]) from error
    except subprocess.CalledProcessError as error:
        raise NotAPhoto(_SENTENCES["unreadable"]) from error
    return done.stdout


def _read(answer: bytes) -> CleanPhoto:
    head, _, body = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise NotAPhoto(_SENTENCES[said["refused"]])
    first, second = said["lengths"]
    if len(body) != first + second:
        raise NotAPhoto(_SENTENCES["unreadable"])
    return CleanPhoto(body[:first], body[first:], *said["size"])
