"""From a row of a ledger to a report: what each cell means, and a sentence for everything that is wrong."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import NamedTuple

from yige.accounts.actors import COMMAND
from yige.cases import dangers
from yige.cases.models import Category
from yige.cases.reporters import ReporterContact
from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LocatedBy
from yige.grids import locate
from yige.grids.models import Grid
from yige.lib import typed_text
from yige.lib.ids import new_id
from yige.lib.local_time import SHANGHAI
from yige.lib.refusals import Conflict, Refusal
from yige.steps.s3_report.actions import hear_list, report

FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d",
    "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日%H:%M", "%Y年%m月%d日",
)  # fmt: skip
FRESH = timedelta(days=3)  # what a list tells of these days may be going on still
TOLD = "已排在最前面，告诉了值班的人；能联系上的请先打电话。"
NOT_TOLD = "三天以前的事，没有惊动人，请看一看还在不在。"
PHONE = re.compile(r"[0-9+()-]{5,20}")


class BadRow(ValueError):
    """The row cannot be taken; the text is a sentence."""


class TakenRow(NamedTuple):
    """What became of a row: taken (and what was heard in it), known, over (ended in the ledger), refused and why."""

    row: object
    what: str
    why: str = ""


class Ledger:
    """One run over one ledger, with the tables it looks up read once."""

    def __init__(self, mapping, at):
        self.mapping, self.at, self.numbers = mapping, at, {}
        leaves = list(Category.objects.leaves())
        self.categories = {category.label: category for category in leaves} | {
            each.slug: each for each in leaves
        }
        self.grids = {}
        for grid in Grid.objects.current().order_by("-level"):
            self.grids |= {grid.name: grid, grid.code: grid, grid.path: grid}
            if grid.national_code:
                self.grids[grid.national_code] = grid

    def take(self, row):
        """Take one row in, or say why not."""
        try:
            if self.mapping.said(row.cells, "status") in self.mapping.skip:
                return TakenRow(row, "over")
            case, is_new = self._report(row)
            return TakenRow(row, "taken", self._hear(case)) if is_new else TakenRow(row, "known")
        except BadRow as fault:
            return TakenRow(row, "refused", str(fault))
        except Conflict:
            return TakenRow(row, "refused", "这一行以前导入过，但内容改了。以先导入的为准，请在系统里补充。")
        except Refusal as refusal:
            return TakenRow(row, "refused", " ".join([refusal.sentence, *refusal.fields.values()]))

    def _report(self, row):
        cells, newest = row.cells, new_id()
        number = self._number(row)
        grid, lon, lat = self._grid(cells)
        place = typed_text.clean_line(self.mapping.said(cells, "place", " "))
        case = report(
            grid,
            by=COMMAND,
            at=self._moment(cells),
            key=self._key(number),
            problem=Problem(self._words(cells), self._category(cells)),
            location=Location(place, LocatedBy.ADDRESS if lon is None else LocatedBy.PIN, lon, lat),
            origin=Origin(self._channel(cells)),
            contact=self._contact(cells),
        )
        return case, case.pk > newest

    def _hear(self, case):
        """Ring for what may be going on still; of what is older say what was heard, for whoever reads the list."""
        is_new = case.reported_at >= self.at - FRESH
        hearings = hear_list(case, by=COMMAND, at=self.at) if is_new else dangers.hear(case.words)
        if not hearings:
            return ""
        heard = f"写到“{hearings[0].quotes[0]}”，{hearings[0].danger.label}"
        return f"{heard}。{TOLD if is_new else NOT_TOLD}"

    def _key(self, number):
        """The ledger's name and the row's number: the same row is the same case for ever."""
        return "ledger-" + hashlib.sha256(f"{self.mapping.source}\n{number}".encode()).hexdigest()

    def _number(self, row):
        number = typed_text.clean_line(self.mapping.said(row.cells, "number", "-"))
        if not number:
            raise BadRow("没有编号。没有编号就没法保证再导一次时不重复。")
        if (first := self.numbers.setdefault(number, row.number)) != row.number:
            raise BadRow(f"编号 {number} 和第 {first} 行重复。")
        return number

    def _words(self, cells):
        said = typed_text.clean(self.mapping.said(cells, "words"))
        if not said:
            raise BadRow("没有写是什么问题。")
        return said

    def _moment(self, cells):
        typed = typed_text.half_width(self.mapping.said(cells, "reported_at", " ")).strip()
        if not typed:
            return self.at
        moment = next(filter(None, (_parsed(typed, form) for form in FORMATS)), None)
        if moment is None:
            raise BadRow(f"时间“{typed_text.shorten(typed, 30)}”认不出来，应如 2026-11-22 14:05。")
        if moment > self.at:
            raise BadRow(f"时间“{typed}”在将来。")
        return moment

    def _category(self, cells):
        meant = self.mapping.meant(cells, "category")
        found = self.categories.get(meant) or self.categories.get(self.mapping.otherwise.get("category", ""))
        if found is None:
            raise BadRow(
                f"类别“{typed_text.shorten(meant, 30)}”没有对应。请在 [words.category] 里写明对应哪一类。"
            )
        return found

    def _channel(self, cells):
        meant = self.mapping.meant(cells, "channel")
        if meant in Channel.values:
            return Channel(meant)
        return Channel(self.mapping.otherwise.get("channel", Channel.LEDGER))

    def _grid(self, cells):
        """The grid that is named; else where the point lies; else the one that stands otherwise."""
        lon, lat = self._point(cells)
        named = self.mapping.said(cells, "grid", " ")
        meant = self.mapping.words.get("grid", {}).get(named, named)
        if meant in self.grids:
            return self.grids[meant], lon, lat
        if lon is not None:
            return self._around(lon, lat), lon, lat
        if meant and "grid" not in self.mapping.otherwise:
            raise BadRow(f"网格“{typed_text.shorten(meant, 30)}”不在网格表里。")
        if (grid := self.grids.get(self.mapping.otherwise.get("grid", ""))) is None:
            raise BadRow("没有写是哪个网格，也没有经纬度。")
        return grid, None, None

    def _around(self, lon, lat):
        found = locate.locate(lon, lat)
        if found is None:
            raise BadRow(f"经纬度（{lon}，{lat}）不在辖区内。")
        return self.grids[found.path]

    def _point(self, cells):
        typed = [typed_text.half_width(self.mapping.said(cells, name)).strip() for name in ("lon", "lat")]
        if not any(typed):
            return None, None
        try:
            lon, lat = map(float, typed)
        except ValueError as error:
            raise BadRow(f"经纬度“{'，'.join(typed)}”不是数。") from error
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise BadRow(f"经纬度（{lon}，{lat}）不在辖区内。")
        return lon, lat

    def _contact(self, cells):
        name = typed_text.clean_line(self.mapping.said(cells, "name", " "))[:40]
        phone = re.sub(r"\s", "", typed_text.half_width(self.mapping.said(cells, "phone")))
        if phone and not PHONE.fullmatch(phone):
            raise BadRow("联系电话里有数字和横线以外的字。")
        return ReporterContact(name, phone) if name or phone else None


def _parsed(typed, form):
    try:
        return datetime.strptime(typed, form).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
