"""Every level: up from the grid to the city with what was tried and what is asked, and down again with an answer."""

from datetime import date, timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life, reported, staff
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases import rules, waits
from yige.cases.models import Case, Wait
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.steps.forms import form_for
from yige.steps.verbs import why_refused

AT = MONDAY_NOON + timedelta(hours=3)
SAID = {"tried": "找过两次", "asked": "请出面协调"}
CITY = {"number": "ZZ-77", "sent_on": date(2026, 3, 2), **SAID}
DOWN = {"answer": "可以办", "direction": "先停用再修"}


@scene
def at_district(here):
    return act("escalate", life(here, "accepted"), by=here.desk, at=AT, **SAID)


def test_a_case_climbs_to_the_city_and_comes_down_rung_by_rung(here):
    case = life(here, "handling")
    due = case.next_mark_at
    steps = (
        ("escalate", here.worker, SAID, "community"), ("escalate", here.community_head, SAID, "street"),
        ("escalate", here.street_head, SAID, "district"), ("report_city", here.seat, CITY, "city"),
        ("answer_city", here.desk, {"answer": "同意", "answered_on": date(2026, 3, 2)}, "district"),
        ("send_down", here.seat, DOWN, "street"), ("send_down", here.desk, DOWN, "community"),
        ("send_down", here.community_head, DOWN, "grid"),
    )  # fmt: skip
    for minute, (verb, by, said, tier) in enumerate(steps):
        told = Notice.objects.filter(audience="reporter").count()
        case = act(verb, case, by=by, at=AT + timedelta(minutes=minute), **said)

        assert (case.tier, case.state, case.unit, case.raised_at) == (
            tier, "accepted", None, AT + timedelta(minutes=minute),
        )  # fmt: skip
        assert case.waits.get(ended_at=None).tier == tier
        assert Notice.objects.filter(audience="reporter").count() == told + 1
    assert case.next_mark_at == due, "the duty clock goes on"
    assert [wait.way for wait in case.waits.all()] == ["up"] * 4 + ["down"] * 4
    case = act(
        "dispatch",
        case,
        by=here.grid_head,
        at=AT + timedelta(hours=1),
        unit=here.team_unit,
        person=here.worker,
    )
    assert (case.raised_at, case.waits.filter(ended_at=None).exists()) == (None, False)


def test_both_what_was_tried_and_what_is_asked_must_be_said(here):
    case = life(here, "handling")

    for missing in SAID:
        with pytest.raises(NotSaid) as refusal:
            act("escalate", case, by=here.worker, at=AT, **{**SAID, missing: "  "})
        assert set(refusal.value.fields) == {missing}


def test_the_form_begins_with_what_the_timeline_says_was_done(here):
    case = act("verify", life(here, "progressed"), by=here.worker, at=AT, words="灯杆带电。")

    form = form_for("escalate", case=case, by=here.worker, at=AT)

    assert form.fields["tried"].initial == "灯头坏了，明天换；灯杆带电"


def test_the_record_at_the_city_keeps_number_days_and_answer(here, at_district):
    case = act("report_city", at_district, by=here.desk, at=AT, **CITY)
    later = AT + timedelta(days=4)
    case = act("answer_city", case, by=here.seat, at=later, answer="列入计划", answered_on=date(2026, 3, 5))

    record = case.waits.get(tier="city")
    assert (record.number, record.sent_on, record.by) == ("ZZ-77", date(2026, 3, 2), here.desk)
    assert (record.asked, record.answer, record.answered_on) == ("请出面协调", "列入计划", date(2026, 3, 5))


@pytest.mark.parametrize(("verb", "field", "day"), [
    ("report_city", "sent_on", date(2026, 3, 3)), ("report_city", "sent_on", date(2026, 3, 1)),
    ("answer_city", "answered_on", date(2026, 3, 3)), ("answer_city", "answered_on", date(2026, 3, 1)),
])  # fmt: skip
def test_a_day_to_come_or_before_its_time_is_refused_beside_it(here, at_district, verb, field, day):
    case, said = at_district, CITY
    if verb == "answer_city":
        case, said = act("report_city", case, by=here.seat, at=AT, **CITY), {"answer": "同意"}

    with pytest.raises(NotSaid) as refusal:
        act(verb, case, by=here.seat, at=AT, **{**said, field: day})
    assert set(refusal.value.fields) == {field}


def test_the_district_hands_it_to_a_unit_of_its_own_and_the_street_checks(here, at_district):
    case = act("assign", at_district, by=here.seat, at=AT, unit=here.bureau_unit, words="今天去看")
    with pytest.raises(NotAllowed, match="由区级交办"):
        act("transfer", case, by=here.desk, at=AT, unit=here.team_unit, words="换")
    for verb, said in (
        ("sign", {}),
        ("contact", {"how": "no_way", "words": "去了"}),
        ("finish", {"words": "好了"}),
    ):
        case = act(verb, case, by=here.department, at=AT, **said)

    case = act("close", case, by=here.desk, at=AT, words="看过了")

    assert (case.state, case.tier, case.unit) == ("closed", "district", here.bureau_unit)


def test_what_a_unit_of_the_district_gives_back_waits_with_the_seat_and_comes_back_once(here, at_district):
    back = {"reason": "not_mine", "words": "不归我们", "suggested": here.property_unit}
    case = act("assign", at_district, by=here.seat, at=AT, unit=here.bureau_unit, words="今天去看")
    case = act("hand_back", case, by=here.department, at=AT, **back)

    wait = case.waits.get(ended_at=None)
    assert (case.tier, case.return_count, wait.way, wait.suggested) == (
        "district",
        0,
        "back",
        here.property_unit,
    )
    assert why_refused("dispatch", case, here.desk, AT).startswith("这件事已经上报到区级")
    case = act("assign", case, by=here.seat, at=AT, unit=here.bureau_unit, words="就是你们")
    with pytest.raises(Conflict, match="区级定了"):
        act("hand_back", case, by=here.department, at=AT, **back)
    case = act("sign", case, by=here.department, at=AT)
    assert act("escalate", case, by=here.department, at=AT, **SAID).tier == "district"


def test_the_street_takes_back_what_waits_and_not_what_was_handed_out(here, at_district):
    handed = act("assign", act("escalate", life(here, "accepted"), by=here.desk, at=AT, **SAID), by=here.seat, at=AT,
                 unit=here.bureau_unit, words="去")  # fmt: skip

    case = act("take_back", at_district, by=here.desk, at=AT, words="物业自己修了")

    assert (case.tier, case.waits.get(ended_at=None).tier) == ("street", "street")
    assert act("dispatch", case, by=here.desk, at=AT, unit=here.team_unit).state == "dispatched"
    assert why_refused("take_back", handed, here.desk, AT)


def test_nothing_is_raised_to_a_district_where_nobody_sits(here):
    here.seat.posts.all().delete()

    with pytest.raises(Conflict, match="没有人在岗"):
        act("escalate", life(here, "accepted"), by=here.desk, at=AT, **SAID)


def test_after_three_returns_only_the_level_1_head_raises_it(here):
    case = life(here, "accepted")
    Case.objects.filter(pk=case.pk).update(return_count=3)

    with pytest.raises(Conflict, match="退回三次"):
        act("escalate", case, by=here.desk, at=AT, **SAID)
    assert act("escalate", case, by=here.street_head, at=AT, **SAID).tier == "district"


def test_nothing_is_sent_down_where_nobody_could_take_it(here, at_district):
    case = act("send_down", at_district, by=here.seat, at=AT, **DOWN)
    here.community_head.posts.all().delete()

    assert "没有人在岗" in why_refused("send_down", case, here.desk, AT)


def test_what_is_merged_waits_no_longer(here, at_district):
    case = act("merge", at_district, by=here.desk, at=AT, into=reported(here))

    assert not case.waits.filter(ended_at=None).exists()


def test_what_is_objected_to_begins_from_below_again(here):
    case = life(here, "accepted", by=here.intake, channel="hotline")
    case = act("escalate", case, by=here.desk, at=AT, **SAID)
    case = act("withdraw", case, by=here.intake, at=AT, words="说不用了", heard="came")
    assert not case.waits.filter(ended_at=None).exists()

    case = act("object", case, by=LinkHolder(case.pk), at=AT, words="没有说过")

    assert (case.state, case.tier, case.raised_at) == ("reported", "grid", None)


def test_waiting_too_long_is_told_once_to_the_head_of_the_level_and_to_who_sent_it(here, at_district):
    wait = Wait.objects.get()
    second = staff("seat_2", "district_seat", "/zz/", here.district_unit)
    elsewhere = staff("seat_x", "district_seat", "/zzz/", here.district_unit)
    before, after = wait.due_at - timedelta(seconds=1), wait.due_at + timedelta(seconds=1)

    assert not waits.tell_late(before)
    assert waits.tell_late(after) == {"waits": 1}
    assert not waits.tell_late(after + timedelta(days=1))

    got = Notice.objects.filter(kind="wait_late").values_list("user_id", flat=True)
    assert set(got) == {here.seat.pk, second.pk, here.desk.pk}
    assert elsewhere.pk not in got and len(got) == 3


def test_how_long_it_may_wait_is_set_in_the_rules_and_fixed_when_the_wait_begins(here, at_district):
    first = Wait.objects.get().due_at
    rules.RuleValue.objects.create(name="wait_days.district", value=1)
    rules.reread_values()

    second = act("escalate", life(here, "accepted"), by=here.desk, at=AT, **SAID).waits.get().due_at

    assert (first - second, Wait.objects.get(case=at_district).due_at) == (timedelta(days=2), first)


def test_the_seat_cannot_do_what_is_the_streets(here, at_district):
    for verb in ("dispatch", "close", "reply", "supervise", "park", "correct", "merge", "take_back"):
        assert why_refused(verb, at_district, here.seat, AT)
    assert not why_refused("send_down", at_district, here.seat, AT)
