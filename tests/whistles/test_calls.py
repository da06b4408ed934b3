"""What a called unit and the street do with one call and the joint plan; what may not be."""

from datetime import timedelta

import pytest

from tests.factories import reported
from tests.whistles.joint import FOUR, HOUR, SAID, SOUNDED, asked, brought, sounded
from yige.cases.models import Case, Entry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call

LATER = SOUNDED + 2 * HOUR


def test_a_dispute_stays_or_goes_and_the_clock_runs_on(here):
    joint = sounded(here)
    call = CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=LATER, **SAID["refuse_duty"])
    assert call.next_due_at == SOUNDED + HOUR  # the signing is due all the same
    for verb, who in (("release", here.desk), ("confirm", here.desk)):
        with pytest.raises(Conflict):
            CALLS[verb](call, by=who, at=LATER, **SAID[verb])
    with pytest.raises(NotAllowed):
        CALLS["decide_duty"](call, by=here.desk, at=LATER, ruling="stays", words="你们的")
    call = CALLS["decide_duty"](call, by=here.street_head, at=LATER, ruling="stays", words="清单第三条")
    with pytest.raises(Conflict, match="已经定了"):
        CALLS["refuse_duty"](call, by=here.water, at=LATER, **SAID["refuse_duty"])


def test_another_unit_takes_the_part_of_one_whose_duty_it_is_not(here):
    joint = sounded(here, calls=asked(here, lead=here.water_unit)[:1])
    call = CALLS["refuse_duty"](
        joint.calls["water"], by=here.water, at=LATER, suggested=here.bureau_unit, **SAID["refuse_duty"]
    )
    CALLS["decide_duty"](
        call, by=here.street_head, at=LATER, ruling="other", words="主管归城建", instead=here.bureau_unit
    )

    rows = list(
        Call.objects.order_by("called_at").values_list("unit__slug", "part", "state", "release_reason")
    )
    assert rows == [("water", "lead", "released", "not_theirs"), ("bureau", "lead", "called", "")]
    assert [call.unit.slug for call in Call.objects.countable().select_related("unit")] == ["bureau"]
    with pytest.raises(Conflict, match="不作评价"):
        CALLS["assess"](Call.objects.get(unit=here.water_unit), by=here.desk, at=LATER, **SAID["assess"])


def test_the_unit_reads_what_is_said_and_answers_once(here):
    joint = sounded(here)
    call = brought(joint.calls["bureau"], "confirm", here)
    with pytest.raises(Conflict, match="还没有说"):
        CALLS["answer"](call, by=here.department, at=LATER, words="为什么")
    call = CALLS["assess"](call, by=here.desk, at=LATER, passed=False, words="来晚了")
    CALLS["answer"](call, by=here.department, at=LATER, words="路上堵")
    with pytest.raises(Conflict, match="已经回应过"):
        CALLS["answer"](call, by=here.department, at=LATER, words="再说一次")
    with pytest.raises(Conflict, match="已经说过"):
        CALLS["assess"](call, by=here.desk, at=LATER, **SAID["assess"])


def test_an_answer_comes_too_late_after_five_working_days(here):
    joint = sounded(here)
    call = brought(joint.calls["bureau"], "confirm", here)
    call = CALLS["assess"](call, by=here.desk, at=LATER, **SAID["assess"])

    with pytest.raises(Conflict, match="五个工作日"):
        CALLS["answer"](call, by=here.department, at=LATER + timedelta(days=9), words="现在才看到")


def test_the_desk_speaks_for_a_unit_only_where_nobody_there_has_an_account(here):
    joint = sounded(here, calls=asked(here, CallAsked(here.property_unit, "assist", "开门", "李师傅")))

    with pytest.raises(NotAllowed):
        CALLS["sign"](joint.calls["bureau"], by=here.desk, at=LATER, **SAID["sign"])
    call = CALLS["sign"](joint.calls["property"], by=here.desk, at=LATER, **SAID["sign"])
    assert call.state == "signed"


def test_contact_names_all_four(here):
    joint = sounded(here)
    for name in FOUR:
        with pytest.raises(NotSaid) as refusal:
            CALLS["contact"](joint.calls["bureau"], by=here.department, at=LATER, **FOUR | {name: None})
        assert name in refusal.value.fields
    with pytest.raises(NotSaid) as refusal:
        CALLS["contact"](joint.calls["bureau"], by=here.department, at=LATER, **FOUR | {"until": SOUNDED})
    assert "until" in refusal.value.fields


def test_steps_keep_their_first_day_and_every_reason(here):
    joint = sounded(here)
    day = LATER.date()
    plan.add_step(
        joint.whistle, by=here.department, at=LATER, unit=here.water_unit, words="补路面", due_on=day
    )
    step = joint.whistle.steps.get()
    for wrong, field in ((day - timedelta(days=1), "due_on"), (day, "due_on")):
        with pytest.raises(NotSaid) as refusal:
            plan.shift_step(step, by=here.desk, at=LATER, due_on=wrong, words="等料")
        assert field in refusal.value.fields
    plan.shift_step(step, by=here.desk, at=LATER, due_on=day + timedelta(days=2), words="等料")
    with pytest.raises(NotAllowed):
        plan.shift_step(step, by=here.water, at=LATER, due_on=day + timedelta(days=9), words="忙")

    step.refresh_from_db()
    assert (step.first_due_on, step.due_on) == (day, day + timedelta(days=2))
    assert list(step.shifts.values_list("was_on", "words")) == [(day, "等料")]


def test_an_end_waits_for_parts_and_words(here):
    joint = sounded(here)
    with pytest.raises(Conflict, match="还有 2 项"):
        plan.end_whistle(joint.whistle, by=here.desk, at=LATER, words="好了")
    for slug in ("bureau", "water"):
        brought(joint.calls[slug], "confirm", here)
    with pytest.raises(Conflict, match="还没有说单位bureau、单位water"):
        plan.end_whistle(joint.whistle, by=here.desk, at=LATER, words="好了")


def test_stable_stops_no_reminder(here):
    joint = sounded(here, trigger="emergency")
    before = Call.objects.get(pk=joint.calls["bureau"].pk).wake_at
    plan.stabilise(joint.whistle, by=here.desk, at=SOUNDED + HOUR / 6, words="水关了")

    assert Call.objects.get(pk=joint.calls["bureau"].pk).wake_at == before
    with pytest.raises(Conflict):
        plan.stabilise(joint.whistle, by=here.desk, at=LATER, words="再说")


def test_releasing_who_leads_asks_for_another_lead(here):
    joint = sounded(here)
    CALLS["release"](joint.calls["bureau"], by=here.desk, at=LATER, reason="mistaken", words="叫错了")
    with pytest.raises(NotAllowed):
        plan.name_lead(joint.calls["water"], by=here.water, at=LATER)
    call = plan.name_lead(joint.calls["water"], by=here.desk, at=LATER)

    assert call.part == "lead"


def test_a_key_makes_it_happen_once_and_an_old_page_is_refused(here):
    joint = sounded(here)
    version = joint.whistle.version
    for _ in range(2):
        CALLS["sign"](joint.calls["bureau"], by=here.department, at=LATER, key="k", **SAID["sign"])
    with pytest.raises(Conflict, match="有了变化"):
        CALLS["sign"](joint.calls["water"], by=here.water, at=LATER, seen=version, **SAID["sign"])

    assert Entry.objects.filter(case=joint.case, said__act="sign").count() == 1


def test_a_unit_on_site_answers_an_emergency_and_the_desk_says_so_no_more(here):
    """A smell of gas, whistled for at once: judged when it sounds, on top of the desk until the first unit is there."""
    smell = reported(here, at=SOUNDED - HOUR / 6, words="楼道里好大一股煤气味，头晕")
    Case.objects.filter(pk=smell.pk).update(urgency="emergency")
    assert smell.danger_at is not None

    joint = sounded(here, trigger="emergency", case=Case.objects.get(pk=smell.pk))
    waits = Case.objects.get(pk=smell.pk)
    brought(joint.calls["water"], "arrive", here)
    there = Case.objects.get(pk=smell.pk)

    assert (waits.danger_at, waits.alarm_at is None) == (None, False)
    assert (there.alarm_at, there.unanswered_at, there.progress_at) == (None, None, SOUNDED + HOUR / 2)


def test_a_unit_on_site_changes_no_clock_of_an_ordinary_matter(here):
    joint = sounded(here)
    before = Case.objects.get(pk=joint.case.pk)
    brought(joint.calls["water"], "arrive", here)

    after = Case.objects.get(pk=joint.case.pk)
    assert (after.progress_at, after.next_mark_at) == (before.progress_at, before.next_mark_at)
