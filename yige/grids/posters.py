"""Posters for doors and stairways: A4, a large code, who is responsible, three steps in plain words."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import segno

from yige.lib import typed_text, typeset

MOST_POSTERS = 2_000
MOST_HEADS = 3
_TEMPLATE = Path(__file__).parent / "poster.typ"


class Poster(NamedTuple):
    """What one page says; `address` is the absolute URL in the code, `heads` are (role, name)."""

    address: str
    title: str
    area: str = ""
    heads: Sequence[tuple[str, str]] = ()
    phone: str = ""
    place: str = ""


def pdf(posters: Sequence[Poster], *, fonts: str = "system") -> bytes:
    """Set the posters, a page each, as one PDF; with fonts="own" only the font that comes along is used."""
    if not 0 < len(posters) <= MOST_POSTERS:
        raise ValueError(f"one file holds 1 to {MOST_POSTERS} posters")
    return typeset.pdf(_TEMPLATE, [_told(poster) for poster in posters], fonts=fonts)


def _told(poster: Poster) -> dict:
    heads = [
        [typed_text.clean_line(role), typed_text.clean_line(name)] for role, name in poster.heads[:MOST_HEADS]
    ]
    plain = {
        field: typed_text.clean_line(getattr(poster, field))
        for field in ("address", "title", "area", "phone", "place")
    }
    return plain | {"heads": heads, "code": code_as_svg(poster.address)}


def code_as_svg(address: str) -> str:
    """Return the QR code as SVG, level Q where it stays easy to scan, with its quiet zone."""
    out = io.BytesIO()
    level = "q" if len(address) <= 80 else "m"
    segno.make(address, error=level, boost_error=False, micro=False).save(
        out, kind="svg", border=4, xmldecl=False, light=None, dark="#000"
    )
    return out.getvalue().decode()
