import re
import shutil
import subprocess

import pytest
import segno

from yige.grids import posters
from yige.grids.posters import Poster

ADDRESS = "https://yige.example.cn/g/7XK2M9QPA4TZ3WBD/"
DOOR = Poster(
    ADDRESS,
    title="第二网格",
    area="演示区 演示街道 · 演示社区",
    heads=[("网格长", "王小喆"), ("网格员", "欧阳明玥")],
    phone="0371-1234 5678",
    place="3号楼1单元门口",
)
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")


def tool(name, *arguments):
    return subprocess.run([name, *arguments], capture_output=True, check=True).stdout


def pages_in(pdf):
    return int(re.search(rb"/Type\s*/Pages.*?/Count\s+(\d+)|/Count\s+(\d+)", pdf, re.S).group(0).split()[-1])


@pytest.fixture(scope="module", params=["system", "own"])
def stored(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("posters") / "door.pdf"
    path.write_bytes(posters.pdf([DOOR], fonts=request.param))
    return path


def test_poster_is_one_page_with_its_fonts_inside(stored):
    pdf = stored.read_bytes()

    assert pdf.startswith(b"%PDF-")
    assert pages_in(pdf) == 1
    assert b"/FontFile" in pdf


@needs_poppler
def test_poster_says_what_it_must(stored):
    said = re.sub(r"\s", "", tool("pdftotext", "-layout", stored, "-").decode())

    for part in (*DOOR._replace(heads=()), *(word for head in DOOR.heads for word in head)):
        assert not part or re.sub(r"\s", "", part) in said
    for part in ("扫一扫", "拍照、说一句", "看进度、等答复", "110报警", "119火警", "120急救"):
        assert part in said


@needs_poppler
def test_every_glyph_is_there(stored):
    fonts = tool("pdffonts", stored).decode().splitlines()[2:]

    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def squares(pdf, tmp_path):
    """The code as it is printed, read from the page's pixels."""
    from PIL import Image

    tool("pdftoppm", "-r", "150", "-gray", "-singlefile", "-png", pdf, tmp_path / "page")
    page = Image.open(tmp_path / "page.png").convert("L").point(lambda value: 255 * (value < 60))
    wide, high = page.size
    return page.crop((wide // 6, int(high * 0.21), wide * 5 // 6, int(high * 0.615)))


@needs_poppler
def test_the_printed_code_is_that_of_the_address(stored, tmp_path):
    image = squares(stored, tmp_path)
    left, top, right, bottom = image.getbbox()
    matrix = segno.make(ADDRESS, error="q", boost_error=False, micro=False).matrix
    one = (right - left) / len(matrix)

    printed = [
        [
            image.getpixel((int(left + (x + 0.5) * one), int(top + (y + 0.5) * one))) > 0
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]

    assert abs((right - left) - (bottom - top)) <= 2
    assert printed == [[bool(module) for module in row] for row in matrix]
    assert (right - left) / 150 * 25.4 > 80  # millimetres: to be read from two steps away


def test_a_community_is_one_file():
    assert pages_in(posters.pdf([DOOR._replace(title=f"第{n}网格") for n in range(33)], fonts="own")) == 33


@needs_poppler
@pytest.mark.parametrize(
    "hostile",
    [
        "#set page(fill: red)",
        "$1+1$ *x* _y_ `z`",
        '"); panic("',
        "\\ \\u{0}",
        "=HYPERLINK",
        "<a>@b",
        "\x00\x1b\ud83d",
    ],
)
def test_what_people_write_stays_text(hostile, tmp_path):
    path = tmp_path / "door.pdf"

    path.write_bytes(posters.pdf([DOOR._replace(title=f"甲{hostile}乙", place=hostile)], fonts="own"))

    said = re.sub(r"\s", "", tool("pdftotext", "-layout", path, "-").decode())
    assert re.sub(r"[\s\x00\x1b\ud83d]", "", f"甲{hostile}乙") in said


@pytest.mark.parametrize(
    "odd",
    [
        DOOR._replace(title="长" * 60, area="很长" * 40, phone="12345678901234567890", place="远" * 60),
        DOOR._replace(heads=[("网格长", "阿卜杜热依木·买买提")] * 3),
        DOOR._replace(heads=[], phone="", place="", area=""),
        DOOR._replace(title="", heads=[("", "")]),
        DOOR._replace(address="https://yige.example.cn/g/" + "X" * 150),
    ],
)
def test_odd_posters_keep_to_one_page(odd):
    assert pages_in(posters.pdf([odd], fonts="own")) == 1


def test_no_poster_is_no_file():
    with pytest.raises(ValueError, match="1 to"):
        posters.pdf([])
