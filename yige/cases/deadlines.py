"""13710: which mark is due when, and what meets it. Pure: no database, no clock. Rule: docs/policy/13710.md.

Two clocks. The reporter's clock starts with the report and never pauses. The duty clock, which gives cards,
starts with the report too, but on the next day when it came after the cut-off (17:00); a reopened case
starts both again.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from yige.cases.words import Colour, State, Urgency
from yige.cases.work_calendar import WorkCalendar
from yige.lib.local_time import add_months, end_of_day, local, local_day

ALL = frozenset(Urgency)
HOUR = 60  # minutes


class Mark(NamedTuple):
    name: str
    label: str
    since: str
    minutes: int
    days: int
    months: int
    met_by_all: tuple
    met_by_any: tuple
    which: frozenset
    card: str
    duty: str
    strip: bool


# fmt: off
MARKS = (
    #    name       label       since          minutes       days months met by all of these             or any one of these                     which cases                    card when missed  what has to be there                    on the strip
    Mark("hour2",   "2小时",    "clock_from",    2 * HOUR,    0,   0,   (),                              ("handled_at", "progress_at"),          frozenset({Urgency.EMERGENCY}), Colour.RED,       "到场并反馈处置情况",                     False),
    Mark("hour24",  "24小时",   "clock_from",   24 * HOUR,    0,   0,   (),                              ("handled_at", "progress_at"),          frozenset({Urgency.URGENT}),    Colour.YELLOW,    "处置或反馈进展",                         False),
    Mark("day1",    "当天",     "clock_from",   0,            0,   0,   ("accepted_at", "contacted_at"), ("handled_at",),                        ALL,                            Colour.YELLOW,    "受理、明确承办人、联系反映人",           True),
    Mark("day3",    "3天",      "clock_from",   0,            3,   0,   (),                              ("progress_at", "handled_at"),          ALL,                            Colour.YELLOW,    "反馈办理进展：核实结果和措施",           True),
    Mark("day7",    "7天",      "clock_from",   0,            7,   0,   (),                              ("handled_at", "planned_at"),           ALL,                            Colour.RED,       "一般事项办好；办不好的说明理由并经批准", True),
    Mark("month1",  "1个月",    "clock_from",   0,            0,   1,   (),                              ("handled_at", "parked_at"),            ALL,                            Colour.RED,       "疑难事项办好，或公布有时间节点的计划",   True),
    Mark("plan",    "计划到期", "planned_at",   0,            0,   0,   (),                              ("handled_at",),                       ALL,                            Colour.RED,       "按批准的计划办好，或重新报批",           False),
    Mark("check",   "核查办结", "handled_at",   0,            3,   0,   (),                              ("closed_at",),                         ALL,                            "",               "派单的人核查，答复反映人",               False),
    Mark("clear",   "清零",     "closed_at",    0,           15,   0,   (),                              ("cleared_at",),                        ALL,                            "",               "反映人确认或回访，事事有结果",           True),
)
# fmt: on

MARK_BY_NAME = {mark.name: mark for mark in MARKS}
STRIP_MARKS = tuple(mark for mark in MARKS if mark.strip)
SOLVING = ("day7", "month1")  # shown as parked while an approved plan runs
MAJOR_CLEAR_DAYS = 45  # a major case is cleared after its first look-back at +30 days


class Clock(NamedTuple):
    """How days are counted: the calendar, the cut-off hour (None: no cut-off), marks in working days."""

    days: WorkCalendar = WorkCalendar()
    cut_off_hour: int | None = None
    working: frozenset = frozenset()


class MarkState(NamedTuple):
    """One mark as a page shows it: `state` is met, waiting, late or parked; `kept` says met in time."""

    name: str
    label: str
    due: datetime | None
    met_at: datetime | None
    state: str
    kept: bool | None
    duty: str


def due(mark, case, clock) -> datetime | None:
    """Return the moment this mark is due for this case, or None while its start has not happened."""
    start = getattr(case, mark.since)
    if start is None:
        return None
    if mark.minutes:
        return start + timedelta(minutes=mark.minutes)
    if mark.name == "plan":
        return moved_to(case)
    first = _first_day(start, clock) if mark.since == "clock_from" else local_day(start)
    if mark.months:
        month = end_of_day(add_months(first, mark.months))
        return max(month, case.extended_until or month)
    count = MAJOR_CLEAR_DAYS if mark.name == "clear" and case.nature == "major" else mark.days
    return end_of_day(clock.days.nth(first, count, working=mark.name in clock.working))


def moved_to(case) -> datetime | None:
    """Return the moment of the approved plan, or None."""
    return case.parked_until or case.extended_until


def met_at(mark, case) -> datetime | None:
    """Return when the mark was met, or None."""
    any_of = [moment for name in mark.met_by_any if (moment := getattr(case, name))]
    all_of = [getattr(case, name) for name in mark.met_by_all]
    if all_of and all(all_of):
        any_of.append(max(all_of))
    return min(any_of) if any_of else None


def waiting_marks(case, clock) -> list[tuple[datetime, Mark]] | None:
    """Return (due, mark) of every mark that is not met and has a date, the earliest first."""
    pairs = []
    for mark in MARKS:
        moment = due(mark, case, clock) if case.urgency in mark.which else None
        if moment is not None and met_at(mark, case) is None:
            pairs.append((moment, mark))
    return sorted(pairs, key=lambda pair: pair[0])


def next_mark(case, clock) -> tuple[Mark, datetime]:
    """Return (mark, due) of the earliest mark that is not met yet, or (None, None) when all are."""
    moment, mark = next(iter(waiting_marks(case, clock)), (None, None))
    return mark, moment


def missed_marks(case, clock, now) -> list[Mark]:
    """Return the marks that give a card and whose moment passed without being met, oldest first."""
    return [mark for moment, mark in waiting_marks(case, clock) if mark.card and moment < now]


def wake_at(case, clock, now, yellow_hours) -> datetime:
    """Return when the clock has to look at this case again: before a mark, or just after it; None: never."""
    early, late = timedelta(hours=yellow_hours), timedelta(seconds=1)
    moments = [edge for moment, _ in waiting_marks(case, clock) for edge in (moment - early, moment + late)]
    return min((moment for moment in moments if moment > now), default=None)


REPORTERS_CLOCK = Clock()  # calendar days, no cut-off, never paused


def strip_marks(case, now, clock=REPORTERS_CLOCK) -> list[MarkState]:
    """Return the five marks of the 13710 strip on the reporter's clock, as they stand now."""
    return [_shown(mark, case, now, clock) for mark in STRIP_MARKS]


def _shown(mark, case, now, clock):
    moment, met = due(mark, case, clock), met_at(mark, case)
    over = case.state in (State.REJECTED, State.MERGED, State.WITHDRAWN)
    if mark.name in SOLVING and case.planned_at and not case.handled_at and (plan := moved_to(case)):
        return MarkState(
            mark.name, mark.label, plan, None, "late" if plan < now else "parked", None, mark.duty
        )
    if met:
        return MarkState(
            mark.name, mark.label, moment, met, "met", moment is None or met <= moment, mark.duty
        )
    late = moment is not None and moment < now and not over
    return MarkState(mark.name, mark.label, moment, None, "late" if late else "waiting", None, mark.duty)


def _first_day(start, clock):
    late = clock.cut_off_hour is not None and _after_hour(local(start), clock.cut_off_hour)
    return local_day(start) + timedelta(days=late)


def _after_hour(here, hour):
    return (here.hour, here.minute, here.second, here.microsecond) > (hour, 0, 0, 0)
