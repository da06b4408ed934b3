"""The duty roster in many rows at once: a sheet in and out, last week taken over. Every row goes through the verb."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from yige.accounts import shifts
from yige.accounts.models import Shift, User
from yige.accounts.shift_actions import add_shift
from yige.accounts.shift_rules import Stretch, span_words
from yige.lib import sheets, typed_text
from yige.lib.local_time import SHANGHAI, local_day
from yige.lib.own_sheets import read_own_sheet
from yige.lib.phones import phone_digits
from yige.lib.refusals import NotSaid, Refusal

# fmt: off
COLUMNS = (
    # heading     field
    ("单位",      "unit"),
    ("姓名",      "name"),
    ("账号",      "user"),
    ("电话",      "phone"),
    ("开始",      "begins_at"),
    ("结束",      "ends_at"),
    ("说明",      "note"),
)
# fmt: on
HEADINGS = tuple(heading for heading, _ in COLUMNS)
NEEDED = ("姓名", "开始", "结束")
MOST_SHIFTS = 500
A_WEEK = timedelta(days=7)
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII
)


class RowFault(NamedTuple):
    """What is wrong with a row, by the number that the spreadsheet shows."""

    row: int
    sentence: str


class RosterRead(NamedTuple):
    """What became of a sheet: nothing was written while there is a fault."""

    made: int
    same: int
    faults: list[RowFault]


class WeekCopied(NamedTuple):
    """What became of a week that was taken over, and a sentence for each shift that was left out."""

    made: int
    left_out: list[str]


def take_in(blob, *, by, at) -> RosterRead:
    """Write down every row of a sheet, or none: whatever is wrong is said by its row."""
    rows = read_own_sheet(blob, HEADINGS, most=MOST_SHIFTS, needed=NEEDED)
    reader, faults, same = _Reader(by, at), [], 0
    with transaction.atomic():
        for row in rows:
            try:
                same += not reader.write_row(row.cells)
            except Refusal as refusal:
                faults.append(RowFault(row.number, sentence_of(refusal)))
        transaction.set_rollback(bool(faults))
    return RosterRead(0 if faults else len(rows) - same, same, faults)


def copy_week(unit, *, by, at, week) -> WeekCopied:
    """Write the shifts that began in the week before into this one, seven days later; what stands already stays."""
    made, left_out, today = 0, [], local_day(at)
    before = Stretch(week.begins_at - A_WEEK, week.ends_at - A_WEEK)
    with transaction.atomic():
        for shift in shifts.shifts_in([unit], before).filter(begins_at__gte=before.begins_at):
            span = Stretch(shift.begins_at + A_WEEK, shift.ends_at + A_WEEK)
            said = {"user": shift.user, "name": shift.name, "phone": shift.phone, "note": shift.note}
            try:
                made += _add_once(unit, span, said, by, at)
            except Refusal as refusal:
                left_out.append(f"{shift.person_name} {span_words(span, today)}：{sentence_of(refusal)}")
    return WeekCopied(made, left_out)


def to_xlsx(unit, week) -> bytes:
    """Write one week of one unit as the sheet that `take_in` reads."""
    rows = [
        [unit.name, shift.person_name, shift.user.username if shift.user else "", shift.phone_number,
         shift.begins_at, shift.ends_at, shift.note]
        for shift in shifts.shifts_in([unit], week)
    ]  # fmt: skip
    return sheets.write_xlsx(HEADINGS, rows, sheet="值班表")


def sentence_of(refusal) -> str:
    """Return the sentence of a refusal that says most: the one beside a field, where there is one."""
    return next(iter(refusal.fields.values()), refusal.sentence)


class _Reader:
    """Reads rows with what is read once: the units that somebody keeps, and who works there."""

    def __init__(self, by, at):
        self.by, self.at = by, at
        self.units = {unit.name: unit for unit in shifts.rosters_kept_by(by, at)}

    def write_row(self, cells) -> bool:
        """Write one row down; returns False where just this stands already."""
        said = {field: typed_text.clean_line(cells.get(heading, "")) for heading, field in COLUMNS}
        unit = self._unit(said.pop("unit"))
        span = Stretch(_moment(said.pop("begins_at"), "开始"), _moment(said.pop("ends_at"), "结束"))
        said["user"] = self._user(unit, said.pop("user"), said["name"])
        if said["user"]:
            said["name"] = ""
        return _add_once(unit, span, said, self.by, self.at)

    def _unit(self, name):
        if not name and len(self.units) == 1:
            return next(iter(self.units.values()))
        if not name:
            raise NotSaid("没有写单位。", unit="没有写单位。")
        if name not in self.units:
            raise NotSaid(
                "单位不对。", unit=f"没有“{typed_text.shorten(name, 30)}”这个单位，或者不归您排班。"
            )
        return self.units[name]

    def _user(self, unit, username, name):
        """Return the user of a unit with this account or this name, None for somebody without an account."""
        people = User.objects.filter(posts__unit=unit, is_active=True).distinct()
        if username:
            found = people.filter(username=username.lower()).first()
            if found is None:
                raise NotSaid("账号不对。", user=f"本单位没有“{typed_text.shorten(username, 30)}”这个账号。")
            return found
        namesakes = list(people.filter(name=name)[:2]) if name else []
        if len(namesakes) > 1:
            raise NotSaid("有同名的人。", user=f"本单位有两位“{name}”，请在“账号”一列写明是哪一位。")
        return namesakes[0] if namesakes else None


def _add_once(unit, span, said, by, at):
    """Add a shift unless just this one stands already; returns whether it is new."""
    if said["user"]:
        who = {"user": said["user"]}
    else:
        who = {"user": None, "name": said["name"], "phone": phone_digits(said["phone"])}
    if Shift.objects.filter(unit=unit, cancelled_at=None, **span._asdict(), **who).exists():
        return False
    add_shift(unit, by=by, at=at, **span._asdict(), **said)
    return True


def _moment(text, heading):
    found = _MOMENT.fullmatch(typed_text.half_width(text).strip())
    try:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        hours = timedelta(hours=hour, minutes=minute)
        if minute > 59 or hours > timedelta(days=1) or not 2000 <= year <= 2200:
            raise ValueError
        return datetime(year, month, day, tzinfo=SHANGHAI) + hours
    except (AttributeError, ValueError, OverflowError):
        said = typed_text.shorten(text, 30) or "空着"
        sentence = f"“{heading}”（{said}）认不出来，应如 2026-11-28 20:00。"
        raise NotSaid("时间不对。", begins_at=sentence) from None
