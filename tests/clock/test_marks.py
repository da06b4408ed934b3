"""Missed marks give cards, near ones a word; each once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life, reported
from yige.cases import actions, clockwork
from yige.cases.models import Card, Case, RuleValue
from yige.cases.words import Colour
from yige.notices.models import Notice

EVENING = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)  # 20:30 in Shanghai, three hours before the end of the day
TUESDAY = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


def cards(case):
    return [(card.mark, card.colour, card.unit.slug if card.unit else "") for card in case.cards.all()]


def told(user, kind):
    return [notice.title for notice in Notice.objects.inbox(user).filter(kind=kind)]


def test_nothing_happens_before_the_evening(here):
    reported(here)

    assert clockwork.wake(MONDAY_NOON + timedelta(hours=1)) == {}


def test_a_mark_that_is_near_is_said_once(here):
    case = life(here, until="dispatched")

    assert clockwork.wake(EVENING)["reminders"] == 1
    assert clockwork.wake(EVENING + timedelta(minutes=30)) == {}
    assert told(here.worker, "reminded") == [f"“当天”还剩 3 小时 {case.number}"]


def test_a_missed_day_gives_a_yellow_card_to_the_unit_that_has_the_case(here):
    case = life(here, until="dispatched")

    done = clockwork.wake(TUESDAY)

    assert done["yellow_cards"] == 1
    assert cards(case) == [("day1", Colour.YELLOW, "team")]
    assert case.cards.get().reason == (
        "“当天”的时限是3月2日 周一 23:59，到时还没有做到：受理、明确承办人、联系反映人。"
    )
    assert told(here.worker, "card") == told(here.grid_head, "card") == told(here.desk, "card")
    assert told(here.worker, "card") == [f"黄牌：“当天”已超时 {case.number}"]
    assert told(here.street_head, "card") == told(here.neighbour_head, "card") == []


def test_nobody_accepted_it_the_card_is_the_street_offices(here):
    case = reported(here)

    clockwork.wake(TUESDAY)

    assert cards(case) == [("day1", Colour.YELLOW, "street")]


def test_the_second_yellow_of_a_round_is_red(here):
    case = life(here, until="dispatched")

    clockwork.wake(TUESDAY)
    clockwork.wake(FRIDAY)

    assert cards(case) == [("day1", Colour.YELLOW, "team"), ("day3", Colour.RED, "team")]
    assert told(here.street_head, "card") == [f"红牌：“3天”已超时 {case.number}"]


def test_a_lifted_yellow_does_not_count_towards_red(here):
    case = life(here, until="dispatched")
    clockwork.wake(TUESDAY)
    case.cards.update(lifted_at=TUESDAY)

    clockwork.wake(FRIDAY)

    assert [colour for _, colour, _ in cards(case)] == [Colour.YELLOW, Colour.YELLOW]


def test_a_case_handled_in_time_gets_no_card(here):
    case = life(here, until="handled")

    clockwork.wake(MONDAY_NOON + timedelta(days=40))

    assert cards(case) == []


def test_a_late_verb_cannot_hide_a_missed_mark(here):
    case = life(here, until="signed")

    act("contact", case, by=here.worker, at=TUESDAY, how="no_way", words="直接去看")
    clockwork.wake(TUESDAY + timedelta(minutes=1))

    assert cards(case) == [("day1", Colour.YELLOW, "team")]


def test_an_approved_plan_after_the_mark_is_no_late_meeting_of_it(here):
    case = life(here, until="progressed")
    until = MONDAY_NOON + timedelta(days=20)
    case = act("extend", case, by=here.desk, at=MONDAY_NOON + timedelta(days=5), until=until, words="等配件")
    later = until + timedelta(days=10)
    act("extend", case, by=here.street_head, at=MONDAY_NOON + timedelta(days=19), until=later, words="再等")

    clockwork.wake(MONDAY_NOON + timedelta(days=19, hours=1))

    assert cards(case) == []


def test_a_late_check_is_said_to_the_one_who_dispatched_and_gives_no_card(here):
    case = life(here, until="handled")

    done = clockwork.wake(MONDAY_NOON + timedelta(days=5))

    assert done["late_checks"] == 1
    assert told(here.desk, "check_late") == [f"“核查办结”已超时 {case.number}"]
    assert cards(case) == []


def test_a_reopened_case_can_get_the_same_card_again(here):
    case = life(here, until="dispatched")
    clockwork.wake(TUESDAY)
    for verb, by, words in (
        ("sign", here.worker, {}),
        ("contact", here.worker, {"how": "no_way", "words": "联系了"}),
        ("finish", here.worker, {"words": "好了"}),
        ("close", here.desk, {"words": "查过"}),
        ("reopen", here.desk, {"words": "又坏了"}),
    ):
        case = act(verb, case, by=by, at=TUESDAY, **words)

    clockwork.wake(TUESDAY + timedelta(days=1))

    assert [(card.mark, card.round) for card in case.cards.all()] == [("day1", 0), ("day1", 1)]


def test_running_again_at_the_same_moment_does_nothing(here):
    life(here, until="dispatched")
    clockwork.wake(FRIDAY)
    before = Card.objects.count(), Notice.objects.count()

    again = clockwork.wake(FRIDAY)

    assert again == {}
    assert (Card.objects.count(), Notice.objects.count()) == before


def test_one_odd_case_does_not_stop_the_others(here, caplog):
    odd, plain = life(here, until="dispatched"), life(here, until="dispatched")
    Case.objects.filter(pk=odd.pk).update(tier="nowhere")

    clockwork.wake(TUESDAY)

    assert cards(plain) == [("day1", Colour.YELLOW, "team")]
    assert f"case {odd.pk}" in caplog.text
    assert Case.objects.get(pk=odd.pk).wake_at == TUESDAY + clockwork.AGAIN


def test_cleared_cases_sleep(here):
    case = life(here, until="cleared")

    assert case.wake_at is None
    assert clockwork.wake(MONDAY_NOON + timedelta(days=400)) == {}


@pytest.mark.parametrize("n", [1, 3])
def test_more_sleeping_cases_cost_no_more_questions(here, n, django_assert_num_queries):
    for _ in range(n):
        reported(here)

    with django_assert_num_queries(3):  # begin, ask, commit
        clockwork.wake(MONDAY_NOON)


def test_a_changed_rule_sets_the_clocks_of_open_cases_anew(here):
    case = reported(here, at=MONDAY_NOON + timedelta(hours=6))  # 18:00, after the cut-off
    assert case.next_mark_at.date() == date(2026, 3, 3)

    actions.set_rule(RuleValue(name="cut_off_hour", value=20), by=here.system, at=TUESDAY)
    first, second, third = (
        clockwork.reset_clocks(TUESDAY + timedelta(minutes=minute)) for minute in (1, 6, 11)
    )

    assert Case.objects.get(pk=case.pk).next_mark_at.date() == date(2026, 3, 2)
    assert (first["reset"], second["reset"], third) == (1, 1, {})


def test_without_a_change_no_clock_is_touched(here):
    reported(here)

    assert clockwork.reset_clocks(TUESDAY) == {}
