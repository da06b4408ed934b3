"""What the pages of the duty roster say: who now, who next, which hours nobody holds, in words. No figure of a person."""

from datetime import timedelta
from typing import NamedTuple

from yige.accounts import shifts
from yige.accounts.shift_rules import Stretch, common_part, span_words
from yige.cases.queries import work_calendar
from yige.lib.local_time import day_words, local_day

LOOK_AHEAD = timedelta(days=7)


class UnitRow(NamedTuple):
    unit: object
    now: list
    next: object
    gap: str


class DayRow(NamedTuple):
    words: str
    today: bool
    off: bool
    lines: list


class ShiftLine(NamedTuple):
    shift: object
    words: str
    running: bool
    over: bool
    gone: bool


def span_ahead(at):
    return Stretch(at, at + LOOK_AHEAD)


def unit_rows(units, at):
    """Return for each unit who can be reached now, who comes next, and the first hours of seven days that nobody holds."""
    span, today = span_ahead(at), local_day(at)
    found = {unit.pk: [] for unit in units}
    for shift in shifts.shifts_in(units, span):
        found[shift.unit_id].append(shift)
    return [unit_row(unit, found[unit.pk], span, today) for unit in units]


def unit_row(unit, found, span, today):
    now = [shift for shift in found if is_manned(shift, span.begins_at)]
    later = [shift for shift in found if shift.begins_at > span.begins_at and shifts.manned_stretches(shift)]
    gap = next(iter(shifts.gaps_of(found, span)), None)
    return UnitRow(unit, now, next(iter(later), None), span_words(gap, today) if gap and later + now else "")


def week_rows(unit, week, at):
    """Return the week of a unit: its days with their shifts, the hours nobody holds from now on, the weeks beside it."""
    found, today = list(shifts.shifts_in([unit], week)), local_day(at)
    ahead = common_part(week, Stretch(at, week.ends_at))
    empty = shifts.gaps_of(found, ahead) if ahead else []
    return {
        "days": [day_row(found, week, number, at) for number in range(7)],
        "gaps": [span_words(gap, today) for gap in empty],
        "now_on_duty": shifts.on_duty(unit, at),
        "week": week.begins_at,
        "last_day": week.ends_at - timedelta(days=1),
        "before": week.begins_at - timedelta(days=7),
        "after": week.ends_at,
        "passed": ahead is None,
        "nobody": not found,
    }


def day_row(found, week, number, at):
    """Return one day: what begins on it, and on the Monday also what runs on from the Sunday before."""
    begins_at, today = week.begins_at + timedelta(days=number), local_day(at)
    whole, day = Stretch(begins_at, begins_at + timedelta(days=1)), begins_at.date()
    its_own = [
        shift
        for shift in found
        if whole.holds(shift.begins_at) or (number == 0 and shift.begins_at < begins_at)
    ]
    lines = [shift_line(shift, at) for shift in its_own]
    return DayRow(day_words(day, today), day == today, not work_calendar().is_workday(day), lines)


def shift_line(shift, at):
    span = Stretch(shift.begins_at, shift.ends_at)
    gone = not shifts.manned_stretches(shift)
    return ShiftLine(shift, span_words(span, local_day(at)), is_manned(shift, at), span.ends_at <= at, gone)


def is_manned(shift, at):
    return any(stretch.holds(at) for stretch in shifts.manned_stretches(shift))


def copied_words(copied):
    if copied is None:
        return ""
    if not copied.made and not copied.left_out:
        return "上一周没有可以抄的，或者都已经在这一周了。"
    return f"从上一周抄来 {copied.made} 班。节假日和换班的，请再看一遍。"
