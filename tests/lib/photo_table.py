"""Photos and what pretends to be one, each built here, with what must become of it."""

import io
import random
import struct
import zipfile
import zlib

import pillow_heif
from PIL import ExifTags, Image, PngImagePlugin

from yige.lib.photos import MOST_BYTES

CANARY = b"CANARY-9f41c7"
PHP = b"<?php system($_GET['c']); /* " + CANARY + b" */ ?>"
RED, GREEN, BLUE, WHITE = (200, 20, 20), (20, 160, 20), (20, 20, 200), (240, 240, 240)
# How an upright picture is stored under each EXIF orientation.
STORED = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}

pillow_heif.register_heif_opener()


def picture(size=(64, 48), mode="RGB"):
    """Four quadrants, so that turning is seen: red, green above blue, white."""
    image = Image.new("RGB", size, WHITE)
    half = size[0] // 2, size[1] // 2
    for colour, corner in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, (0, half[1]))):
        image.paste(Image.new("RGB", half, colour), corner)
    return image.convert(mode)


def written(image, kind="JPEG", **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


JPEG = written(picture())
PNG = written(picture(), "PNG")


def segment(marker, body, jpeg=JPEG):
    """The JPEG with one more segment at its beginning."""
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(kind, body):
    return PNG[:33] + chunk(kind, body) + PNG[33:]


def png_bomb(side):
    """A square of one-bit pixels: few bytes, many pixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 + 2)) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return PNG[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_claiming(width, height):
    start = JPEG.index(b"\xff\xc0")
    return JPEG[: start + 5] + struct.pack(">HH", height, width) + JPEG[start + 9 :]


def exif(**fields):
    told = Image.Exif()
    for name, value in fields.items():
        told[ExifTags.Base[name]] = value
    return told


def gps():
    told = exif(Make="Phone", Model=CANARY.decode())
    told[ExifTags.IFD.GPSInfo] = {
        1: "N",
        2: (34.0, 48.0, 22.7),
        3: "E",
        4: (113.0, 17.0, 29.1),
        29: CANARY.decode(),
    }
    return told


def turned(orientation):
    stored = STORED[orientation]
    image = picture() if stored is None else picture().transpose(stored)
    return written(image, exif=exif(Orientation=orientation))


def frames(kind, count):
    made = [Image.new("RGB", (8, 8), (n % 256, n // 256, 0)) for n in range(count)]
    return written(made[0], kind, save_all=True, append_images=made[1:], duration=20)


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", CANARY)
    return out.getvalue()


def png_text():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", PHP.decode())
    told.add_itxt("XML:com.adobe.xmp", PHP.decode(), zip=True)
    return told


def noise(size):
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


# fmt: off
PHOTOS = {
    # what is taken
    "plain jpeg": JPEG,
    "plain png": PNG,
    "webp": written(picture(), "WEBP"),
    "webp lossless with alpha": written(picture(mode="RGBA"), "WEBP", lossless=True),
    "heic": written(picture((128, 96)), "HEIF"),
    "progressive jpeg": written(picture(), progressive=True),
    "one pixel": written(Image.new("RGB", (1, 1), RED), "PNG"),
    "one pixel high": written(Image.new("RGB", (3000, 1), RED), "PNG"),
    "cmyk jpeg": written(picture(mode="CMYK")),
    "grey jpeg": written(picture(mode="L")),
    "grey with alpha": written(picture(mode="LA"), "PNG"),
    "rgb with alpha": written(picture(mode="RGBA"), "PNG"),
    "palette": written(picture(mode="P"), "PNG"),
    "palette with transparency": written(picture(mode="P"), "PNG", transparency=0),
    "one bit": written(picture(mode="1"), "PNG"),
    "sixteen bit grey": written(Image.new("I;16", (64, 48), 40_000), "PNG"),
    "large photo": written(noise((300, 225)).resize((4000, 3000))),
    "forty megapixels": written(Image.new("RGB", (7200, 5500), RED), "PNG"),
    "large palette": written(Image.new("P", (6000, 6000), 3), "PNG"),
    "second picture behind (mpo)": written(picture(), "MPO", save_all=True, append_images=[picture()]),
    **{f"orientation {n}": turned(n) for n in STORED},
    "orientation nonsense": written(picture(), exif=exif(Orientation=77)),
    "gps in exif": written(picture(), exif=gps()),
    "gps in heic": written(picture((128, 96)), "HEIF", exif=gps()),
    "gps in webp": written(picture(), "WEBP", exif=gps()),
    "malformed exif": segment(0xE1, b"Exif\0\0MM\0*" + b"\xff" * 60),
    "exif that is no tiff": segment(0xE1, b"Exif\0\0" + PHP),
    "exif offset loop": segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"),
    "php in comment": written(picture(), comment=PHP),
    "php in exif": written(picture(), exif=exif(ImageDescription=PHP.decode())),
    "php in icc": written(picture(), icc_profile=PHP * 8),
    "php in xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PHP),
    "php in iptc": segment(0xED, b"Photoshop 3.0\0" + PHP),
    "php in unknown segment": segment(0xEB, PHP),
    "php in png text": written(picture(), "PNG", pnginfo=png_text()),
    "php in png icc": written(picture(), "PNG", icc_profile=PHP * 8),
    "php in private chunk": png_with(b"phPx", PHP),
    "php in webp xmp": written(picture(), "WEBP", xmp=PHP),
    "jpeg and zip": JPEG + zipped(),
    "jpeg and html": JPEG + b"<html><script>alert('" + CANARY + b"')</script></html>",
    "jpeg and jar (gifar)": JPEG + zipped() + CANARY,
    "png and php": PNG + PHP,
    # what is refused
}
REFUSED = {
    "nothing": b"",
    "fifty megabytes": JPEG + bytes(50 * 1024 * 1024),
    "one byte too many": JPEG + bytes(MOST_BYTES - len(JPEG) + 1),
    "169 megapixels": png_bomb(13_000),
    "900 megapixels": png_bomb(30_000),
    "jpeg claiming 65,000 squared": jpeg_claiming(65_000, 65_000),
    "webp above its limit": written(Image.new("RGB", (4400, 4400), RED), "WEBP"),
    "compressed text bomb": png_with(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)),
    "colour profile bomb": png_with(b"iCCP", b"icc\0\0" + zlib.compress(bytes(80_000_000), 9)),
    "gif of 2,000 frames": frames("GIF", 2000),
    "png of 2,000 frames": frames("PNG", 2000),
    "webp of 20 frames": frames("WEBP", 20),
    "plain gif": written(picture(), "GIF"),
    "cut in the head": JPEG[:100],
    "cut in the middle": written(noise((300, 225)))[:20_000],
    "cut png": written(noise((300, 225)), "PNG")[:20_000],
    "cut heic": written(picture((128, 96)), "HEIF")[:300],
    "only magic bytes": b"\xff\xd8\xff",
    "magic bytes, then noise": b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(5000),
    "tiff": written(picture(), "TIFF"),
    "bmp": written(picture(), "BMP"),
    "ico": written(picture(), "ICO"),
    "avif": b"\0\0\0\x20ftypavif\0\0\0\0avifmif1" + bytes(200),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "zip": zipped(),
    "php": PHP,
    "executable": b"MZ\x90\0" + bytes(500),
    "eicar": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "riff that is sound": b"RIFF\x24\0\0\0WAVEfmt ",
    "movie": b"\0\0\0\x20ftypisom" + bytes(500),
    "words": "这不是照片".encode(),
    "zero bytes": bytes(5000),
}
# fmt: on
