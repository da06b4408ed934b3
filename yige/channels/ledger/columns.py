"""Which column of a ledger says what, as a TOML file tells; every fault of that file is a sentence."""

import tomllib
from typing import NamedTuple

from yige.cases.words import Channel
from yige.lib.sheets import normal_heading

KNOWN = (
    "number", "words", "reported_at", "place", "category", "grid", "lon", "lat", "channel", "name", "phone", "status",
)  # fmt: skip
NEEDED = ("number", "words")
SECTIONS = {"source", "columns", "otherwise", "skip", "words"}


class BadMapping(ValueError):
    """The mapping cannot be used; the text is a sentence."""


class Mapping(NamedTuple):
    source: str
    columns: dict
    otherwise: dict
    skip: frozenset
    words: dict

    @property
    def headings(self):
        return [heading for headings in self.columns.values() for heading in headings]

    def said(self, cells, name, joined="\n"):
        """What a row says under this name, empty columns left out."""
        parts = [cells.get(heading, "") for heading in self.columns.get(name, ())]
        return joined.join(part for part in parts if part)

    def meant(self, cells, name):
        """The ledger's word in ours: as listed, else as it stands; what stands otherwise when it is empty."""
        word = self.said(cells, name, " ")
        return self.words.get(name, {}).get(word, word) or self.otherwise.get(name, "")


def read_mapping(text):
    """Read the mapping file."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"列对照文件写得不对，读到这里停下了：{error}") from error
    _check(found)
    columns = {name: _headings(value) for name, value in found["columns"].items()}
    return Mapping(
        source=found["source"].strip(),
        columns=columns,
        otherwise=found.get("otherwise", {}),
        skip=frozenset(found.get("skip", {}).get("status", ())),
        words=found.get("words", {}),
    )


def _check(found):
    if unknown := set(found) - SECTIONS:
        raise BadMapping(f"列对照文件里不认识这些部分：{'、'.join(sorted(unknown))}。")
    if not isinstance(found.get("source"), str) or not found["source"].strip():
        raise BadMapping("请在列对照文件里写 source，给这份台账起个名字。")
    columns = found.get("columns", {})
    if missing := [name for name in NEEDED if name not in columns]:
        raise BadMapping(f"[columns] 里缺少：{'、'.join(missing)}。")
    if unknown := [name for name in columns if name not in KNOWN]:
        raise BadMapping(f"[columns] 里不认识：{'、'.join(unknown)}。可用的有：{'、'.join(KNOWN)}。")
    if (channel := found.get("otherwise", {}).get("channel", "ledger")) not in Channel.values:
        raise BadMapping(f"[otherwise] 里的来源“{channel}”不在列表里。")


def _headings(value):
    return tuple(normal_heading(each) for each in ([value] if isinstance(value, str) else value))
