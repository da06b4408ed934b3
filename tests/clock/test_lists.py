"""Look-backs, returns, reviews, follow-ups: told once; silence clears as “no answer”."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life, reported
from yige.accounts.actors import LinkHolder
from yige.cases import after_closing, clockwork
from yige.cases.models import Case
from yige.cases.words import Outcome, State
from yige.clock import acts
from yige.notices.models import Notice

DAY = timedelta(days=1)
PHONE = {"phone": "13800000000"}


def told(user, kind):
    return Notice.objects.inbox(user).filter(kind=kind).count()


def closed(here, **said):
    return life(here, until="closed", **said)


def test_a_due_look_back_is_told_once_to_the_heads(here):
    closed(here, nature="major")

    assert clockwork.tell_look_backs(MONDAY_NOON + 29 * DAY) == {}
    assert clockwork.tell_look_backs(MONDAY_NOON + 30 * DAY)["look_backs"] == 1
    assert clockwork.tell_look_backs(MONDAY_NOON + 31 * DAY)["look_backs"] == 0
    assert (told(here.desk, "look_back"), told(here.worker, "look_back")) == (1, 0)


def test_two_returns_that_wait_a_day_are_told_to_the_street(here):
    case = life(here, until="dispatched")
    for minute in (60, 120):
        at = MONDAY_NOON + timedelta(minutes=minute)
        case = act("hand_back", case, by=here.worker, at=at, reason="wrong_place", words="不在这")
        if minute == 60:
            case = act("dispatch", case, by=here.desk, at=at, unit=here.team_unit, person=here.worker)

    assert clockwork.tell_returns(at + timedelta(hours=23)) == {}
    assert clockwork.tell_returns(at + timedelta(hours=25)) == {"returns": 1}
    assert clockwork.tell_returns(at + timedelta(hours=26)) == {}
    assert told(here.street_head, "returned") == 1


def test_a_parked_case_is_reviewed_before_its_date(here):
    case = life(here, until="handling")
    until = MONDAY_NOON + 20 * DAY
    act("park", case, by=here.street_head, at=MONDAY_NOON + DAY, until=until, words="等汛期过后开挖")

    assert clockwork.tell_reviews(MONDAY_NOON + 10 * DAY) == {}
    assert clockwork.tell_reviews(MONDAY_NOON + 18 * DAY) == {"reviews": 1}
    assert clockwork.tell_reviews(MONDAY_NOON + 19 * DAY) == {}
    assert told(here.worker, "review_due") == 1


def test_the_follow_up_list_is_told_once_a_day(here):
    closed(here, contact=PHONE)

    assert (
        acts.tell_follow_ups(MONDAY_NOON + DAY)["told"] == 1
    )  # the intake post; the desk dispatched it and checked it
    assert acts.tell_follow_ups(MONDAY_NOON + DAY)["told"] == 0
    assert told(here.other_desk, "follow_up") == 0


@pytest.mark.parametrize(
    "attempts, days, state", [(1, 20, State.CLOSED), (2, 14, State.CLOSED), (2, 16, State.CLEARED)]
)
def test_silence_after_two_attempts_is_no_answer(here, attempts, days, state):
    case = closed(here, contact=PHONE)
    for day in range(attempts):
        act(
            "follow_up", case, by=here.intake, at=MONDAY_NOON + (day + 1) * DAY, reached=False, words="没人接"
        )

    acts.clear_what_is_over(MONDAY_NOON + days * DAY)

    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.outcome) == (state, Outcome.NO_ANSWER if state == State.CLEARED else "")


def test_an_anonymous_reporter_needs_no_call_only_time(here):
    case = closed(here)

    acts.clear_what_is_over(MONDAY_NOON + 14 * DAY)
    early = Case.objects.get(pk=case.pk).state
    acts.clear_what_is_over(MONDAY_NOON + 16 * DAY)

    assert (early, Case.objects.get(pk=case.pk).state) == (State.CLOSED, State.CLEARED)


def test_clearing_twice_acts_once(here):
    closed(here)

    first, second = (acts.clear_what_is_over(MONDAY_NOON + 16 * DAY) for _ in range(2))

    assert (first, second) == ({"no_answer": 1}, {})


def test_a_major_case_waits_for_its_look_back_even_when_confirmed(here):
    case = closed(here, nature="major", contact=PHONE)
    said = {"reached": True, "contacted": True, "solved": "yes", "satisfied": "yes"}
    act("follow_up", case, by=here.intake, at=MONDAY_NOON + DAY, **said)

    before = acts.clear_what_is_over(MONDAY_NOON + 31 * DAY)
    act("look_back", case, by=here.street_head, at=MONDAY_NOON + 31 * DAY, result="holds", words="没反弹")
    after = acts.clear_what_is_over(MONDAY_NOON + 32 * DAY)

    assert (before, after) == ({}, {"followed_up": 1})


def test_what_somebody_settled_is_cleared_unless_picked_for_a_check(here):
    case = reported(here, by=here.worker, channel="patrol")
    case = act("settle", case, by=here.worker, at=MONDAY_NOON, words="扶正了护栏")
    picked = case.lookbacks.exists()

    done = acts.clear_what_is_over(MONDAY_NOON + timedelta(hours=1))

    assert done == ({} if picked else {"light": 1})


def test_partly_solved_waits_for_a_person(here):
    case = closed(here)
    said = {"contacted": True, "solved": "partly", "satisfied": "fair"}
    act("rate", case, by=LinkHolder(case.pk), at=MONDAY_NOON + DAY, **said)

    assert acts.clear_what_is_over(MONDAY_NOON + 40 * DAY) == {}
    assert [row.pk for row in after_closing.to_decide()] == [case.pk]
    assert not after_closing.to_call().exists()


def test_a_reopened_major_case_is_looked_back_on_for_its_last_round(here):
    case = closed(here, nature="major")
    case = act("reopen", case, by=here.desk, at=MONDAY_NOON + DAY, words="又塌了")
    while_open = clockwork.tell_look_backs(MONDAY_NOON + 31 * DAY)["look_backs"]
    at = MONDAY_NOON + 2 * DAY
    for verb, by, words in (
        ("dispatch", here.desk, {"unit": here.team_unit, "person": here.worker}),
        ("sign", here.worker, {}),
        ("contact", here.worker, {"how": "no_way", "words": "联系了"}),
        ("finish", here.worker, {"words": "重做了"}),
        ("close", here.desk, {"words": "查过"}),
    ):
        case = act(verb, case, by=by, at=at, **words)

    again = clockwork.tell_look_backs(MONDAY_NOON + 33 * DAY)["look_backs"]
    act("look_back", case, by=here.street_head, at=MONDAY_NOON + 33 * DAY, result="holds", words="没反弹")

    assert (while_open, again) == (0, 1)
    assert case.lookbacks.get(held_at__isnull=False).round == 1
