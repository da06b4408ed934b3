"""The duty list in and out as a sheet: first a plan with every fault by its row, then the same plan carried out.

A row is never overwritten: one that says something else than the row in force takes its place from a day on, today at
the earliest, and today too where the day of the old one was left in its cell. What the sheet leaves out stays as it is. Whoever may decide puts the rows in force by importing them;
from anybody else they are proposals.
"""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from yige.accounts.models import Unit
from yige.accounts.scope import posts_with
from yige.cases.models import Category
from yige.duty_list import actions
from yige.duty_list.duty_rules import overlap
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind, RowState
from yige.lib import sheets, typed_text
from yige.lib.local_time import local_day
from yige.lib.own_sheets import read_own_sheet
from yige.lib.refusals import NotSaid, Refusal

# fmt: off
COLUMNS = (
    # heading         what it holds
    ("大类",          "group"),
    ("分类",          "label"),
    ("什么地方",      "place_kind"),
    ("牵头单位",      "lead"),
    ("配合单位",      "assists"),
    ("依据",          "basis"),
    ("从哪天起",      "valid_from"),
    ("从哪天起停用",  "valid_until"),
)
# fmt: on
HEADINGS = [heading for heading, _ in COLUMNS]
LONGEST_SHEET = 2_000
BETWEEN = "、"
PLACE_KINDS = {kind.label: kind for kind in PlaceKind} | {"": PlaceKind.ANY}


class RowFault(NamedTuple):
    """What is wrong with one row, in words."""

    row: int
    name: str
    sentence: str


class PlannedRow(NamedTuple):
    """One row as it would be taken in: the new row of the list, not saved; the row whose place it takes, or the same
    one that stands already; the same one that waits for a decision; whether its first day was guessed to be today."""

    row: int
    duty: DutyRow
    assists: list[Unit]
    standing: DutyRow | None = None
    waiting: DutyRow | None = None
    from_today: bool = False


class SheetPlan(NamedTuple):
    made: list[PlannedRow]
    same: list[PlannedRow]
    faults: list[RowFault]

    @property
    def from_today(self) -> list[int]:
        """The numbers of the rows whose first day was guessed."""
        return [entry.row for entry in self.made if entry.from_today]


class LookUp(NamedTuple):
    """What the cells of a sheet are looked up in."""

    categories: dict[str, list[Category]]
    units: dict[str, Unit]
    rows: dict[tuple, list[DutyRow]]
    today: date


# ── out ──


def export(rows) -> bytes:
    """Write rows of the list in the columns that an import reads."""
    names = dict(Unit.objects.values_list("pk", "name"))
    return sheets.write_xlsx(HEADINGS, [cells_of(row, names) for row in rows], sheet="职责清单")


def cells_of(row, names) -> list[str]:
    assists = BETWEEN.join(names[pk] for pk in dict.fromkeys(row.assist_ids) if pk in names)
    days = [row.valid_from.isoformat(), row.valid_until.isoformat() if row.valid_until else ""]
    place = row.get_place_kind_display()
    return [row.category.parent.label, row.category.label, place, row.lead.name, assists, row.basis, *days]


# ── in ──


def read_plan(blob, *, by, at) -> SheetPlan:
    """Read a sheet and say what taking it in would do, and every fault by its row; nothing is written."""
    rows, known, decides = read_own_sheet(blob, HEADINGS, most=LONGEST_SHEET), look_up(at), may_decide(by, at)
    found, seen = SheetPlan([], [], []), {}
    for row in rows:
        cells = {name: clean_cell(row.cells.get(heading) or "") for heading, name in COLUMNS}
        try:
            entry = entry_of(row.number, cells, known, at)
            check_alone(entry, seen)
        except Refusal as refusal:
            said = refusal.fields.values() or [refusal.sentence]
            found.faults.extend(RowFault(row.number, cells["label"], sentence) for sentence in said)
        else:
            (found.same if stands_already(entry, decides) else found.made).append(entry)
    return found


def may_decide(by, at) -> bool:
    return bool(posts_with(by, at, "decide_hard_cases"))


def stands_already(entry, decides) -> bool:
    """Say whether a row changes nothing: it holds, or it waits and whoever imports may only propose."""
    holds = entry.standing is not None and facts(entry.standing) == facts(entry.duty)
    return holds or (entry.waiting is not None and not decides)


def clean_cell(text) -> str:
    """Return a cell as it was meant: one line, without the apostrophe that our own csv puts before a formula."""
    text = typed_text.clean_line(text)
    return text[1:] if text.startswith("'") and sheets.harmless(text[1:]) == text else text


def look_up(at) -> LookUp:
    today, categories, rows = local_day(at), {}, {}
    for category in Category.objects.exclude(parent=None).select_related("parent"):
        categories.setdefault(category.label, []).append(category)
    for row in (
        DutyRow.objects.exclude(state=RowState.REFUSED).exclude(valid_until__lte=today).select_related("lead")
    ):
        rows.setdefault((row.category_id, row.place_kind), []).append(row)
    return LookUp(categories, {unit.name: unit for unit in Unit.objects.all()}, rows, today)


def entry_of(number, cells, known, at) -> PlannedRow:
    """Return what a row says; one that stands already is not asked anything more."""
    duty, assists = duty_of(cells, known, at)
    rows = known.rows.get((duty.category_id, duty.place_kind), [])
    decided = [row for row in rows if row.state == RowState.IN_FORCE]
    same = next((row for row in decided if facts(row) == facts(duty)), None)
    if same:
        return PlannedRow(number, duty, assists, standing=same)
    from_today = begins_today(duty, decided, known.today)
    check_new(duty, assists, decided, at)
    waiting = next(
        (row for row in rows if row.state == RowState.PROPOSED and facts(row) == facts(duty)), None
    )
    standing = next((row for row in decided if overlap(row, duty)), None)
    return PlannedRow(number, duty, assists, standing, waiting, from_today)


def begins_today(duty, decided, today) -> bool:
    """Let a changed row begin today where its day was left as the export wrote it; say whether it was. No other day
    of the past is taken."""
    if duty.valid_from >= today:
        return False
    left = next((row for row in decided if row.valid_from == duty.valid_from), None)
    if left is None:
        raise NotSaid("“从哪天起”：请写今天或以后的日子，空着就是今天。")
    if facts(left)[:3] == facts(duty)[:3]:
        raise NotSaid("只改了停用的日子：停用要写理由，请在清单上打开这一条来办。")
    duty.valid_from = today
    return True


def duty_of(cells, known, at) -> tuple[DutyRow, list[Unit]]:
    """Return the row of the list that a row of the sheet means, not saved, with its assisting units."""
    category, place_kind = category_of(cells, known), PLACE_KINDS.get(cells["place_kind"])
    if place_kind is None:
        raise NotSaid(f"“什么地方”只能写：{BETWEEN.join(kind.label for kind in PlaceKind)}。")
    lead = unit_of(cells["lead"], known, "牵头单位")
    names = cells["assists"].replace("，", BETWEEN).replace(",", BETWEEN).split(BETWEEN)
    assists = [unit_of(name, known, "配合单位") for name in names if name.strip()]
    actions.check_assists(lead, assists)
    duty = DutyRow(
        category=category, place_kind=place_kind, lead=lead, assist_ids=[unit.pk for unit in assists],
        basis=cells["basis"], valid_from=day_of(cells["valid_from"], "从哪天起") or known.today,
        valid_until=day_of(cells["valid_until"], "从哪天起停用"), state=RowState.IN_FORCE, proposed_at=at,
    )  # fmt: skip
    return duty, assists


def check_new(duty, assists, decided, at) -> None:
    """Refuse what its verb would refuse, and what would lie across a row of later days."""
    if not duty.category.active:
        raise NotSaid(f"分类“{duty.category}”已经停用。")
    actions.check_facts(duty.lead, duty.basis, duty.valid_from, at)
    closed = next((unit for unit in assists if not unit.active), None)
    if closed:
        raise NotSaid(f"配合单位“{closed}”已经停用。")
    if duty.valid_until and duty.valid_until <= duty.valid_from:
        raise NotSaid("停用的日子要在“从哪天起”之后。")
    later = next((row for row in decided if overlap(row, duty) and row.valid_from > duty.valid_from), None)
    if later:
        raise NotSaid(f"和已经定的一条日子重叠：从 {later.valid_from} 起归{later.lead}。")


def category_of(cells, known) -> Category:
    found = known.categories.get(cells["label"], [])
    if cells["group"]:
        found = [category for category in found if category.parent.label == cells["group"]]
    if not found:
        raise NotSaid(
            f"没有这个分类：{cells['group']}{cells['label'] or '（空着）'}。请照“事项分类”里的名称写。"
        )
    if len(found) > 1:
        raise NotSaid(f"有几个分类都叫“{cells['label']}”，请把大类也写上。")
    return found[0]


def unit_of(name, known, heading) -> Unit:
    unit = known.units.get(name.strip())
    if unit is None:
        raise NotSaid(
            f"{heading}：没有叫“{name.strip()}”的在用单位。" if name.strip() else f"{heading}还没有写。"
        )
    return unit


def day_of(text, heading) -> date | None:
    """Return a day as people and spreadsheets write it, None for an empty cell."""
    plain = typed_text.half_width(text).replace("/", "-").replace(".", "-")
    plain = plain.replace("年", "-").replace("月", "-").removesuffix("日")
    if not plain:
        return None
    try:
        year, month, day = (int(part) for part in plain.split(" ")[0].split("-"))
        found = date(year, month, day)
    except ValueError:
        raise NotSaid(f"{heading}：“{text}”不是一个日子，请按 2026-01-31 这样写。") from None
    if not 2000 <= found.year <= 2200:
        raise NotSaid(f"{heading}：“{text}”这个日子不对，请再看看。")
    return found


def facts(row) -> tuple:
    """Return what a row says, for telling whether another one says the same."""
    return row.lead_id, set(row.assist_ids), row.basis, row.valid_from, row.valid_until


def check_alone(entry, seen) -> None:
    """Refuse a category and kind of place that stands twice in the sheet for a common day."""
    rows = seen.setdefault((entry.duty.category_id, entry.duty.place_kind), [])
    first = next((other.row for other in rows if overlap(other.duty, entry.duty)), None)
    if first:
        raise NotSaid(f"和第 {first} 行是同一类、同一种地方，日子重叠。")
    rows.append(entry)


@transaction.atomic
def carry_out(plan, *, by, at) -> None:
    """Do what the plan says, through the verbs, all or nothing."""
    if plan.faults:
        raise NotSaid(f"文件里还有 {len(plan.faults)} 处要改，改好后再导入。")
    decides = may_decide(by, at)
    for entry in sorted(plan.made, key=lambda entry: entry.duty.valid_from):
        row = entry.waiting or propose(entry, by, at)
        if decides:
            actions.decide_row(row, by=by, at=at, agreed=True)


def propose(entry, by, at) -> DutyRow:
    duty = entry.duty
    return actions.propose(
        duty.category, by=by, at=at, lead=duty.lead, basis=duty.basis, place_kind=duty.place_kind,
        assists=entry.assists, valid_from=duty.valid_from, valid_until=duty.valid_until,
    )  # fmt: skip
