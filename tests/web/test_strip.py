import re
from datetime import timedelta

import pytest
from django.template import Context, Template

from tests.cases.blank import START, here
from tests.cases.blank import case as blank_case
from yige.cases import deadlines
from yige.cases.words import Outcome
from yige.console.cases.rows import queue
from yige.web import strip

DUTY = deadlines.Clock(cut_off_hour=17)
PLAN = {"planned_at": here("2026-03-08T10:00")}
PARKED = PLAN | {"parked_at": here("2026-03-08T10:00"), "parked_until": here("2026-04-01T23:59:59")}
EXTENDED = PLAN | {"extended_until": here("2026-03-20T23:59:59")}
BEGUN = {"accepted_at": START, "contacted_at": START, "progress_at": START}


def outlook_of(now, clock=DUTY, **facts):
    return deadlines.outlook(blank_case(**{"reported_at": START, **facts}), here(now), clock)


def said(now, **facts):
    return strip.words_of_marks(outlook_of(now, **facts), here(now))


def line(now, **facts):
    return strip.line_words(outlook_of(now, **facts), here(now))


def test_five_marks_spell_13710():
    shown = said("2026-03-06T10:00", **BEGUN)

    assert "".join(each.digit for each in shown) == "13710"
    assert [each.next for each in shown] == [False, False, True, False, False]
    assert shown[2].word == "还剩3天"


def test_met_after_its_day_says_so():
    shown = said("2026-03-08T10:00", accepted_at=START, contacted_at=here("2026-03-05T10:00"))[0]

    assert (shown.word, shown.tardy) == ("超时后做到", True)


def test_extension_is_no_parking_and_says_until_when():
    shown = said("2026-03-10T10:00", **BEGUN, **EXTENDED)

    assert (shown[2].word, shown[2].day) == ("延期至", "3月20日")
    assert (shown[3].word, shown[3].day) == ("未到期", "4月2日")
    assert "已挂账" not in "".join(each.word for each in shown)


def test_parked_marks_keep_their_word():
    html = Template("{% load yige %}{% strip outlook %}").render(
        Context(
            {"outlook": outlook_of("2026-03-10T10:00", **BEGUN, **PARKED), "now": here("2026-03-10T10:00")}
        )
    )

    assert html.count("已挂账") == 2
    assert html.count("4月1日复核") == 2
    assert html.count("<li") == 5
    assert "责任时限，17点后收到的从次日算" in html


@pytest.mark.parametrize(
    ("now", "facts", "words"),
    [
        ("2026-03-02T12:00", {}, "当天 还剩 11 小时"),
        ("2026-03-02T11:00", {"urgency": "emergency"}, "2小时 还剩 1 小时"),
        ("2026-03-02T15:00", {"urgency": "emergency"}, "2小时 超时 3 小时"),
        ("2026-03-04T10:00", {"urgency": "urgent", "accepted_at": START, "contacted_at": START}, "24小时 超时 1 天"),
        ("2026-03-06T10:00", {}, "当天 超时 3 天"),
        ("2026-03-10T10:00", BEGUN | EXTENDED, "延期到期 还剩 10 天"),
        ("2026-03-22T10:00", BEGUN | EXTENDED, "延期到期 超时 1 天"),
        ("2026-03-10T10:00", BEGUN | PARKED, "挂账复核 还剩 22 天"),
        ("2026-03-05T10:00", {"state": "handled", "handled_at": START}, "核查办结 还剩 13 小时"),
        ("2026-04-10T10:00", {"state": "merged", "ended_at": START}, "已并案，不再单独计时"),
        ("2026-04-10T10:00", {"state": "withdrawn", "ended_at": START}, "已撤回，不再计时"),
        ("2026-04-10T10:00", {"state": "rejected", "ended_at": START}, "不予受理，不再计时"),
        (
            "2026-04-10T10:00",
            {"state": "cleared", "handled_at": START, "closed_at": START, "cleared_at": START, "outcome": "no_answer"},
            Outcome.NO_ANSWER.label,
        ),
    ],
)  # fmt: skip
def test_a_line_tells_what_matters_now(now, facts, words):
    assert line(now, **facts)[1] == words


def test_mark_without_a_day_stays_silent_about_it():
    shown = said("2026-03-02T12:00")[4]

    assert (shown.word, shown.day) == ("还没销号", "")


def test_resident_reads_what_was_missed_and_what_follows():
    told = [
        words
        for _, words in strip.notes_for_reporter(outlook_of("2026-03-06T10:00"), here("2026-03-06T10:00"))
    ]

    assert told == [
        "“当天”没有按时做到：最迟3月2日要定下谁来办、联系您。",
        "“3天”没有按时做到：最迟3月5日要告诉您核实的结果和办法。",
        "接下来：最迟3月9日，办好，办不好的说明为什么。",
    ]


def test_resident_reads_the_hours_of_an_emergency_after_they_were_kept_or_not():
    now = "2026-03-03T10:00"
    for at, words in (("2026-03-02T11:00", "“2小时”已做到："), ("2026-03-02T18:00", "“2小时”超时后做到：")):
        outlook = outlook_of(now, urgency="emergency", progress_at=here(at))
        assert strip.notes_for_reporter(outlook, here(now))[-1][1].startswith(words)


@pytest.mark.parametrize("notes", [strip.notes_for_reporter, strip.notes_for_staff])
@pytest.mark.parametrize("state", ["merged", "withdrawn", "rejected"])
def test_stopped_strip_says_when_and_why(notes, state):
    outlook = outlook_of("2026-04-10T10:00", state=state, ended_at=here("2026-03-04T10:00"))

    [(_, words)] = notes(outlook, here("2026-04-10T10:00"))

    assert "停在3月4日" in words


def test_mark_of_two_days_never_shows_a_three(monkeypatch):
    """The digit follows from the mark, on the resident's page as in the rows of the desk."""
    two_days = [
        mark._replace(label="2天", days=2) if mark.name == "day3" else mark for mark in deadlines.STRIP_MARKS
    ]
    monkeypatch.setattr(deadlines, "STRIP_MARKS", tuple(two_days))
    case = blank_case(reported_at=START)

    assert [each.digit for each in said("2026-03-02T12:00")] == ["1", "2", "7", "1", "0"]
    for drawn in (
        queue.marks(case, START + timedelta(hours=1), DUTY),
        strip.draw_row(outlook_of("2026-03-02T12:00"), here("2026-03-02T12:00")),
    ):
        assert re.findall(r"__digit[^>]*>(\d)</span>", drawn) == ["1", "2", "7", "1", "0"]
