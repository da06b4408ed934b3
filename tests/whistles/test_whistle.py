"""One whistle from sounding to its end, by the verbs; what may not be; what the reporter reads."""

from datetime import timedelta

import pytest

from tests.factories import act, life, reported
from tests.whistles.joint import HOUR, SAID, SOUNDED, asked, brought, sounded
from yige.cases.models import Case, Entry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, Refusal
from yige.notices.models import Notice
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.steps.verbs import why_refused
from yige.whistles.calling import CallAsked
from yige.whistles.category_limits import set_limit
from yige.whistles.models import Call, Whistle, WhistleRequest

LATER = SOUNDED + 2 * HOUR


def lines(case):
    return list(
        Entry.objects.filter(case=case, at__gte=SOUNDED)
        .exclude(public_words="")
        .values_list("public_words", flat=True)
    )


def test_the_whole_way_from_sounding_to_the_end(here):
    joint = sounded(here)
    for slug in ("bureau", "water"):
        brought(joint.calls[slug], "confirm", here)
    case = Case.objects.get(pk=joint.case.pk)
    assert case.open_parts == 0
    for call in Call.objects.all():
        CALLS["assess"](call, by=here.desk, at=LATER, **SAID["assess"])
    plan.end_whistle(joint.whistle, by=here.desk, at=LATER, words="水通了")
    act("finish", case, by=here.worker, at=LATER, words="修好了")

    assert Whistle.objects.get().ended_at == LATER
    assert [
        line
        for line in lines(case)
        if "water已" not in line and "water和" not in line and "water说" not in line
    ][:5] == [
        "街道已吹哨，请单位bureau、单位water一起来办。",
        "单位bureau已签收。",
        "单位bureau和街道说定，3月4日前办。",
        "单位bureau已到场。",
        "单位bureau说它的部分办完了，等街道看。",
    ]
    assert "某" not in "".join(lines(case))  # units, never persons


def test_nothing_ends_the_case_while_a_part_is_open(here):
    joint = sounded(here)
    case = Case.objects.get(pk=joint.case.pk)
    other = reported(here)

    assert case.open_parts == 2
    refused = {
        "finish": (here.worker, {"words": "好了"}),
        "merge": (here.desk, {"into": other}),
    }
    for verb, (who, said) in refused.items():
        assert "还有 2 项没有完" in why_refused(verb, case, who, LATER)
        with pytest.raises(Conflict, match="事不完、人不撤"):
            act(verb, case, by=who, at=LATER, **said)
    assert Case.objects.get(pk=case.pk).state == "handling"


def test_an_open_step_alone_keeps_the_case_open(here):
    joint = sounded(here)
    plan.add_step(
        joint.whistle, by=here.desk, at=LATER, unit=here.water_unit, words="补路面", due_on=LATER.date()
    )
    for slug in ("bureau", "water"):
        with pytest.raises(Conflict, match="计划里还有") if slug == "water" else no_refusal():
            brought(joint.calls[slug], "deliver", here, at=LATER)
    step = joint.whistle.steps.get()
    plan.finish_step(step, by=here.water, at=LATER + HOUR, words="补好了")
    with pytest.raises(Conflict, match="没有认可"):
        call = CALLS["deliver"](
            Call.objects.get(unit=here.water_unit), by=here.water, at=LATER + HOUR, words="好了"
        )
        CALLS["confirm"](call, by=here.desk, at=LATER + HOUR)
    plan.accept_step(step, by=here.desk, at=LATER + HOUR)
    CALLS["confirm"](Call.objects.get(unit=here.water_unit), by=here.desk, at=LATER + HOUR)
    CALLS["confirm"](Call.objects.get(unit=here.bureau_unit), by=here.desk, at=LATER + HOUR)

    assert Case.objects.get(pk=joint.case.pk).open_parts == 0


class no_refusal:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


@pytest.mark.parametrize("who", ["community_head", "grid_head", "worker", "department", "intake"])
def test_only_the_street_sounds(here, who):
    with pytest.raises(Refusal):
        sounded(here, by=getattr(here, who))
    assert not Whistle.objects.exists()


WRONG = {
    "without a matter": ({"matter": " "}, "matter"),
    "without what was tried": ({"tried": ""}, "tried"),
    "a phone in the matter": ({"matter": "三号楼王女士 13812345678 家漏水"}, "matter"),
    "a fourth trigger": ({"trigger": "praise"}, "trigger"),
    "no unit": ({"calls": []}, "calls"),
    "a meeting in the past": ({"meet_at": SOUNDED - HOUR, "meet_place": "院里"}, "meet_at"),
    "a meeting without a place": ({"meet_at": SOUNDED + HOUR}, "meet_place"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_whistle_says_where_and_leaves_nothing(here, name):
    said, field = WRONG[name]
    case = life(here, "progressed")
    said = {"trigger": "need", "matter": "爆管", "tried": "修不了", "calls": asked(here), **said}

    with pytest.raises(NotSaid) as refusal:
        act("whistle", case, by=here.desk, at=SOUNDED, **said)

    assert field in refusal.value.fields
    assert not Whistle.objects.exists()
    assert Case.objects.get(pk=case.pk).open_parts == 0


def test_who_cannot_be_called(here):
    twice = asked(here, CallAsked(here.bureau_unit, "assist", "再来"))
    two_leads = asked(here, CallAsked(here.water_unit, "lead", "送水"))
    team = asked(here, CallAsked(here.team_unit, "assist", "看门"))
    nobody = asked(here, CallAsked(here.property_unit, "assist", "开门"))
    for calls, field, words in (
        (twice, "calls", "只请一次"),
        (two_leads, "calls", "选一家牵头"),
        (team, "unit", "不能被请来"),
        (nobody, "reached", "先打电话"),
    ):
        with pytest.raises(NotSaid) as refusal:
            sounded(here, calls=calls)
        assert words in refusal.value.fields[field]
    by_phone = asked(here, CallAsked(here.property_unit, "assist", "开门", "物业值班 李师傅"))
    assert sounded(here, calls=by_phone).calls["property"].person == "物业值班 李师傅"


@pytest.mark.parametrize("state", ["handled", "closed", "cleared", "rejected", "merged", "withdrawn"])
def test_no_whistle_for_what_is_over(here, state):
    case = life(here, state)

    with pytest.raises(Conflict):
        sounded(here, case=case)


def test_only_an_emergency_sounds_before_acceptance(here):
    with pytest.raises(Conflict, match="只有应急处置"):
        sounded(here, case=reported(here), trigger="joint")
    assert sounded(here, case=reported(here), trigger="emergency").whistle.limits == {
        "answer": 10,
        "arrive": 30,
    }


def test_a_second_whistle_waits_for_the_first(here):
    joint = sounded(here)

    with pytest.raises(Conflict, match="已经在联办"):
        sounded(here, case=joint.case, at=LATER)


def set_arrival(category, here, amount):
    said = {"trigger": "emergency", "mark": "arrive", "amount": amount, "words": "约定的"}
    return set_limit(category, by=here.system, at=SOUNDED, **said)


def test_limits_are_frozen_when_it_sounds(here):
    case = life(here, "progressed")
    set_arrival(case.category, here, 45)
    joint = sounded(here, case=case, trigger="emergency")
    set_arrival(case.category, here, 15)

    call = CALLS["sign"](joint.calls["bureau"], by=here.department, at=SOUNDED + HOUR / 6, **SAID["sign"])

    assert call.next_due_at == SOUNDED + timedelta(minutes=45)


def test_a_community_asks_and_is_answered(here):
    case = life(here, "progressed")
    said = {"trigger": "joint", "tried": "劝了三次", "wanted": "请城管来清"}
    act("ask_whistle", case, by=here.community_head, at=SOUNDED, **said)
    with pytest.raises(Conflict, match="正在等街道答复"):
        act("ask_whistle", case, by=here.grid_head, at=SOUNDED, **said)
    with pytest.raises(NotAllowed):
        act("refuse_whistle", case, by=here.community_head, at=SOUNDED, words="不")
    act("refuse_whistle", case, by=here.street_head, at=LATER, words="先由社区再谈一次")
    act("ask_whistle", case, by=here.community_head, at=LATER, **said)
    sounded(here, case=case, at=LATER, trigger="joint")

    answers = list(WhistleRequest.objects.order_by("at").values_list("answer", "whistle__trigger"))
    assert answers == [("先由社区再谈一次", None), ("", "joint")]
    assert Notice.objects.filter(
        user_id=here.community_head.pk, title__startswith="街道答复：不吹哨"
    ).exists()
