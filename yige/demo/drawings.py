"""Simple drawings in the place of photos, so that a demo shows pictures without picturing anybody."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from yige.cases import photos
from yige.lib.photos import CleanPhoto

SIZE = (960, 720)
SKY, GROUND, LINE, DARK = "#dce8ee", "#c9c4b8", "#5b6770", "#39434b"
BEFORE, AFTER = "#b5523b", "#3f8f6b"


def keep_drawing(group, kind, at):
    """Keep one drawing of this class as a photo of a draft; `kind` is report or evidence."""
    return photos.keep_photo(photos.start_draft(at=at), _cleaned(group, kind), at=at, kind=kind)


@cache
def _cleaned(group, kind):
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 470, *SIZE), fill=GROUND)
    for left, height in ((40, 300), (260, 360), (700, 330)):
        _house(draw, left, height)
    SCENES.get(group, _sign)(draw, AFTER if kind == "evidence" else BEFORE, kind == "evidence")
    small = image.copy()
    small.thumbnail((400, 400))
    return CleanPhoto(_jpeg(image), _jpeg(small), *SIZE)


def _jpeg(image):
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


def _house(draw, left, height):
    draw.rectangle((left, 470 - height, left + 190, 470), fill="#eef1f0", outline=LINE, width=3)
    for row in range(height // 70):
        for column in range(3):
            x, y = left + 22 + column * 56, 490 - height + row * 66
            draw.rectangle((x, y, x + 34, y + 38), fill="#9fb7c4", outline=LINE)


def _bin(draw, colour, done):
    draw.rectangle((520, 430, 640, 600), fill="#4f7d5a", outline=DARK, width=4)
    if not done:
        for x, y in ((500, 400), (560, 385), (610, 405), (470, 590), (660, 600), (430, 620)):
            draw.ellipse((x, y, x + 60, y + 46), fill=colour, outline=DARK, width=3)


def _lamp(draw, colour, done):
    draw.rectangle((570, 170, 584, 600), fill=DARK)
    draw.ellipse((540, 120, 614, 180), fill="#ffe08a" if done else "#8d9499", outline=colour, width=5)


def _roof(draw, colour, done):
    draw.polygon(((470, 300), (590, 210), (710, 300)), fill="#a9745e", outline=DARK)
    for x in range(500, 690, 34) if not done else ():
        draw.line((x, 310, x - 8, 400), fill="#4b86ab", width=7)
    draw.rectangle((480, 302, 700, 312), fill=colour)


def _lane(draw, colour, done):
    draw.polygon(((430, 720), (540, 480), (640, 480), (800, 720)), fill="#8f9598")
    for step in range(4):
        draw.line((600 - step * 6, 500 + step * 60, 606 - step * 6, 530 + step * 60), fill="#f2d14c", width=9)
    if not done:
        draw.rounded_rectangle((480, 560, 720, 660), 26, fill=colour, outline=DARK, width=4)


def _stall(draw, colour, done):
    if done:
        return _sign(draw, colour, done)
    draw.polygon(((460, 430), (720, 430), (750, 480), (430, 480)), fill=colour, outline=DARK)
    draw.rectangle((470, 480, 712, 600), fill="#e7d9bd", outline=DARK, width=4)
    return None


def _pipe(draw, colour, done):
    draw.rectangle((430, 560, 800, 600), fill="#7d8f99", outline=DARK, width=4)
    for x, top in ((560, 440), (590, 400), (620, 450)) if not done else ():
        draw.line((600, 562, x, top), fill="#3f87b5", width=10)
    draw.rectangle((585, 550, 625, 610), fill=colour, outline=DARK, width=3)


def _sign(draw, colour, done):
    draw.rectangle((590, 380, 604, 620), fill=DARK)
    draw.rounded_rectangle((500, 300, 694, 400), 14, fill=colour, outline=DARK, width=4)
    if done:
        draw.line((550, 350, 585, 380, 650, 322), fill="#ffffff", width=12)


SCENES = {
    "sanitation": _bin, "facilities": _lamp, "property": _roof, "safety": _lane, "order": _stall, "utilities": _pipe,
}  # fmt: skip
