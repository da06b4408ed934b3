"""Codes and paths of grids: one writes the other, and each says its level."""

import re
from typing import NamedTuple

# 410106003 · 410106003004 · 410106003004-02 · 410106003004-02-03
_CODE = re.compile(r"(\d{9})(?:(\d{3})(?:-(\d{2})(?:-(\d{2}))?)?)?", re.ASCII)
_NATIONAL = re.compile(r"\d{9}|\d{12}|\d{15}", re.ASCII)
EXCLUSIVE_FROM = 90


class Code(NamedTuple):
    """The parts of a governance code, from the subdistrict down."""

    text: str
    parts: tuple[str, ...]

    @property
    def level(self) -> int:
        return len(self.parts)

    @property
    def path(self) -> str:
        return f"/{'/'.join(self.parts)}/"

    @property
    def parent(self) -> str:
        """The code one level up, empty for a subdistrict."""
        return write_code(self.parts[:-1])

    @property
    def exclusive(self) -> bool:
        """Grid numbers 90 to 99 are a mall, a campus, a hospital or a market by itself."""
        return self.level > 2 and int(self.parts[2]) >= EXCLUSIVE_FROM


def read_code(text: str) -> Code | None:
    """Read a governance code; None when it is none."""
    found = _CODE.fullmatch(text.strip())
    return Code(text.strip(), tuple(part for part in found.groups() if part)) if found else None


def write_code(parts: tuple[str, ...]) -> str:
    """Join the parts of a code: the community belongs to the digits, the rest follows a hyphen."""
    return "-".join(("".join(parts[:2]), *parts[2:])) if parts else ""


def is_national(text: str) -> bool:
    """Say whether the text has the length of a street, community or unit-grid code."""
    return bool(_NATIONAL.fullmatch(text))


def ancestors(path: str) -> list[str]:
    """All paths from the top down to this one, itself included."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]
