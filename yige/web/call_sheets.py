"""A poster for a call, and the certificate of service, as PDF by Typst."""

from pathlib import Path

from yige.alliance.certificates import services_of
from yige.alliance.models import Certificate, VolunteerCall
from yige.grids.posters import code_as_svg
from yige.lib import typeset
from yige.lib.local_time import clock_words, full_date_words, local, moment_words
from yige.lib.typed_text import clean_line

_HERE = Path(__file__).parent


def poster_of(call: VolunteerCall, origin: str, *, fonts: str = "system") -> bytes:
    """Set one page with what is needed, when, where, and a code that leads to signing up."""
    address = f"{origin}/together/{call.pk}/"
    told = {
        "title": clean_line(call.title), "words": call.words, "place": clean_line(call.place), "when": call_hours(call),
        "wanted": f"{call.wanted} 位", "skill": clean_line(call.skill), "unit": call.caller.name,
        "address": address, "code": code_as_svg(address),
    }  # fmt: skip
    return typeset.pdf(_HERE / "call_poster.typ", told, fonts=fonts)


def certificate_of(row: Certificate, name: str, origin: str, *, fonts: str = "system") -> bytes:
    """Set the certificate of somebody with this name: what the unit wrote down, each by itself."""
    services = [[call_hours(seat.call), seat.call.title, seat.call.place] for seat in services_of(row)]
    address = f"{origin}/together/certificates/?number={row.number}"
    day = local(row.issued_at)
    told = {
        "name": name, "unit": row.unit.name, "number": row.number, "services": services,
        "day": full_date_words(day), "address": address, "code": code_as_svg(address),
    }  # fmt: skip
    return typeset.pdf(_HERE / "certificate.typ", told, fonts=fonts)


def call_hours(call: VolunteerCall) -> str:
    """Return 2026年11月28日 周六 10:00 — 12:00, with its year."""
    return f"{local(call.starts_at).year}年{moment_words(call.starts_at, call.starts_at)}—{clock_words(call.ends_at)}"
