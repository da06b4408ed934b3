"""Whom a resident can ring up: the duty phone of the place, of the nearest grid above it that has one; never a person's own.

A place without any phone, and a district of several subdistricts where none was named, have the government's hotline.
"""

from typing import NamedTuple

from yige.grids.models import Grid, Level
from yige.lib.short_cache import ShortCache

_kept = ShortCache(seconds=20)


class DutyPhone(NamedTuple):
    """A number that somebody answers, and whose it is."""

    name: str
    phone: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


HOTLINE = DutyPhone("政务服务便民热线", "12345")


def duty_phone(path="") -> DutyPhone:
    """Return whom to ring up about this place; without one that of the subdistrict, if there is only one."""
    if found := duty_phones(path):
        return found[0]
    streets = street_phones()
    return streets[0] if len(streets) == 1 and not path else HOTLINE


def duty_phones(path) -> list[DutyPhone]:
    """Return the numbers of the grids in force from this one up that have one, the nearest first."""
    grids = _kept.of("phones", _read)["grids"]
    parts = path.strip("/").split("/")
    line = [f"/{'/'.join(parts[:end])}/" for end in range(len(parts), 0, -1)]
    return [grids[here] for here in line if here in grids]


def street_phones() -> list[DutyPhone]:
    """Return the duty phones of the subdistricts that have one."""
    return _kept.of("phones", _read)["streets"]


def _read():
    rows = list(Grid.objects.public().exclude(phone="").order_by("path"))
    return {
        "grids": {row.path: DutyPhone(row.name, row.phone) for row in rows},
        "streets": [DutyPhone(row.name, row.phone) for row in rows if row.level == Level.SUBDISTRICT],
    }
