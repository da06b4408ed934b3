"""Decodes one photo from standard input in a process of its own, under limits; run by `photos`.

Runs as a plain file in an isolated interpreter, so it imports nothing of ours. Writes one JSON line,
then the picture and its thumbnail. Every pixel is painted on a fresh canvas: no metadata can survive.
"""

import ctypes
import io
import json
import os
import signal
import sys
import warnings

PR_SET_PDEATHSIG = 1
POLITENESS = 5  # whoever reads or writes a page has the processor before a photo
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 8
MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 40_000_000, "HEIF": 40_000_000, "WEBP": 18_000_000}
STRIP = 256
LARGEST, THUMBNAIL = 2048, 400
QUALITY, THUMBNAIL_QUALITY = 82, 76
ORIENTATION = 0x0112
# What each EXIF orientation needs, as names of PIL.Image.Transpose.
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


class BadPhoto(Exception):
    """The word says why: animated, large, unreadable."""


def main() -> None:
    _stand_back()
    _limit()
    try:
        picture, thumbnail, size = repaint(sys.stdin.buffer.read(), sys.argv[1])
    except BadPhoto as why:
        _answer({"refused": str(why)})
    except Exception:  # whatever a decoder raises about a stranger's bytes, SyntaxError included
        _answer({"refused": "unreadable"})
    else:
        _answer({"size": size, "lengths": [len(picture), len(thumbnail)]}, picture, thumbnail)


def repaint(blob, kind) -> tuple:
    """Return the picture, its thumbnail and its size, all from pixels alone."""
    image = _opened(blob, kind)
    turn = TURNS.get(_orientation(image))
    canvas = _on_canvas(image)
    if turn:
        from PIL import Image

        canvas = canvas.transpose(Image.Transpose[turn])
    picture = _jpeg(canvas, QUALITY)
    size = canvas.size
    canvas.thumbnail((THUMBNAIL, THUMBNAIL))
    return picture, _jpeg(canvas, THUMBNAIL_QUALITY), size


def _opened(blob, kind):
    from PIL import Image

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS[kind]
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        image = Image.open(io.BytesIO(blob), formats=[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPhoto("large") from error
    if image.width * image.height > MOST_PIXELS[kind]:
        raise BadPhoto("large")
    # Many phones put a second picture (depth, gain map) behind a JPEG or HEIC: the first one counts.
    if kind in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise BadPhoto("animated")
    return image


def _orientation(image):
    try:
        return image.getexif().get(ORIENTATION)
    except Exception:  # malformed EXIF raises whatever it likes
        return None


def _on_canvas(image):
    """Paint the picture on white, strip by strip, so that a large one needs little more than itself."""
    from PIL import Image

    image.draft("RGB", (LARGEST, LARGEST))  # a JPEG is decoded at half, quarter or eighth size
    factor = max(1, max(image.size) // LARGEST)
    canvas = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)), "white")
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP * factor, image.height)))
        strip = _eight_bit(strip)
        strip = strip.reduce(factor) if factor > 1 else strip
        canvas.paste(strip, (0, top // factor), strip if strip.mode == "RGBA" else None)
    canvas.thumbnail((LARGEST, LARGEST))
    return canvas


def _eight_bit(strip):
    """Make the strip RGB, or RGBA when something shines through."""
    if strip.mode.startswith("I"):
        return strip.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if "A" in strip.getbands() or "a" in strip.getbands() or "transparency" in strip.info:
        return strip.convert("RGBA")
    return strip.convert("RGB")


def _jpeg(canvas, quality):
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _stand_back():
    """Let others go first, and end with the process that waits for the photo, even when it is killed (Linux only)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        os.nice(POLITENESS)
    except (OSError, AttributeError):
        return


def _limit():
    """Take away what decoding a photo never needs, before a single byte is read."""
    try:
        import resource
    except ImportError:  # not a Unix: the time-out of the parent remains
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def _answer(head, *parts):
    out = sys.stdout.buffer
    out.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()
    os._exit(0)  # no clean-up code runs on a heap that a decoder has had its hands on


if __name__ == "__main__":
    main()
