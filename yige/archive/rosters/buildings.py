"""Where the rows of a roster live: their addresses matched to buildings on file, in the area of the run; never guessed."""

from typing import NamedTuple
from uuid import UUID

from yige.archive.models import Building
from yige.grids.models import Grid
from yige.lib import addresses

NO_ADDRESS = "没有写住址，不知道归到哪一户。"
NO_BUILDING = "没有登记“{}”这栋楼，请核对地址，或先登记楼栋。"
TWO_BUILDINGS = "“{}”登记了不止一次，分不清是哪一栋。"
OTHER_GRID = "地址在{}，名册写的是{}，请核对。"
NO_GRID = "没有名为“{}”的网格，请核对。"
OUTSIDE = "“{}”不在这次导入的范围里，请核对地址或另选范围。"
NO_UNIT = "“{}”只有 {} 个单元，地址写的是 {} 单元，请核对。"
NO_FLOOR = "“{}”只有 {} 层，地址写的是 {} 层，请核对。"
UNIT_MISSING = "“{}”有 {} 个单元，地址没有写是哪个单元。"


class Place(NamedTuple):
    """A home in a known building; it need not be on file yet."""

    building: object
    grid: object
    path: str
    unit: str
    floor: int | None
    room: str

    @property
    def key(self) -> tuple[UUID, str, str]:
        return self.building, self.unit, self.room


class Block(NamedTuple):
    pk: object
    grid: object
    path: str
    name: str
    units: int | None
    floors: int | None


class PlaceRefused(ValueError):
    """The row cannot come in; the text says why."""


class PlaceDoubtful(ValueError):
    """Somebody has to look at the row; the text says why."""


class Ground:
    """The buildings and grids that the rows of a run may name."""

    def __init__(self, path, reach):
        """Read what lies in the `reach` (paths); rows may come in only below `path`."""
        self.path, self.blocks, self.twice = path, {}, set()
        rows = Building.objects.values_list("pk", "grid_id", "grid_path", "estate", "name", "units", "floors")
        for pk, grid, where, estate, name, units, floors in rows.iterator(chunk_size=5_000):
            if not where.startswith(tuple(reach)):
                continue
            key = addresses.key(estate, name)
            if key in self.blocks:
                self.twice.add(key)
            self.blocks[key] = Block(pk, grid, where, f"{estate}{name}", units, floors)
        self.grids = {}
        for where, code, name in Grid.objects.current().values_list("path", "code", "name"):
            if where.startswith(tuple(reach)):
                self.grids.setdefault(name, where)
                self.grids[code] = where

    def place(self, said) -> Place | None:
        """Return the Place of a row; None when it names none. Raises Refused or Doubtful."""
        wanted = self._grid(said.grid)
        if said.address is None:
            return None
        if said.address.doubt:
            raise PlaceDoubtful(said.address.doubt)
        block = self._block(said.address)
        if wanted and not block.path.startswith(wanted[1]) and not wanted[1].startswith(block.path):
            raise PlaceDoubtful(OTHER_GRID.format("另一个网格", wanted[0]))
        _check_inside(block, said.address)
        there = said.address
        unit = addresses.unit_name(there.unit, block.units)
        return Place(block.pk, block.grid, block.path, unit, there.floor, there.room)

    def _grid(self, name):
        if not name:
            return None
        if name not in self.grids:
            raise PlaceRefused(NO_GRID.format(name[:20]))
        return name, self.grids[name]

    def _block(self, there):
        key = there.estate, there.building
        shown = f"{there.estate}{there.building}"[:40]
        if key in self.twice:
            raise PlaceDoubtful(TWO_BUILDINGS.format(shown))
        if key not in self.blocks:
            raise PlaceDoubtful(NO_BUILDING.format(shown))
        block = self.blocks[key]
        if not block.path.startswith(self.path):
            raise PlaceDoubtful(OUTSIDE.format(shown))
        return block


def _check_inside(block, there):
    """Doubt an entrance or a floor that the building does not have."""
    if block.units and there.unit.isdecimal() and int(there.unit) > block.units:
        raise PlaceDoubtful(NO_UNIT.format(block.name, block.units, there.unit))
    if block.units and block.units > 1 and not there.unit:
        raise PlaceDoubtful(UNIT_MISSING.format(block.name, block.units))
    if block.floors and there.floor and there.floor > block.floors:
        raise PlaceDoubtful(NO_FLOOR.format(block.name, block.floors, there.floor))
