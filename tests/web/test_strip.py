import re
from datetime import UTC, datetime, timedelta

from django.template import Context, Template

from tests.cases.blank import case as blank_case
from yige.cases import deadlines
from yige.console.cases.rows import queue
from yige.web import strip

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def mark(label, state, due=None, met_at=None):
    return {"label": label, "state": state, "due": due, "met_at": met_at}


def five(*states, due=timedelta(days=3)):
    labels = ("当天", "3天", "7天", "1个月", "清零")
    return [
        mark(label, state, NOW + due, NOW if state == "met" else None)
        for label, state in zip(labels, states, strict=True)
    ]


def test_five_marks_spell_13710():
    said = strip.words_of_marks(five("met", "met", "waiting", "waiting", "waiting"), NOW)

    assert "".join(each.digit for each in said) == "13710"
    assert [each.next for each in said] == [False, False, True, False, False]
    assert said[2].word == "还剩3天"


def test_met_after_its_day_says_so():
    (said,) = strip.words_of_marks([mark("3天", "met", NOW - timedelta(days=1), NOW)], NOW)

    assert (said.word, said.tardy) == ("晚些做到", True)


def test_row_tells_the_late_mark_first():
    html = strip.draw_row(five("met", "late", "waiting", "waiting", "waiting"), NOW)

    assert "3天 已超时" in html
    assert html.count('yg-strip-row__digit"') == 5


def test_row_of_a_cleared_case_tells_the_end():
    assert "清零 已做到" in strip.draw_row(five(*["met"] * 5), NOW)


def test_parked_marks_keep_their_word():
    html = Template("{% load yige %}{% strip marks %}").render(
        Context({"marks": five("met", "met", "parked", "parked", "parked"), "now": NOW})
    )

    assert html.count("已挂账") == 3
    assert html.count("<li") == 5


def test_mark_without_a_day_stays_silent_about_it():
    (said,) = strip.words_of_marks([mark("清零", "waiting")], NOW)

    assert (said.word, said.day) == ("还没销号", "")


def test_mark_of_two_days_never_shows_a_three():
    """The digit follows from the mark, on the resident's page as in the rows of the desk."""
    altered = [
        mark("当天", "met"),
        mark("2天", "waiting"),
        mark("7天", "waiting"),
        mark("1个月", "waiting"),
        mark("清零", "waiting"),
    ]

    assert [each.digit for each in strip.words_of_marks(altered, NOW)] == ["1", "2", "7", "1", "0"]
    assert re.findall(r">(\d)</span>", strip.draw_row(altered, NOW)) == ["1", "2", "7", "1", "0"]


def test_queue_draws_the_same_strip_as_every_other_list(monkeypatch):
    """One renderer: the queue's digits come from the marks of the table, whatever their days are."""
    two_days = [
        mark._replace(label="2天", days=2) if mark.name == "day3" else mark for mark in deadlines.STRIP_MARKS
    ]
    monkeypatch.setattr(deadlines, "STRIP_MARKS", tuple(two_days))
    case = blank_case(reported_at=NOW, next_mark="day1", next_mark_at=NOW + timedelta(hours=1))

    drawn = queue.marks(case, NOW, deadlines.Clock())

    assert re.findall(r"__digit[^>]*>(\d)</span>", drawn) == ["1", "2", "7", "1", "0"]
