import io
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.lib import photo_table as table
from yige.lib import photos

PAINTED = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9, 0xDD}  # SOI JFIF DQT SOF DHT SOS EOI DRI


def segments(jpeg):
    """The markers of a JPEG up to its pixels, with what stands in the first APP0."""
    place, found = 2, [0xD8]
    while found[-1] != 0xDA:
        found.append(jpeg[place + 1])
        if found[-1] == 0xE0:
            assert jpeg[place + 4 : place + 9] == b"JFIF\0"
            assert struct.unpack(">H", jpeg[place + 2 : place + 4]) == (16,)
        place += 2 + struct.unpack(">H", jpeg[place + 2 : place + 4])[0]
    return set(found)


def test_the_table_is_long_enough():
    assert len(table.PHOTOS) + len(table.REFUSED) >= 80


@pytest.mark.parametrize("name", table.PHOTOS)
def test_photo_is_painted_anew(name):
    started = time.monotonic()

    cleaned = photos.clean(table.PHOTOS[name])

    assert time.monotonic() - started < photos.SECONDS
    for jpeg, longest in ((cleaned.jpeg, 2048), (cleaned.thumb, 400)):
        image = Image.open(io.BytesIO(jpeg))
        assert (image.format, image.mode, max(image.size) <= longest) == ("JPEG", "RGB", True)
        assert not image.getexif()
        assert segments(jpeg) <= PAINTED
        assert jpeg.endswith(b"\xff\xd9")
        assert not [
            word for word in (table.CANARY, b"<?php", b"Exif", b"ICC_PROFILE", b"PK\x03\x04") if word in jpeg
        ]
    assert Image.open(io.BytesIO(cleaned.jpeg)).size == (cleaned.width, cleaned.height)


@pytest.mark.parametrize("name", table.REFUSED)
def test_what_is_no_photo_is_refused_in_words(name):
    with pytest.raises(photos.NotAPhoto, match=r"[一-龥]{4}.*。$"):
        photos.clean(table.REFUSED[name])


@pytest.mark.parametrize("orientation", table.STORED)
def test_photo_stands_upright(orientation):
    image = Image.open(io.BytesIO(photos.clean(table.turned(orientation)).jpeg))

    assert image.size == (64, 48)
    corners = [image.getpixel(point) for point in ((8, 8), (56, 8), (8, 40), (56, 40))]
    assert [
        near(*pair) for pair in zip(corners, (table.RED, table.GREEN, table.BLUE, table.WHITE), strict=True)
    ] == [True] * 4


@pytest.mark.parametrize(
    "name", ["webp", "heic", "cmyk jpeg", "rgb with alpha", "palette", "second picture behind (mpo)"]
)
def test_colours_stay(name):
    image = Image.open(io.BytesIO(photos.clean(table.PHOTOS[name]).jpeg))

    assert near(image.getpixel((image.width // 8, image.height // 8)), table.RED)


def test_sixteen_bits_keep_their_brightness():
    image = Image.open(io.BytesIO(photos.clean(table.PHOTOS["sixteen bit grey"]).jpeg))

    assert near(image.getpixel((5, 5)), (156, 156, 156))


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (64, 48), (0, 0, 0, 0))

    image = Image.open(io.BytesIO(photos.clean(table.written(clear, "PNG")).jpeg))

    assert near(image.getpixel((5, 5)), (255, 255, 255))


def test_a_large_photo_keeps_its_shape_and_strips_leave_no_seam():
    wide = table.picture((6000, 4000))

    cleaned = photos.clean(table.written(wide, "PNG"))

    image = Image.open(io.BytesIO(cleaned.jpeg))
    assert (cleaned.width, cleaned.height) == (2048, 1365)
    column = {image.getpixel((100, y)) for y in range(10, 660)}
    assert all(near(pixel, table.RED) for pixel in column)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="Unix only")
@pytest.mark.parametrize("name", ["forty megapixels", "large palette", "large photo", "webp"])
def test_the_child_needs_little_memory(name, tmp_path):
    stored = tmp_path / "photo"
    stored.write_bytes(table.PHOTOS[name])
    # The measuring process is small, so that its own size is not counted as the child's.
    measure = (
        "import os,sys\n"
        "with open(sys.argv[1],'rb') as photo, open(os.devnull,'wb') as nowhere:\n"
        "    pid = os.posix_spawn(sys.executable,[sys.executable,'-I',*sys.argv[2:]],{},file_actions="
        "[(os.POSIX_SPAWN_DUP2,photo.fileno(),0),(os.POSIX_SPAWN_DUP2,nowhere.fileno(),1)])\n"
        "print(os.wait4(pid,0)[2].ru_maxrss)\n"
    )
    kind = photos._kind(table.PHOTOS[name])

    said = subprocess.run(
        [sys.executable, "-c", measure, stored, photos._CHILD, kind],
        capture_output=True,
        check=True,
        text=True,
    )

    assert 10_000 < int(said.stdout) < 300_000  # kilobytes


def test_a_decoder_that_hangs_is_ended(monkeypatch, tmp_path):
    hangs = tmp_path / "hangs.py"
    hangs.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(photos, "_CHILD", str(hangs))
    monkeypatch.setattr(photos, "SECONDS", 0.5)

    with pytest.raises(photos.NotAPhoto):
        photos.clean(table.JPEG)


def test_a_decoder_that_dies_is_a_refusal(monkeypatch, tmp_path):
    dies = tmp_path / "dies.py"
    dies.write_text("import os\nos.kill(os.getpid(), 11)")
    monkeypatch.setattr(photos, "_CHILD", str(dies))

    with pytest.raises(photos.NotAPhoto):
        photos.clean(table.JPEG)


def test_saving_again_with_pillow_alone_would_leak():
    again = table.written(Image.open(io.BytesIO(table.PHOTOS["php in comment"])).convert("RGB"))

    assert table.CANARY in again


def test_the_web_process_does_not_load_a_decoder():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, yige.lib.photos; print('PIL' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "False"


def near(pixel, colour):
    return all(abs(one - other) <= 24 for one, other in zip(pixel, colour, strict=True))


def test_child_ends_with_the_process_that_waits_for_it():
    """Killed outright, a web process leaves no decoder behind."""
    program = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-I', {photos._CHILD!r}, 'JPEG'], stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    wait_until(lambda: os.getpriority(os.PRIO_PROCESS, child) > os.getpriority(os.PRIO_PROCESS, 0))

    # The other end of its standard input stays open in us, so that only the kernel can end it.
    held = os.open(f"/proc/{child}/fd/0", os.O_RDWR)
    parent.kill()
    parent.communicate()

    wait_until(lambda: gone(child))
    os.close(held)


def gone(pid):
    record = Path(f"/proc/{pid}/stat")
    return not record.exists() or " Z " in record.read_text()


def wait_until(true):
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
