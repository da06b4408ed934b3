"""The texts the project ships: reports as neighbours type them, and what is said in the life of a case."""

import re
import tomllib
from functools import cache
from pathlib import Path

from yige.demo import subdistrict

HERE = Path(__file__).parent
BRACES = re.compile(r"\{(estate|building|unit|road)\}")
CHINESE_NUMERALS = "一二三四五六七八九"


@cache
def reports():
    """Category code → texts, as written."""
    found = {}
    for file in sorted((HERE / "reports").glob("*.toml")):
        for code, texts in _read(file).items():
            found.setdefault(code, []).extend(texts)
    return found


@cache
def sayings():
    """What is said at a moment of a case: kind → texts."""
    return _read(HERE / "life" / "sayings.toml")


@cache
def handling():
    """What handlers write: category code → verify, progress, finish, reply → texts."""
    return _read(HERE / "life" / "handling.toml")


@cache
def visits():
    """What is said at the door, promised and answered: kind → texts; `to_case` and `found` by category."""
    return _read(HERE / "contact" / "visits.toml")


def in_place(text, building, random):
    """Fill the places of a text in with one building's estate, number, a unit door and a road."""
    unit = CHINESE_NUMERALS[random.randrange(building.units)]
    words = {
        "estate": building.estate,
        "building": f"{building.number}号楼",
        "unit": f"{building.number}号楼{unit}单元",
        "road": subdistrict.road(building.path),
    }
    return BRACES.sub(lambda found: words[found[1]], text)


def _read(file):
    return tomllib.loads(file.read_text(encoding="utf-8"))
