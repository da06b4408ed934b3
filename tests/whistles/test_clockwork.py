"""What time does to joint work: once each, late or twice, and the audit that finds what it forgot."""

from datetime import timedelta

from tests.factories import act
from tests.whistles.joint import HOUR, SAID, SOUNDED, brought, sounded
from yige.audit.models import LogEntry
from yige.cases.models import Case, Entry
from yige.clock.table import ROW_BY_NAME
from yige.notices.models import Notice
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles import clockwork
from yige.whistles.models import Call, Miss

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def misses():
    return sorted(Miss.objects.values_list("call__unit__slug", "mark"))


def titles(user, since=SOUNDED):
    return list(
        Notice.objects.filter(user_id=user.pk, created_at__gt=since)
        .order_by("pk")
        .values_list("title", flat=True)
    )


def test_the_clock_calls_what_is_tested_here():
    names = ("whistles", "whistle_steps", "whistle_audit", "audit_watch")

    assert [ROW_BY_NAME[name].act for name in names] == [
        clockwork.wake, clockwork.remind_of_steps, clockwork.audit, clockwork.watch_audit,
    ]  # fmt: skip


def test_not_signing_is_on_record_once_and_told_to_the_head(here):
    sounded(here)
    assert clockwork.wake(SOUNDED + HOUR - MINUTE)["misses"] == 0
    for _ in range(2):
        clockwork.wake(SOUNDED + HOUR + MINUTE)

    assert misses() == [("bureau", "sign"), ("water", "sign")]
    assert sorted(titles(here.street_head)) == ["单位bureau：签收的时间过了", "单位water：签收的时间过了"]
    assert titles(here.department) == ["还在等你们：群众反映强烈，本级解决不了"]


def test_who_signed_in_time_has_nothing_on_record(here):
    joint = sounded(here)
    brought(joint.calls["bureau"], "sign", here)
    clockwork.wake(SOUNDED + HOUR + MINUTE)

    assert misses() == [("water", "sign")]


def test_a_worker_that_was_down_writes_what_was_met_late_all_the_same(here):
    joint = sounded(here)
    CALLS["sign"](joint.calls["bureau"], by=here.department, at=SOUNDED + 2 * HOUR, **SAID["sign"])
    clockwork.wake(SOUNDED + 3 * HOUR)

    assert ("bureau", "sign") in misses()
    assert titles(here.department) == []  # it signed: nobody is told to


def test_a_signing_that_nothing_follows_lapses_and_the_turn_begins_anew(here):
    joint = sounded(here)
    brought(joint.calls["bureau"], "sign", here)
    at = SOUNDED + DAY + MINUTE
    clockwork.wake(at)
    call = Call.objects.get(pk=joint.calls["bureau"].pk)

    assert (call.state, call.signed_at, call.turn_at) == ("called", None, at)
    assert call.next_due_at == at + HOUR
    assert Entry.objects.filter(case=joint.case, public_words__contains="签收以后没有联系街道").count() == 1
    assert "单位bureau签收以后没有联系，签收作废" in titles(here.street_head)
    clockwork.wake(at + HOUR + MINUTE)
    assert Miss.objects.filter(call=call, mark="sign").count() == 1


def test_an_emergency_goes_up_after_ten_minutes_without_an_answer(here):
    sounded(here, trigger="emergency")
    clockwork.wake(SOUNDED + 11 * MINUTE)

    assert misses() == [("bureau", "answer"), ("water", "answer")]
    assert titles(here.desk) == titles(here.street_head, SOUNDED) != []
    assert Notice.objects.filter(user_id=here.department.pk, created_at__gt=SOUNDED, urgent=True).exists()


def test_whoever_came_in_time_is_on_no_record_at_night_either(here):
    night = SOUNDED.replace(hour=18)  # 02:00 in Shanghai
    joint = sounded(here, trigger="emergency", at=night)
    CALLS["arrive"](joint.calls["bureau"], by=here.department, at=night + 9 * MINUTE, **SAID["arrive"])
    clockwork.wake(night + HOUR)

    assert misses() == [("water", "answer"), ("water", "arrive")]


def test_what_a_unit_promised_itself_is_on_record_when_it_passes(here):
    joint = sounded(here)
    brought(joint.calls["bureau"], "arrive", here)
    clockwork.wake(SOUNDED + 2 * DAY + HOUR)

    assert ("bureau", "promise") in misses()


def test_no_open_call_is_without_a_clock_and_every_day_somebody_is_told(here):
    joint = sounded(here, trigger="emergency")
    CALLS["arrive"](joint.calls["bureau"], by=here.department, at=SOUNDED + 9 * MINUTE, **SAID["arrive"])
    CALLS["deliver"](joint.calls["bureau"], by=here.department, at=SOUNDED + HOUR, **SAID["deliver"])
    clockwork.wake(SOUNDED + DAY + 2 * HOUR)

    assert not Call.objects.open().filter(wake_at=None).exists()
    assert "单位bureau说办完了，还在等街道看" in titles(here.desk)


def test_a_dispute_that_waits_is_said_once(here):
    joint = sounded(here, trigger="emergency")
    CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=SOUNDED + MINUTE, **SAID["refuse_duty"])
    for minutes in (10, 12, 14):
        clockwork.wake(SOUNDED + minutes * MINUTE)

    assert titles(here.street_head).count("单位water的争议还没有定") == 1
    clockwork.wake(SOUNDED + HOUR)
    assert titles(here.street_head).count("单位water的争议还没有定") == 1


def test_steps_are_reminded_of_on_their_day_and_after_it_also_when_stable(here):
    joint = sounded(here, trigger="emergency")
    day = SOUNDED.date()
    plan.add_step(
        joint.whistle,
        by=here.desk,
        at=SOUNDED + MINUTE,
        unit=here.water_unit,
        words="补路面",
        due_on=day + DAY,
    )
    plan.stabilise(joint.whistle, by=here.desk, at=SOUNDED + 2 * MINUTE, words="水关了")
    for days in (0, 1, 1, 2):
        clockwork.remind_of_steps(SOUNDED + days * DAY + HOUR)

    said = [title for title in titles(here.water) if title.startswith("计划里")]
    assert said == [
        "计划里有一步今天到期：应急处置",
        "计划里有一步过了日子：应急处置",
    ]


def test_the_audit_does_what_was_forgotten_and_says_so(here):
    joint = sounded(here)
    Call.objects.filter(pk=joint.calls["water"].pk).update(wake_at=SOUNDED + 300 * DAY)
    Case.objects.filter(pk=joint.case.pk).update(open_parts=7)
    clockwork.wake(SOUNDED + 3 * HOUR)
    assert misses() == [("bureau", "sign")]
    done = clockwork.audit(SOUNDED + 10 * HOUR)

    assert misses() == [("bureau", "sign"), ("water", "sign")]
    assert (done["calls"], done["counts"]) == (1, 1)
    assert Case.objects.get(pk=joint.case.pk).open_parts == 2
    assert titles(here.system) == ["联办夜间核对：补做了 2 项"]
    assert LogEntry.objects.filter(verb="whistles.audit", result="mended").count() == 1
    assert not clockwork.audit(SOUNDED + 11 * HOUR)


def test_the_audit_is_watched_itself(here):
    sounded(here)
    assert clockwork.watch_audit(SOUNDED + DAY)["silent"] == 1
    assert titles(here.system) == ["联办的夜间核对昨晚没有运行，请看后台任务"]
    clockwork.audit(SOUNDED + DAY)
    assert not clockwork.watch_audit(SOUNDED + DAY + HOUR)


def test_nothing_wakes_for_what_came_to_an_end(here):
    joint = sounded(here)
    for slug in ("bureau", "water"):
        brought(joint.calls[slug], "confirm", here)
    act("finish", Case.objects.get(pk=joint.case.pk), by=here.worker, at=SOUNDED + 2 * HOUR, words="好了")

    assert not Call.objects.exclude(wake_at=None).exists()
    assert not clockwork.wake(SOUNDED + 30 * DAY)
