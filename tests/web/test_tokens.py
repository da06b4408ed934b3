import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "yige/web/static/web"
TOKENS = dict(
    re.findall(r"--yg-([a-z-]+): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text().split("[data-yg")[0])
)
PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "ink-faint", "accent")
        for ground in ("paper", "ground", "accent-soft")
    ),
    *((ink, "paper") for ink in ("green", "amber", "red", "party")),
    *(("on-accent", ground) for ground in ("accent", "accent-strong", "green", "red", "party")),
    ("green", "green-soft"),
    ("amber", "amber-soft"),
    ("red", "red-soft"),
    ("ink-soft", "sunken"),
    ("accent-strong", "accent-soft"),
]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


WALL = dict(
    re.findall(
        r"--yg-([a-z-]+): (#[0-9a-f]{6});",
        (STATIC / "tokens.css").read_text().split('[data-yg-surface="wall"]')[1],
    )
)
GROUNDS = ("paper", "ground", "accent-soft", "shade-none", "shade-few", "shade-some", "shade-most")


@pytest.mark.parametrize("ink", ["ink", "ink-soft", "amber", "red"])
def test_text_on_the_wall_is_readable_from_afar(ink):
    grounds = GROUNDS if ink == "ink" else ("paper", "ground")

    assert min(contrast(WALL[ink], WALL[ground]) for ground in grounds) >= 7


def test_notes_on_the_map_of_the_wall_are_readable():
    assert min(contrast(WALL["red"], WALL[ground]) for ground in GROUNDS[3:]) >= 4.5


@pytest.mark.parametrize("name", ["portal.css", "console.css", "strip.css", "parts.css", "charts.css"])
def test_colours_come_from_tokens(name):
    css = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.S)
    named = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", css)}

    assert named <= {"#ffffff", "#c9dde3", "#e9f2f4"}


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
