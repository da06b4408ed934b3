"""What the 13710 strip says of each mark: its digit, its word, its day, and which mark is next."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yige.lib import local_time

DIGITS = {"当天": "1", "3天": "3", "7天": "7", "1个月": "1", "清零": "0"}
WORDS = {"met": "已做到", "waiting": "未到期", "late": "已超时", "parked": "已挂账"}
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


def words_of_marks(marks, now) -> list[Mark]:
    """Put the marks of a case into words; the first one still waiting is the next one."""
    following = next((mark for mark in marks if _of(mark, "state") == "waiting"), None)
    return [_words_of_mark(mark, now, mark is following) for mark in marks]


def _words_of_mark(mark, now, is_next: bool) -> Mark:
    label, state, due, met_at = (_of(mark, name) for name in ("label", "state", "due", "met_at"))
    word = WORDS[state]
    tardy = bool(state == "met" and met_at and due and met_at > due)
    if tardy:
        word = "晚些做到"
    elif is_next and due:
        word = local_time.left_words(due, now).replace(" ", "")
    elif state == "waiting" and label == CLEARED:
        word = "还没销号"
    when = met_at if state == "met" else due
    shown = short_day(when, now) if when else ""
    return Mark(digit_of(label), label, state, word, shown, is_next, tardy)


def draw_row(marks, now) -> SafeString:
    """Draw the strip in one line: its digits and the one sentence that matters now."""
    shown = words_of_marks(marks, now)
    said = _matters(shown)
    return draw_line(digits_of(marks), said.state, f"{said.label} {said.word}")


def digits_of(marks) -> tuple[tuple[str, str], ...]:
    """Return (digit, state) of each mark of a strip, as `draw_line` takes them."""
    return tuple((digit_of(_of(mark, "label")), _of(mark, "state")) for mark in marks)


def digit_of(label: str) -> str:
    """Return the digit of a mark, which follows from the mark itself: a mark of two days says 2."""
    return DIGITS.get(label, label[:1])


def draw_line(digits: tuple, state: str, words: str) -> SafeString:
    """Draw a strip in one line, everywhere alike: digits in their states, and a sentence in the state of the case."""
    return format_html(LINE, draw_digits(digits), state, words)


@lru_cache(maxsize=1024)
def draw_digits(digits: tuple) -> SafeString:
    """Draw the digits; there are few patterns, so each is drawn once. The first that waits is the next."""
    following = next((place for place, (_, state) in enumerate(digits) if state == "waiting"), None)
    parts = (
        (state, SafeString(" data-next") if place == following else "", digit)
        for place, (digit, state) in enumerate(digits)
    )
    return format_html(ROW, format_html_join("", DIGIT, parts))


def _matters(shown: list[Mark]) -> Mark:
    for wanted in (
        lambda mark: mark.state == "late",
        lambda mark: mark.state == "parked",
        lambda mark: mark.next,
    ):
        if found := next(filter(wanted, shown), None):
            return found
    return shown[-1]


def short_day(at, now) -> str:
    """11月22日; with its year when that is not this year."""
    here, today = local_time.local_day(at) if isinstance(at, datetime) else at, local_time.local_day(now)
    year = "" if here.year == today.year else f"{here.year}年"
    return f"{year}{here.month}月{here.day}日"


def _of(mark, name):
    return mark[name] if isinstance(mark, dict) else getattr(mark, name)
