"""yige import cases FILE: take over the open matters of an old ledger."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yige.channels.ledger import columns, reading
from yige.lib import sheets
from yige.lib.progress_bar import ProgressBar

EXAMPLE = Path(columns.__file__).with_name("example.toml")
OUTCOME_WORDS = {
    "taken": "导入",
    "known": "以前已导入",
    "over": "台账里已办结，未导入",
    "refused": "有问题，未导入",
}
MOST_PRINTED = 20  # refusals printed; the spreadsheet has them all


class Command(BaseCommand):
    help = "导入旧台账（csv 或 xlsx）里还没办完的事项；可以反复运行，每一行只导入一次。"

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="cases")
        cases = kinds.add_parser("cases", help="事项台账")
        cases.add_argument("file", nargs="?", type=Path, help="csv 或 xlsx 文件")
        cases.add_argument("--mapping", type=Path, help="列对照文件（TOML）")
        cases.add_argument("--sheet", help="工作表的名字，默认第一张")
        cases.add_argument("--refused", type=Path, help="没能导入的行写到这个 xlsx（默认在原文件旁边）")
        cases.add_argument("--example", action="store_true", help="打印一份列对照的样子")

    def handle(self, *, file, mapping, sheet, refused, example, **options):
        if example:
            self.stdout.write(EXAMPLE.read_text(encoding="utf-8"))
            return
        if file is None or mapping is None:
            raise CommandError(
                "请写明台账文件和 --mapping 列对照文件；列对照的样子：yige import cases --example"
            )
        try:
            ledger = reading.Ledger(columns.read_mapping(_text(mapping)), timezone.now())
            rows = list(sheets.read_sheet(_bytes(file), known=ledger.mapping.headings, sheet=sheet))
            self.check_headings(ledger.mapping, rows)
        except (columns.BadMapping, sheets.NotASheet) as fault:
            raise CommandError(str(fault)) from fault
        self.take(ledger, rows, refused or file.with_name(f"{file.stem}-未导入.xlsx"))

    def check_headings(self, mapping, rows):
        """A column that the ledger does not have is named before anything is taken in."""
        if not rows:
            raise columns.BadMapping("这份台账里没有数据行。")
        if missing := [heading for heading in mapping.headings if heading not in rows[0].cells]:
            there = "、".join(list(rows[0].cells)[:30])
            raise columns.BadMapping(f"台账里没有这些列：{'、'.join(missing)}。有的是：{there}。")

    def take(self, ledger, rows, refused):
        counts, faults = Counter(), []
        for taken in ProgressBar("导入事项", len(rows), self.stdout).over(map(ledger.take, rows)):
            counts[taken.what] += 1
            if taken.what == "refused":
                faults.append(taken)
            elif taken.why:
                self.stdout.write(f"第 {taken.row.number} 行：{taken.why}")
        for fault in faults[:MOST_PRINTED]:
            self.stdout.write(f"第 {fault.row.number} 行：{fault.why}")
        said = "，".join(f"{OUTCOME_WORDS[what]} {counts[what]} 行" for what in OUTCOME_WORDS if counts[what])
        self.stdout.write(f"共 {len(rows)} 行：{said}。")
        if faults:
            refused.write_bytes(_sheet_of(faults))
            self.stdout.write(f"没能导入的 {len(faults)} 行和原因写在：{refused}。改好后可以直接再导这一份。")


def _sheet_of(faults):
    """The refused rows as they stood, with the reason first; the sheet can be mended and imported again."""
    headings = list(faults[0].row.cells)
    rows = ([fault.why, fault.row.number, *fault.row.cells.values()] for fault in faults)
    return sheets.write_xlsx(["原因", "原表行号", *headings], rows, sheet="未导入")


def _text(path):
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise columns.BadMapping(f"列对照文件 {path} 打不开，或不是 UTF-8 文字。") from error


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise sheets.NotASheet(f"台账文件 {path} 打不开。") from error
