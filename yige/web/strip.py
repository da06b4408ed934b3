"""What the 13710 strip says of each mark, and what every list and page says of a case's time: one renderer."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yige.cases.deadlines import EXTENDED, OF_HOURS, PARKED
from yige.cases.words import Outcome, State
from yige.lib import local_time

DIGITS = {"当天": "1", "3天": "3", "7天": "7", "1个月": "1", "清零": "0"}
# fmt: off
WORDS = {
    #  how it stands, under which plan: (in time, too late)
    ("met",     ""):        ("已做到",     "超时后做到"),
    ("met",     EXTENDED):  ("延期内做到", "超时后做到"),
    ("met",     PARKED):    ("按计划做到", "超时后做到"),
    ("waiting", ""):        ("未到期",     "未到期"),
    ("late",    ""):        ("已超时",     "已超时"),
    ("late",    EXTENDED):  ("延期后超时", "延期后超时"),
    ("late",    PARKED):    ("挂账后超时", "挂账后超时"),
    (EXTENDED,  EXTENDED):  ("延期至",     "超时后延期至"),
    (PARKED,    PARKED):    ("已挂账",     "超时后挂账"),
    ("stopped", ""):        ("不再计时",   "不再计时"),
}
STOPPED = {
    #                 in a line of a list        on the page of the case
    State.REJECTED:  ("不予受理，不再计时",     "不予受理，计时停在{day}。"),
    State.MERGED:    ("已并案，不再单独计时",   "已并入另一件，和它一起办、一起计时；这里停在{day}。"),
    State.WITHDRAWN: ("已撤回，不再计时",       "已撤回，计时停在{day}。"),
}
# fmt: on
CLEARED = "清零"
DIGIT = '<span class="yg-strip-row__digit" data-state="{}"{}>{}</span>'
ROW = '<span class="yg-strip-row__digits" aria-hidden="true">{}</span>'
LINE = '<span class="yg-strip-row">{}<span class="yg-strip-row__word" data-state="{}">{}</span></span>'


class Mark(NamedTuple):
    """One of the five, ready to be shown."""

    digit: str
    label: str
    state: str
    word: str
    day: str
    next: bool
    tardy: bool


def words_of_marks(outlook, now) -> list[Mark]:
    """Put the five marks of a case into words; the one that comes next says how long it has."""
    following = outlook.next.name if outlook.next else ""
    return [_words_of_mark(mark, now, mark.name == following) for mark in outlook.marks]


def _words_of_mark(mark, now, is_next: bool) -> Mark:
    waits = mark.state == "waiting"
    word = WORDS[mark.state, "" if waits else mark.plan][mark.kept is False]
    if waits and is_next:
        word = local_time.left_words(mark.due, now).replace(" ", "")
    elif waits and mark.label == CLEARED:
        word = "还没销号"
    when = mark.met_at if mark.state == "met" else mark.due
    shown = short_day(when, now) if when else ""
    if mark.state == PARKED:
        shown += "复核"
    return Mark(digit_of(mark.label), mark.label, mark.state, word, shown, is_next, mark.kept is False)


def draw_row(outlook, now) -> SafeString:
    """Draw the strip in one line, everywhere alike: its digits and the one sentence that matters now."""
    following = outlook.next.name if outlook.next else ""
    digits = tuple((digit_of(mark.label), mark.state, mark.name == following) for mark in outlook.marks)
    return format_html(LINE, draw_digits(digits), *line_words(outlook, now))


def line_words(outlook, now) -> tuple[str, str]:
    """Return (state, sentence) for one line: the oldest missed mark, else the next, else how it ended."""
    if outlook.stopped:
        return "stopped", STOPPED[outlook.state][0]
    mark = outlook.matters
    if mark is None:
        return "met", Outcome(outlook.outcome).label if outlook.outcome else State.CLEARED.label
    if mark in outlook.missed:
        return "late", f"{mark.label} 超时 {local_time.span_words(now - mark.due)}"
    return mark.plan or "waiting", f"{mark.label} {local_time.left_words(mark.due, now)}"


def notes_for_reporter(outlook, now) -> list[tuple[str, str]]:
    """Return (state, sentence) below the strip for who reported: what was missed, what follows, by when."""
    if outlook.stopped:
        return [_stop_note(outlook, now)]
    told = [
        ("late", f"“{mark.label}”没有按时做到：最迟{_when(mark, now)}要{mark.promise}。")
        for mark in outlook.missed
    ]
    told += [
        (mark.state, f"{_plan_words(mark, now)}时间照样从头算，事情不会丢。") for mark in _plan_marks(outlook)
    ]
    if outlook.next:
        told.append(("next", f"接下来：最迟{_when(outlook.next, now)}，{outlook.next.promise}。"))
    elif outlook.missed:
        told.append(("next", "时限都过了，事情还要办完才能销号，上一级看得到。"))
    return told + _quick_note(outlook, now)


def notes_for_staff(outlook, now) -> list[tuple[str, str]]:
    """Return the same for staff, in the words of their duty."""
    if outlook.stopped:
        return [_stop_note(outlook, now)]
    told = [
        ("late", f"“{mark.label}”超时 {local_time.span_words(now - mark.due)}（{_when(mark, now)}到期），还要做到：{mark.duty}。")
        for mark in outlook.missed
    ]  # fmt: skip
    if mark := outlook.next:
        left = local_time.left_words(mark.due, now)
        told.append(("next", f"“{mark.label}”{_when(mark, now)}到期，{left}，要做到：{mark.duty}。"))
    return told + _quick_note(outlook, now)


def _stop_note(outlook, now):
    day = short_day(outlook.stopped_at, now) if outlook.stopped_at else "这里"
    return "stopped", STOPPED[outlook.state][1].format(day=day)


def _plan_marks(outlook):
    """Return the first mark that stands under a plan in force, if any."""
    return [mark for mark in outlook.marks if mark.state in (EXTENDED, PARKED)][:1]


def _plan_words(mark, now):
    day = short_day(mark.due, now)
    return f"经批准延期至{day}，" if mark.state == EXTENDED else f"已挂账，{day}前复核，"


def _quick_note(outlook, now):
    """Return what became of the mark of hours, which has no place among the five; unmet it is told as every other."""
    mark = outlook.quick
    if mark is None or mark.state != "met":
        return []
    word = WORDS["met", ""][mark.kept is False]
    return [
        (
            "met" if mark.kept else "late",
            f"“{mark.label}”{word}：{local_time.moment_words(mark.met_at, now)}。",
        )
    ]


def _when(mark, now):
    """Return the day of a mark, for one of hours its minute too."""
    return local_time.moment_words(mark.due, now) if mark.name in OF_HOURS else short_day(mark.due, now)


def digit_of(label: str) -> str:
    """Return the digit of a mark, which follows from the mark itself: a mark of two days says 2."""
    return DIGITS.get(label, label[:1])


@lru_cache(maxsize=1024)
def draw_digits(digits: tuple) -> SafeString:
    """Draw the digits, (digit, state, whether it is next) each; there are few patterns, so each is drawn once."""
    parts = ((state, SafeString(" data-next") if is_next else "", digit) for digit, state, is_next in digits)
    return format_html(ROW, format_html_join("", DIGIT, parts))


def short_day(when, now) -> str:
    return local_time.short_date_words(when, local_time.local_day(now))
