"""What waits for whom: every open state of a call, disputes and answers by a link before it, the end last."""

from datetime import timedelta

import pytest

from tests.factories import act, life
from tests.whistles.joint import HOUR, SAID, SOUNDED, asked, brought, sounded
from yige.accounts.actors import STRANGER
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles import waiting
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, Whistle

LATER = SOUNDED + 2 * HOUR


def said_of(here, who=None):
    """Return (who, what) of everything that the running whistles wait for."""
    rows = waiting.running_whistles(who or here.desk, LATER)
    return [(wait.who, wait.what) for row in rows for wait in waiting.waits_of(row)]


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (None, ("单位bureau", "签收")),
        ("sign", ("单位bureau", "联系街道")),
        ("contact", ("单位bureau", "到场")),
        ("arrive", ("单位bureau", "办完")),
        ("deliver", ("街道", "看办得怎样")),
        ("confirm", ("街道", "说各单位办得怎样，结束联办")),
    ],
)
def test_every_state_waits_for_somebody(here, until, line):
    joint = sounded(here, calls=asked(here)[:1])
    if until:
        brought(joint.calls["bureau"], until, here)

    assert said_of(here) == [line]


def test_a_dispute_waits_for_the_head_and_a_link_for_the_street(here):
    joint = sounded(here, calls=asked(here, CallAsked(here.property_unit, "assist", "开门", "李师傅")))
    CALLS["refuse_duty"](joint.calls["bureau"], by=here.department, at=LATER, **SAID["refuse_duty"])
    link = links.make_link(joint.calls["property"], by=here.desk, at=LATER)
    links.answer_by_link(link, by=STRANGER, at=LATER + HOUR, verb="sign", said=SAID["sign"])

    assert said_of(here) == [
        ("一级网格长", "定是不是单位bureau的事"),
        ("街道", "处理单位property用链接来的答复"),
    ]


def test_a_done_step_waits_for_the_street(here):
    joint = sounded(here, calls=asked(here)[:1])
    plan.add_step(
        joint.whistle, by=here.desk, at=SOUNDED, unit=here.bureau_unit, words="补路面", due_on=LATER.date()
    )
    plan.finish_step(joint.whistle.steps.get(), by=here.department, at=SOUNDED + HOUR, words="补了")

    assert ("街道", "看“补路面”做好没有") in said_of(here)


def test_everybody_sees_the_whistles_of_the_own_area_and_called_units_none(here):
    sounded(here)
    seen = {
        name: len(said_of(here, getattr(here, name)))
        for name in ("street_head", "desk", "community_head", "grid_head", "neighbour_head", "other_desk", "department", "worker", "idle", "former")
    }  # fmt: skip

    assert seen == {
        "street_head": 2, "desk": 2, "community_head": 2, "grid_head": 2, "neighbour_head": 0, "other_desk": 0,
        "department": 0, "worker": 0, "idle": 0, "former": 0,
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_the_same_number_of_times_whatever_there_is(here, django_assert_num_queries, count):
    for _ in range(count):
        sounded(here, case=life(here, "progressed"))
    list(here.desk.posts_at(LATER))

    with django_assert_num_queries(3):
        assert len(said_of(here)) == 2 * count


def test_requests_wait_until_they_are_answered(here):
    case = life(here, "progressed")
    act("ask_whistle", case, by=here.worker, at=SOUNDED, trigger="joint", tried="劝过", wanted="请城管")
    assert [request.case_id for request in waiting.open_requests(here.desk, LATER)] == [case.pk]
    assert not waiting.open_requests(here.neighbour_head, LATER)
    sounded(here, case=case)

    assert not waiting.open_requests(here.desk, LATER)


def test_weeks_are_counted_by_mondays_of_shanghai_with_the_empty_ones(here):
    sunday_night = SOUNDED.replace(day=8, hour=15, minute=59)  # 23:59 on Sunday in Shanghai
    for at in (SOUNDED, sunday_night, sunday_night + timedelta(minutes=2)):
        Whistle.objects.filter(pk=sounded(here, case=life(here, "progressed")).whistle.pk).update(
            sounded_at=at
        )
    weeks = waiting.weekly_counts(here.desk, sunday_night + timedelta(days=8), weeks=4)

    assert [(week.monday.isoformat(), week.count) for week in weeks] == [
        ("2026-02-23", 0), ("2026-03-02", 2), ("2026-03-09", 1), ("2026-03-16", 0),
    ]  # fmt: skip
    assert waiting.middle_of(weeks) == 1
    assert waiting.middle_of(weeks[:1]) == 0
    assert Call.objects.count() == 6
