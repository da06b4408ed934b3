"""A danger that nobody answers calls again, further each time, at night too; a look, an act, a judgement end the wait."""

from datetime import timedelta

import pytest

from tests.clock.test_twice import at_once
from tests.factories import MONDAY_NOON, act, category, life, reported
from yige.accounts.actors import LinkHolder
from yige.accounts.models import User
from yige.cases import actions, reporters, rules
from yige.cases.danger_calls import call_again
from yige.cases.models import Case, RuleValue
from yige.console.cases.rows import queue
from yige.notices.models import Notice

GAS = "楼道里好大一股煤气味，头晕"
NIGHT = MONDAY_NOON + timedelta(hours=14)  # 02:00 in Shanghai
NEAR = {"desk", "community_head", "grid_head"}


def after(minutes):
    return NIGHT + timedelta(minutes=minutes)


def gas(here, **said):
    return reported(here, words=GAS, category=category("other.unsure"), at=NIGHT, **said)


def called(case, at):
    """Let the clock run and return whom it told at this moment."""
    call_again(at)
    names = dict(User.objects.values_list("pk", "username"))
    found = Notice.objects.filter(subject_id=case.pk, kind="danger", created_at=at)
    return {names[row.user_id] for row in found}


def test_nobody_is_called_again_before_the_wait_is_over(here):
    assert called(gas(here), after(9)) == set()


def test_it_calls_the_near_ones_then_a_level_up_then_after_an_hour_and_each_once(here):
    case = gas(here)
    found = [called(case, after(minutes)) for minutes in (10, 11, 20, 21, 60, 61, 600)]

    assert found == [NEAR, set(), {*NEAR, "street_head"}, set(), {*NEAR, "street_head"}, set(), set()]


def test_at_night_it_is_sent_at_once_and_says_how_long_but_not_what(here):
    case = gas(here)
    call_again(after(10))

    sent = Notice.objects.get(subject_id=case.pk, user_id=here.desk.pk, created_at=after(10))
    assert (sent.urgent, sent.delivery, sent.send_after) == (True, "waiting", after(10))
    assert sent.title == f"可能有险情，10 分钟没有人应，请马上看 {case.number}"
    assert "写到“煤气味”" in sent.body


def test_a_worker_that_was_down_makes_the_furthest_call_once(here):
    case = gas(here)

    assert called(case, after(45)) == {*NEAR, "street_head"}
    assert called(case, after(46)) == set()
    assert called(case, after(60)) == {*NEAR, "street_head"}


def test_two_clocks_call_once(there):
    case = gas(there)
    wrong = at_once(lambda _: call_again(after(10)))

    assert wrong == []
    assert Notice.objects.filter(subject_id=case.pk, created_at=after(10)).count() == len(NEAR)


def test_the_wait_is_a_rule_that_can_be_set(here):
    case = gas(here)
    actions.set_rule(RuleValue(name="danger_minutes", value=30), by=here.system, at=NIGHT)
    rules.reread_values()

    assert (called(case, after(29)), called(case, after(30))) == (set(), NEAR)


def test_a_judgement_ends_it_and_an_ordinary_case_never_begins(here):
    lamp, case = reported(here, at=NIGHT), gas(here)
    said = {"category": case.category, "urgency": "normal", "nature": "public"}
    act("accept", case, by=here.desk, at=after(5), **said)

    assert (called(case, after(60)), called(lamp, after(600))) == (set(), set())


def test_an_emergency_that_nobody_takes_in_hand_calls_until_it_is_signed(here):
    case = gas(here)
    said = {"category": case.category, "urgency": "emergency", "nature": "public"}
    case = act("accept", case, by=here.desk, at=after(5), **said)
    assert (called(case, after(14)), called(case, after(15))) == (set(), NEAR)

    case = act("dispatch", case, by=here.desk, at=after(16), unit=here.team_unit, person=here.worker)
    assert called(case, after(26)) == {*NEAR, "worker"}
    act("sign", case, by=here.worker, at=after(27))
    assert called(case, after(90)) == set()


def test_what_the_reporter_does_answers_nothing_and_a_new_danger_begins_the_wait_anew(here):
    case = gas(here)
    act("urge", case, by=LinkHolder(case.pk), at=after(8))
    assert called(case, after(10)) == NEAR

    act("add", case, by=LinkHolder(case.pk), at=after(12), words="我不想活了")
    assert [called(case, after(minutes)) for minutes in (21, 22)] == [set(), NEAR]


@pytest.mark.parametrize(("who", "answered"), [("desk", True), ("intake", False)])
def test_the_open_notice_is_a_look_of_who_could_help(client, here, who, answered):
    case, user = gas(here, by=here.intake, channel="hotline"), getattr(here, who)
    Notice.objects.create(
        kind="danger", audience="staff", user_id=here.intake.pk, subject_kind="case", subject_id=case.pk,
        title="险情", created_at=NIGHT,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(danger_calls=2)
    client.force_login(user)
    notice = Notice.objects.inbox(user).filter(kind="danger").first()
    client.post(f"/console/inbox/{notice.pk}/")

    after_look = Case.objects.get(pk=case.pk)
    assert (after_look.unanswered_at > NIGHT, after_look.danger_calls == 0) == (answered, answered)


def test_who_looks_up_the_number_to_ring_up_is_there(here):
    case = gas(here, contact={"phone": "13800000000"})
    reporters.reveal(case, by=here.desk, at=after(9), reason=next(iter(reporters.REASONS)))

    assert [called(case, after(minutes)) for minutes in (10, 18, 19)] == [set(), set(), NEAR]


def test_a_merged_danger_goes_on_waiting_in_the_case_that_takes_it_in(here):
    lamp, case = life(here, until="handling"), gas(here)
    act("join", case, by=LinkHolder(case.pk), at=after(1), into=lamp)

    assert called(lamp, after(10)) == {*NEAR, "worker"}
    assert called(case, after(11)) == set()


@pytest.mark.parametrize(("minutes", "tags"), [(9, ["险情"]), (10, ["险情", "02:00 起没有人应"])])
def test_the_row_says_since_when_nobody_answers_whether_the_clock_runs_or_not(here, minutes, tags):
    case = Case.objects.get(pk=gas(here).pk)

    assert [word for _, word in queue.tags(case, after(minutes))] == tags


def test_the_red_heap_and_the_case_say_since_when_nobody_answers(client, here):
    case = gas(here)
    client.force_login(here.desk)

    assert "有 1 件没有人看、没有人办，最早的" in client.get("/console/").text
    assert "起没有人应" in client.get(f"/console/cases/{case.number}/").text
    said = {
        "category": str(case.category_id),
        "urgency": "normal",
        "nature": "public",
        "key": "k",
        "seen": "1",
    }
    client.post(f"/console/cases/{case.number}/accept/", said)
    assert "没有人看、没有人办" not in client.get("/console/").text
