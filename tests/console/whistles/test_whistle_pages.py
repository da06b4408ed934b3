"""The street's pages of joint work: one screen, the board, the sheet; who gets them; what a refusal keeps."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import life
from tests.scenes import scene
from tests.whistles.joint import SAID, brought, sounded
from yige.lib.local_time import SHANGHAI
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.models import Call

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)


@scene
def joint(here, handled):
    return sounded(here, case=handled, at=AGO)


def do(client, whistle, verb, row, said, **more):
    return client.post(f"/console/whistles/{whistle.pk}/{verb}/{row.pk}/", said | more)


PAGES = ("/console/whistles/", "/console/whistles/{pk}/", "/console/whistles/{pk}/print/")


@pytest.mark.parametrize("who", ["desk", "street_head", "community_head", "grid_head"])
def test_leaders_of_the_area_read_all_pages(client, here, joint, who):
    client.force_login(getattr(here, who))

    for page in PAGES:
        text = client.get(page.format(pk=joint.whistle.pk)).text
        assert joint.case.number in text, page


@pytest.mark.parametrize(
    "who", ["neighbour_head", "other_desk", "department", "water", "worker", "intake", "idle", "auditor"]
)
def test_nobody_else_sees_a_whistle(client, here, joint, who):
    client.force_login(getattr(here, who))

    for page in PAGES[1:]:
        assert client.get(page.format(pk=joint.whistle.pk)).status_code in (403, 404)
    assert joint.case.number not in client.get(PAGES[0]).text


def test_board_draws_how_often_a_whistle_sounded_and_has_the_table(client, here, joint):
    client.force_login(here.desk)
    page = client.get("/console/whistles/").text
    counts = re.findall(r'<td class="yg-digits">\s*(\d+)\s*</td>\s*</tr>', page.partition("<figure")[2])

    assert page.count("<svg xmlns") == 1
    assert "web/charts.css" in page
    assert "最近 1，中位数 0。" in page
    assert counts == ["0"] * 25 + ["1"]


def test_heads_below_the_street_read_and_act_on_nothing(client, here, joint):
    client.force_login(here.community_head)
    text = client.get(f"/console/whistles/{joint.whistle.pk}/").text

    assert "?do=" not in text
    assert do(client, joint.whistle, "stabilise", joint.whistle, {"words": "好了"}).status_code == 404


def test_the_street_brings_a_whistle_to_its_end_on_its_page(client, here, joint):
    client.force_login(here.street_head)
    whistle, call = joint.whistle, joint.calls["bureau"]
    day = f"{NOW + timedelta(days=2):%Y-%m-%d}"
    assert (
        do(
            client, whistle, "set_meeting", whistle, {"meet_at": f"{day}T14:30", "meet_place": "三号楼前"}
        ).status_code
        == 302
    )
    assert (
        do(
            client,
            whistle,
            "add_step",
            whistle,
            {"unit": here.water_unit.pk, "words": "补路面", "due_on": day},
        ).status_code
        == 302
    )
    step = whistle.steps.get()
    later = f"{NOW + timedelta(days=4):%Y-%m-%d}"
    assert do(client, whistle, "shift_step", step, {"due_on": later, "words": "等料"}).status_code == 302
    assert do(client, whistle, "drop_step", step, {"words": "不用补了"}).status_code == 302
    assert (
        do(client, whistle, "stabilise", whistle, {"words": "水关了"}).status_code == 409
    )  # no danger, no end of it
    assert (
        do(
            client, whistle, "release", joint.calls["water"], {"reason": "mistaken", "words": "叫错"}
        ).status_code
        == 302
    )
    brought(call, "deliver", here, at=AGO)
    assert do(client, whistle, "turn_back", call, {"words": "没补"}).status_code == 302
    CALLS["deliver"](Call.objects.get(pk=call.pk), by=here.department, at=NOW, **SAID["deliver"])
    assert do(client, whistle, "confirm", call, {}).status_code == 302
    assert do(client, whistle, "end_whistle", whistle, {"words": "好了"}).status_code == 409
    assert do(client, whistle, "assess", call, {"passed": "no", "words": "来晚了"}).status_code == 302
    assert do(client, whistle, "end_whistle", whistle, {"words": "水通了"}).status_code == 302

    text = client.get(f"/console/whistles/{whistle.pk}/").text
    assert "水通了" in text
    assert "原来" in text
    assert "不行" in text
    assert "?do=" not in text


def test_what_is_offered_can_be_done_and_what_cannot_is_not_offered(client, here, joint):
    """Every button of the page opens its form; every verb that has none is refused."""
    client.force_login(here.street_head)
    CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=NOW, **SAID["refuse_duty"])
    address = f"/console/whistles/{joint.whistle.pk}/"
    offered = set(re.findall(r'href="\?do=([a-z_]+:[0-9a-f-]+)#act"', client.get(address).text))

    water, bureau, whistle = joint.calls["water"].pk, joint.calls["bureau"].pk, joint.whistle.pk
    assert offered == {
        f"set_meeting:{whistle}", f"add_step:{whistle}", f"call_unit:{whistle}",
        f"release:{bureau}", f"decide_duty:{water}",
    }  # fmt: skip
    for each in offered:
        assert "<form" in client.get(f"{address}?do={each}", headers={"HX-Request": "true"}).text


def test_a_refused_act_keeps_its_words_and_an_old_page_is_told(client, here, joint):
    client.force_login(here.desk)
    whistle = joint.whistle
    wrong = do(
        client,
        whistle,
        "add_step",
        whistle,
        {"unit": here.water_unit.pk, "words": "补路面", "due_on": "2020-01-01"},
    )
    old = do(client, whistle, "end_whistle", whistle, {"words": "水关了"}, seen=0)

    assert (wrong.status_code, "请写今天或以后" in wrong.text, "补路面" in wrong.text) == (422, True, True)
    assert (old.status_code, "有了变化" in old.text, "水关了" in old.text) == (409, True, True)


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("water", "“单位water”在这次联办里定了不用来，不能再请"),
        ("bureau", "“单位bureau”已经在被请的单位里了"),
    ],
)
def test_a_unit_that_has_its_row_is_not_called_again_and_the_page_says_why(
    client, here, joint, slug, sentence
):
    CALLS["release"](joint.calls["water"], by=here.desk, at=NOW, **SAID["release"])
    CALLS["refuse_duty"](joint.calls["bureau"], by=here.department, at=NOW, **SAID["refuse_duty"])
    client.force_login(here.street_head)
    unit, page = getattr(here, f"{slug}_unit"), f"/console/whistles/{joint.whistle.pk}/"
    bureau = joint.calls["bureau"]
    forms = {
        "call_unit": (joint.whistle, {"unit": unit.pk, "part": "assist", "asked": "再送一次水"}),
        "decide_duty": (bureau, {"instead": unit.pk, "ruling": "other", "words": "再送一次水"}),
    }

    for verb, (row, said) in forms.items():
        asked = client.get(f"{page}?do={verb}:{row.pk}", headers={"HX-Request": "true"}).text
        refused = do(client, joint.whistle, verb, row, said)
        assert f'value="{unit.pk}"' not in asked
        assert "定了不用来、这次不能再请的：单位water。" in asked and "再另吹一次哨" in asked
        assert (refused.status_code, sentence in refused.text, "再送一次水" in refused.text) == (
            422,
            True,
            True,
        )
    assert joint.whistle.calls.count() == 2


def test_a_meeting_has_the_bound_of_a_step(client, here, joint):
    client.force_login(here.desk)
    said = {"meet_at": "2199-01-01T10:00", "meet_place": "三号楼前"}
    far = do(client, joint.whistle, "set_meeting", joint.whistle, said)

    assert (far.status_code, "请写两年以内的日子" in far.text, "三号楼前" in far.text) == (422, True, True)


@pytest.mark.parametrize(
    "address",
    ["nonsense/{call}", "sign/{stranger}", "accept_step/{call}", "stabilise/{call}", "sign/{whistle}"],
)
def test_an_act_about_the_wrong_row_is_not_there(client, here, joint, address):
    client.force_login(here.desk)
    rows = {"call": joint.calls["water"].pk, "stranger": uuid4(), "whistle": joint.whistle.pk}

    assert (
        client.post(f"/console/whistles/{joint.whistle.pk}/{address.format(**rows)}/", {}).status_code == 404
    )


def test_an_act_about_a_call_of_another_whistle_is_not_there(client, here, joint):
    other = sounded(here, case=life(here, "progressed", at=NOW - timedelta(hours=5)), at=AGO)
    client.force_login(here.desk)

    assert (
        do(
            client, joint.whistle, "release", other.calls["water"], {"reason": "mistaken", "words": "x"}
        ).status_code
        == 404
    )


def test_a_case_tells_its_whistle_and_its_acts_by_name(client, here, joint):
    brought(joint.calls["bureau"], "arrive", here, at=AGO)
    client.force_login(here.desk)
    text = client.get(f"/console/cases/{joint.case.number}/").text

    assert f"/console/whistles/{joint.whistle.pk}/" in text
    assert "联系街道" in text
    assert "tell_joint" not in text


@pytest.mark.parametrize("who", ["worker", "desk", "community_head"])
def test_whom_a_unit_sends_is_read_by_those_who_lead_the_area_on_the_whistle_alone(client, here, joint, who):
    said = {"person": "老周 13912345678"}
    CALLS["sign"](joint.calls["water"], by=here.water, at=NOW, **said)
    call = {"unit": here.property_unit, "part": "assist", "asked": "开门", "reached": "门卫李师傅"}
    plan.call_unit(joint.whistle, by=here.desk, at=NOW, **call)
    client.force_login(getattr(here, who))

    case = client.get(f"/console/cases/{joint.case.number}/").text
    whistle = client.get(f"/console/whistles/{joint.whistle.pk}/").text

    assert ("签收" in case, "老周" in case, "李师傅" in case) == (True, False, False)
    assert ("老周" in whistle, "李师傅" in whistle) == ((who != "worker",) * 2)


def test_the_timeline_tells_choices_and_the_hour_of_the_meeting_in_words(client, here, joint):
    meet_at = datetime(NOW.year + 1, 3, 5, 14, 30, tzinfo=SHANGHAI)
    plan.set_meeting(joint.whistle, by=here.desk, at=NOW, meet_at=meet_at, meet_place="三号楼前")
    CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=NOW, **SAID["refuse_duty"])
    CALLS["decide_duty"](joint.calls["water"], by=here.street_head, at=NOW, ruling="stays", words="清单有")
    CALLS["release"](joint.calls["bureau"], by=here.desk, at=NOW, **SAID["release"])
    client.force_login(here.desk)
    text = client.get(f"/console/cases/{joint.case.number}/").text

    assert f"碰头时间：{NOW.year + 1}年3月5日 14:30" in text
    assert "怎么定：由这个单位来办" in text
    assert "原因：不用它来也能办" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_whistle_asks_once_for_each_kind_of_thing_that_it_holds(
    client, here, joint, django_assert_num_queries, count
):
    for number in range(count):
        plan.add_step(
            joint.whistle,
            by=here.desk,
            at=NOW,
            unit=here.water_unit,
            words=f"步骤{number}",
            due_on=NOW.date() + timedelta(days=2),
        )
        CALLS["note_progress"](joint.calls["bureau"], by=here.department, at=NOW, **SAID["note_progress"])
    if count == 3:
        said = {"unit": here.property_unit, "part": "assist", "asked": "开门", "reached": "李师傅"}
        plan.call_unit(joint.whistle, by=here.desk, at=NOW, **said)
        step = joint.whistle.steps.first()
        plan.shift_step(step, by=here.desk, at=NOW, due_on=NOW.date() + timedelta(days=3), words="等料")
        CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=NOW, **SAID["refuse_duty"])
    client.force_login(here.desk)
    client.get("/console/whistles/")

    with django_assert_num_queries(STATEMENTS[count]):
        assert client.get(f"/console/whistles/{joint.whistle.pk}/").status_code == 200


# Disputes, misses, links and moved days are asked for where a call or a step says that it has any.
STATEMENTS = {1: 7, 3: 9}
