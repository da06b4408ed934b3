"""What of joint work waits stands on the desk of whoever it waits for, and on nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import act, life
from tests.scenes import scene
from tests.whistles.joint import SAID, asked, brought, joint_town, sounded
from yige.accounts.actors import STRANGER
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.calling import CallAsked

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=3)
LINES = (
    "份用链接来的答复", "家单位说不是它的事", "家单位说办完了", "步计划说做完了", "件申请吹哨", "项联办等本单位",
)  # fmt: skip


@scene
def here():
    return joint_town(factories.town())


@scene
def waiting(here):
    firm = CallAsked(here.property_unit, "assist", "开门", "李师傅")
    water = CallAsked(here.water_unit, "assist", "送水")
    joint = sounded(
        here,
        case=life(here, "progressed", at=AGO),
        at=AGO + timedelta(minutes=59),
        calls=asked(here, water, firm),
    )
    plan.add_step(
        joint.whistle,
        by=here.desk,
        at=NOW,
        unit=here.bureau_unit,
        words="补路面",
        due_on=timezone.localdate(),
    )
    plan.finish_step(joint.whistle.steps.get(), by=here.department, at=NOW, words="补了")
    brought(joint.calls["bureau"], "deliver", here, at=NOW)
    CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=NOW, **SAID["refuse_duty"])
    link = links.make_link(joint.calls["property"], by=here.desk, at=NOW)
    links.answer_by_link(link, by=STRANGER, at=NOW, verb="sign", said=SAID["sign"])
    other = life(here, "progressed", at=AGO)
    act("ask_whistle", other, by=here.worker, at=NOW, trigger="joint", tried="劝过", wanted="请城管")


# fmt: off
@pytest.mark.parametrize(("who", "seen"), [
    ("street_head",    (1, 1, 1, 1, 1, 0)),
    ("desk",           (1, 1, 1, 1, 1, 0)),
    ("water",          (0, 0, 0, 0, 0, 1)),
    ("department",     (0, 0, 0, 0, 0, 0)),
    ("community_head", (0, 0, 0, 0, 0, 0)),
    ("neighbour_head", (0, 0, 0, 0, 0, 0)),
    ("other_desk",     (0, 0, 0, 0, 0, 0)),
    ("worker",         (0, 0, 0, 0, 0, 0)),
])  # fmt: skip
def test_what_waits_stands_on_the_desk_of_whom_it_waits_for(client, here, waiting, who, seen):
    client.force_login(getattr(here, who))
    text = client.get("/console/").text

    assert tuple(int(f"有 1 {line}" in text) for line in LINES) == seen
