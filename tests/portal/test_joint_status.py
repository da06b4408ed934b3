"""What the reporter, and whoever was merged in, reads of joint work: units and days, never persons or their talk."""

from datetime import timedelta

from django.utils import timezone

from tests import factories
from tests.factories import act, life, reported
from tests.scenes import scene
from tests.whistles.joint import FOUR, SAID, brought, joint_town, sounded
from yige.cases.models import Case
from yige.portal import links
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=2)


@scene
def here():
    return joint_town(factories.town())


@scene
def joint(here):
    made = sounded(here, case=life(here, "progressed", at=NOW - timedelta(hours=5)), at=AGO)
    brought(made.calls["bureau"], "arrive", here, at=AGO)
    CALLS["refuse_duty"](made.calls["water"], by=here.water, at=NOW, **SAID["refuse_duty"])
    due = NOW.date() + timedelta(days=3)
    plan.add_step(made.whistle, by=here.desk, at=NOW, unit=here.water_unit, words="补路面", due_on=due)
    return made


def page(client, case):
    return client.get(links.address(Case.objects.get(pk=case.pk))).text


def test_the_reporter_reads_where_each_unit_stands_and_what_is_planned(client, here, joint):
    text = page(client, joint.case)

    assert "请了几家单位一起办" in text
    assert "<b>单位bureau</b> 已到场" in text
    assert "<b>单位water</b> 还没有签收" in text
    assert "补路面" in text
    for hidden in (
        FOUR["person"],
        FOUR["measure"],
        FOUR["discussed"],
        "某department",
        "某desk",
        SAID["refuse_duty"]["words"],
    ):
        assert hidden not in text


def test_whoever_was_merged_in_reads_the_same(client, here, joint):
    other = reported(here, at=NOW - timedelta(hours=4))
    act("merge", other, by=here.desk, at=NOW, into=Case.objects.get(pk=joint.case.pk))

    assert "<b>单位bureau</b> 已到场" in page(client, other)


def test_where_nothing_runs_nothing_is_asked(client, here, django_assert_max_num_queries):
    case = life(here, "progressed", at=NOW - timedelta(hours=5))

    with django_assert_max_num_queries(9):
        assert "请了几家单位一起办" not in page(client, case)


def test_what_runs_is_asked_in_two_statements(client, here, joint, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert "请了几家单位一起办" in page(client, joint.case)


def test_a_released_unit_is_named_no_more(client, here, joint):
    CALLS["decide_duty"](joint.calls["water"], by=here.street_head, at=NOW, ruling="released", words="不归它")
    status, timeline = page(client, joint.case).split("办理经过", 1)

    assert "<b>单位water</b>" not in status
    assert "补路面" not in status
    assert "单位water不用来了。" in timeline
