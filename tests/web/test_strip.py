from datetime import UTC, datetime, timedelta

from django.template import Context, Template

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
    said = strip.told(five("met", "met", "waiting", "waiting", "waiting"), NOW)

    assert "".join(each.digit for each in said) == "13710"
    assert [each.next for each in said] == [False, False, True, False, False]
    assert said[2].word == "还剩3天"


def test_met_after_its_day_says_so():
    (said,) = strip.told([mark("3天", "met", NOW - timedelta(days=1), NOW)], NOW)

    assert (said.word, said.tardy) == ("晚些做到", True)


def test_row_tells_the_late_mark_first():
    html = strip.row(five("met", "late", "waiting", "waiting", "waiting"), NOW)

    assert "3天 已超时" in html
    assert html.count('yg-strip-row__digit"') == 5


def test_row_of_a_cleared_case_tells_the_end():
    assert "清零 已做到" in strip.row(five(*["met"] * 5), NOW)


def test_parked_marks_keep_their_word():
    html = Template("{% load yige %}{% strip marks %}").render(
        Context({"marks": five("met", "met", "parked", "parked", "parked"), "now": NOW})
    )

    assert html.count("已挂账") == 3
    assert html.count("<li") == 5


def test_mark_without_a_day_stays_silent_about_it():
    (said,) = strip.told([mark("清零", "waiting")], NOW)

    assert (said.word, said.day) == ("还没销号", "")
