"""What a building, a home, a thing or an organisation may say of itself, and who keeps them: each fault at its field."""

import re

from django.db import IntegrityError, transaction
from django.db.models import Model

from yige.accounts.scope import posts_with
from yige.archive.models import Building, Home
from yige.grids.locate import locate
from yige.grids.models import Grid
from yige.lib import typed_text
from yige.lib.coordinates import is_point
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

NOT_YOURS = "这里不在您的片区。楼栋、部件和单位由本片区的网格长、网格员、社区书记和档案管理员登记。"
NO_GRID = "请选一个网格，或者填写经纬度。"
_PHONE = re.compile(r"[0-9][0-9 ()+-]{4,18}[0-9]")


def check_keeps(by, path, at, capability="keep_places") -> None:
    """Refuse whoever does not keep the places below this path."""
    if not keeps(by, path, at, capability):
        raise NotAllowed(NOT_YOURS)


def keeps(by, path, at, capability="keep_places") -> bool:
    """Say whether an actor keeps the places below this path; the command line keeps them all."""
    if by.actor_kind == "command":
        return True
    return bool(posts_with(by, at, capability, path))


class Faults(dict):
    """The sentences found so far, by field; the cleaners return what is kept and note what is wrong."""

    def line(self, field, text, most, missing="") -> str:
        """Return one clean line; `missing` is the sentence when it must not be empty."""
        text = typed_text.clean_line(text or "")
        if missing and not text:
            self[field] = missing
        elif len(text) > most:
            self[field] = f"最多写 {most} 个字，现在是 {len(text)} 个。"
        return text

    def one_of(self, field, value, choices, sentence="请从列表里选。") -> str:
        if value not in choices.values:
            self[field] = sentence
        return value

    def number(self, field, value, least, most, sentence) -> int | None:
        if value is not None and not least <= value <= most:
            self[field] = sentence
        return value

    def phone(self, field, text) -> str:
        """Return a public phone as it is dialled, or note that it is none."""
        text = typed_text.clean_line(typed_text.half_width(text or ""))
        if text and not _PHONE.fullmatch(text):
            self[field] = "公开电话只能有数字、空格和横线，6 到 20 位。"
        return text

    def grid(self, grid, lon, lat, building=None) -> Grid | None:
        """Return the grid of a thing: the chosen one, the building's, or the one its point lies in."""
        found = self._at(lon, lat)
        if building is not None:
            grid = building.grid if grid is None else grid
            if grid.path != building.grid_path:
                self["grid"] = "网格和楼栋所在的网格不一样，请核对。"
        if grid is None and found is not None:
            grid = Grid.objects.current().filter(pk=found.grid_id).first()
        if grid is None:
            self.setdefault(
                "grid", NO_GRID if lon is None else "这个位置不在任何网格里，请核对经纬度，或直接选网格。"
            )
        elif grid.valid_until:
            self["grid"] = "这个网格已经停用，请另选。"
        elif found and not (found.path.startswith(grid.path) or grid.path.startswith(found.path)):
            self["grid"] = "这个位置在另一个网格里，请核对网格和经纬度。"
        return grid

    def _at(self, lon, lat):
        if (lon is None) != (lat is None):
            self["lat" if lat is None else "lon"] = "经度和纬度要一起填，或都不填。"
        elif lon is not None and not is_point(lon, lat):
            self["lon"] = "经纬度不对，请核对（经度约 113，纬度约 34）。"
        elif lon is not None:
            return locate(lon, lat)
        return None

    def refuse(self) -> None:
        """Refuse with all sentences at once, when there are any."""
        if self:
            raise NotSaid("有几处要改一下。" if len(self) > 1 else next(iter(self.values())), **self)


def insert_once(row, sentence, field) -> Model:
    """Insert a row whose name or number must be its own; whoever came second is told."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(sentence, **{field: sentence}) from error
    return row


def update_once(row, names, sentence, field) -> Building | Home:
    """Save these fields of a row whose name or number must be its own."""
    try:
        with transaction.atomic():
            row.save(update_fields=names)
    except IntegrityError as error:
        raise Conflict(sentence, **{field: sentence}) from error
    return row
