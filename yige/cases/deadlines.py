"""13710: which mark is due when, and what meets it. Pure: no database, no clock. Rule: docs/policy/13710.md.

Two clocks. The reporter's clock starts with the report and never pauses. The duty clock, which gives cards,
starts with the report too, but on the next day when it came after the cut-off (17:00); a reopened case
starts both again. What a page tells of either (what was missed, what comes next, the five of the strip) is the
one `outlook` of the case on that clock.
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
    promise: str
    strip: bool


# fmt: off
MARKS = (
    #    name       label       since          minutes       days months met by all of these             or any one of these                     which cases                    card when missed  what has to be there                    what the reporter can expect             on the strip
    Mark("hour2",   "2小时",    "clock_from",    2 * HOUR,    0,   0,   (),                              ("handled_at", "progress_at"),          frozenset({Urgency.EMERGENCY}), Colour.RED,       "到场并反馈处置情况",                     "到场处置",                              False),
    Mark("hour24",  "24小时",   "clock_from",   24 * HOUR,    0,   0,   (),                              ("handled_at", "progress_at"),          frozenset({Urgency.URGENT}),    Colour.YELLOW,    "处置或反馈进展",                         "处置或告诉您进展",                      False),
    Mark("day1",    "当天",     "clock_from",   0,            0,   0,   ("accepted_at", "contacted_at"), ("handled_at",),                        ALL,                            Colour.YELLOW,    "受理、明确承办人、联系反映人",           "定下谁来办、联系您",                    True),
    Mark("day3",    "3天",      "clock_from",   0,            3,   0,   (),                              ("progress_at", "handled_at"),          ALL,                            Colour.YELLOW,    "反馈办理进展：核实结果和措施",           "告诉您核实的结果和办法",                True),
    Mark("day7",    "7天",      "clock_from",   0,            7,   0,   (),                              ("handled_at", "planned_at"),           ALL,                            Colour.RED,       "一般事项办好；办不好的说明理由并经批准", "办好，办不好的说明为什么",              True),
    Mark("month1",  "1个月",    "clock_from",   0,            0,   1,   (),                              ("handled_at", "parked_at"),            ALL,                            Colour.RED,       "疑难事项办好，或公布有时间节点的计划",   "办好，或者公布有时间的计划",            True),
    Mark("plan",    "计划到期", "planned_at",   0,            0,   0,   (),                              ("handled_at",),                       ALL,                            Colour.RED,       "按批准的计划办好，或重新报批",           "按计划办好",                            False),
    Mark("check",   "核查办结", "handled_at",   0,            3,   0,   (),                              ("closed_at",),                         ALL,                            "",               "派单的人核查，答复反映人",               "核查、答复您",                          False),
    Mark("clear",   "清零",     "closed_at",    0,           15,   0,   (),                              ("cleared_at",),                        ALL,                            "",               "反映人确认或回访，事事有结果",           "请您说一声解决得怎么样，或者打电话问您", True),
)
# fmt: on

MARK_BY_NAME = {mark.name: mark for mark in MARKS}
STRIP_MARKS = tuple(mark for mark in MARKS if mark.strip)
OF_HOURS = frozenset(mark.name for mark in MARKS if mark.minutes)
PARKED, EXTENDED = "parked", "extended"  # the two kinds of an approved plan
# What stands under a plan: an extension moves the seven days and nothing else (§10), parking both (§3, §4).
MOVED_BY = {EXTENDED: ("day7",), PARKED: ("day7", "month1")}
PLAN_LABELS = {EXTENDED: "延期到期", PARKED: "挂账复核"}
STOPPED = (
    State.REJECTED,
    State.MERGED,
    State.WITHDRAWN,
)  # what ended without being solved: its clock stands still
MAJOR_CLEAR_DAYS = 45  # a major case is cleared after its first look-back at +30 days


class Clock(NamedTuple):
    """How days are counted: the calendar, the cut-off hour (None: no cut-off), marks in working days."""

    days: WorkCalendar = WorkCalendar()
    cut_off_hour: int | None = None
    working: frozenset = frozenset()

    @property
    def label(self) -> str:
        """Say whose clock this is, for beside every time that is counted on it."""
        if self.cut_off_hour is None:
            return "从反映当天算"
        return f"责任时限，{self.cut_off_hour}点后收到的从次日算"


class Plan(NamedTuple):
    """A plan that a leader approved: an extension or a parking, first when, until when."""

    kind: str
    approved_at: datetime
    until: datetime


class MarkState(NamedTuple):
    """One mark as a page shows it: `state` is met, waiting, late, extended, parked or stopped.

    `kept` says met, or moved by a plan, in time; `plan` is the kind of the plan that moved it, or "".
    """

    name: str
    label: str
    due: datetime | None
    met_at: datetime | None
    state: str
    kept: bool | None
    duty: str
    promise: str = ""
    plan: str = ""


class Outlook(NamedTuple):
    """Where a case stands on one clock: the strip, what was missed, what comes next, when it stopped."""

    marks: tuple
    missed: tuple
    next: MarkState | None
    quick: MarkState | None
    stopped_at: datetime | None
    state: str
    outcome: str
    clock: Clock

    @property
    def stopped(self) -> bool:
        """Say whether its clock stands still: not taken on, merged into another, or taken back."""
        return self.state in STOPPED

    @property
    def matters(self) -> MarkState | None:
        """Return the one mark that a line of a list tells: the oldest missed, else the next."""
        return self.missed[0] if self.missed else self.next


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
        return end_of_day(add_months(first, mark.months))
    count = MAJOR_CLEAR_DAYS if mark.name == "clear" and case.nature == "major" else mark.days
    return end_of_day(clock.days.nth(first, count, working=mark.name in clock.working))


def moved_to(case) -> datetime | None:
    """Return the moment of the approved plan, or None."""
    return case.parked_until or case.extended_until


def plan_of(case) -> Plan | None:
    """Return the approved plan of this round, or None; a parking goes before an extension."""
    if case.planned_at is None or moved_to(case) is None:
        return None
    return Plan(PARKED if case.parked_until else EXTENDED, case.planned_at, moved_to(case))


def plan_over(mark, case) -> Plan | None:
    """Return the plan that stands over this mark, or None."""
    plan = plan_of(case)
    if plan is None or mark.name not in MOVED_BY[plan.kind]:
        return None
    return plan._replace(approved_at=case.parked_at) if mark.name == "month1" and case.parked_at else plan


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
    """Return the five marks of the 13710 strip as they stand now, by default on the reporter's clock."""
    return [mark_state(mark, case, now, clock) for mark in STRIP_MARKS]


def outlook(case, now, clock=REPORTERS_CLOCK) -> Outlook:
    """Return all that any page tells of a case's time: the one answer, on one clock."""
    stopped = case.state in STOPPED
    waiting = [] if stopped else waiting_marks(case, clock)
    shown = [(moment, mark_state(mark, case, now, clock)) for moment, mark in waiting]
    return Outlook(
        marks=tuple(strip_marks(case, now, clock)),
        missed=tuple(state for moment, state in shown if moment < now),
        next=next((state for moment, state in shown if moment >= now), None),
        quick=_quick(case, now, clock),
        stopped_at=case.ended_at if stopped else None,
        state=case.state,
        outcome=case.outcome,
        clock=clock,
    )


def _quick(case, now, clock):
    """Return the mark of hours that this urgency has besides the five, or None."""
    found = next((mark for mark in MARKS if mark.name in OF_HOURS and case.urgency in mark.which), None)
    return mark_state(found, case, now, clock) if found else None


def mark_state(mark, case, now, clock) -> MarkState:
    """Return how one mark stands: by its own day, under an approved plan, or where the case stopped."""
    limit, stopped = due(mark, case, clock), case.state in STOPPED
    now = case.ended_at or case.clock_from if stopped else now
    plan = plan_over(mark, case)
    if plan and limit:
        shown = _under_plan(mark, case, now, limit, plan)
    else:
        shown = _by_its_day(mark, case, now, limit)
    open_still = shown.state in ("waiting", EXTENDED, PARKED)
    return shown._replace(state="stopped", due=None, kept=None) if stopped and open_still else shown


def _by_its_day(mark, case, now, limit):
    met = met_at(mark, case)
    late = met is None and limit is not None and limit < now
    state = "met" if met else "late" if late else "waiting"
    kept = (limit is None or met <= limit) if met else None
    kind = plan_of(case) if mark.name == "plan" else None
    return _state(mark, limit, met, state, kept, kind.kind if kind else "")


def _under_plan(mark, case, now, limit, plan):
    """A plan that came in time keeps the mark until its own day; what came late keeps nothing."""
    in_time = plan.approved_at <= limit
    allowed = max(limit, plan.until) if in_time else limit
    if done := case.handled_at:
        by_plan = plan.kind if limit < done <= allowed else ""
        return _state(mark, allowed, done, "met", done <= allowed, by_plan)
    return _state(mark, plan.until, None, "late" if plan.until < now else plan.kind, in_time, plan.kind)


def _state(mark, moment, met, state, kept, plan):
    label = PLAN_LABELS.get(plan, mark.label) if mark.name == "plan" else mark.label
    return MarkState(mark.name, label, moment, met, state, kept, mark.duty, mark.promise, plan)


def _first_day(start, clock):
    late = clock.cut_off_hour is not None and _after_hour(local(start), clock.cut_off_hour)
    return local_day(start) + timedelta(days=late)


def _after_hour(here, hour):
    return (here.hour, here.minute, here.second, here.microsecond) > (hour, 0, 0, 0)
