"""The seat of a called unit: one list, one page a call; nothing of the case, its reporter, or of other calls."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.factories import life
from tests.scenes import scene
from tests.whistles.joint import FOUR, SAID, brought, sounded
from yige.lib.local_time import local_day
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.models import Call

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)
SECRET = {
    "words": "302的老周家暖气管漏了",
    "place": "3号楼2单元302",
    "contact": {"name": "欧阳金丝雀", "phone": "19955554444"},
}


@scene
def joint(here):
    case = life(here, "progressed", at=NOW - timedelta(hours=5), **SECRET)
    return sounded(here, case=case, at=AGO, matter="三号楼暖气主管漏水", tried="物业关不了阀")


def do(client, call, verb, said, row=None, **more):
    return client.post(f"/console/calls/{call.pk}/{verb}/{(row or call).pk}/", said | more)


def test_the_list_holds_cases_calls_and_steps_what_is_due_first(client, here, joint):
    day = NOW.date() + timedelta(days=3)
    plan.add_step(joint.whistle, by=here.desk, at=NOW, unit=here.water_unit, words="补路面", due_on=day)
    client.force_login(here.water)
    text = client.get("/console/calls/").text

    assert text.index("送水") < text.index("补路面")
    client.force_login(here.department)
    assert "补路面" not in client.get("/console/calls/").text


def test_a_unit_goes_its_whole_way_on_its_page(client, here, joint):
    call = joint.calls["bureau"]
    client.force_login(here.department)
    until = f"{NOW + timedelta(days=2):%Y-%m-%d}"
    for verb in ("sign", "contact", "arrive", "note_progress", "deliver"):
        said = SAID[verb] | ({"until": until} if verb == "contact" else {})
        assert do(client, call, verb, said).status_code == 302, verb
    assert Call.objects.get(pk=call.pk).state == "delivered"
    CALLS["confirm"](call, by=here.desk, at=NOW)
    CALLS["assess"](call, by=here.desk, at=NOW, passed=False, words="来晚了")
    assert "来晚了" in client.get(f"/console/calls/{call.pk}/").text
    assert do(client, call, "answer", {"words": "路上堵"}).status_code == 302
    assert "路上堵" in client.get(f"/console/calls/{call.pk}/").text


def test_a_unit_does_its_own_step_and_no_other(client, here, joint):
    for unit in (here.water_unit, here.bureau_unit):
        plan.add_step(
            joint.whistle,
            by=here.desk,
            at=NOW,
            unit=unit,
            words=f"{unit.slug}的步",
            due_on=NOW.date() + timedelta(days=2),
        )
    own, other = joint.whistle.steps.get(unit=here.water_unit), joint.whistle.steps.get(unit=here.bureau_unit)
    client.force_login(here.water)
    call = joint.calls["water"]

    assert do(client, call, "finish_step", {"words": "补了"}, row=other).status_code == 404
    assert do(client, call, "finish_step", {"words": ""}, row=own).status_code == 422
    assert do(client, call, "finish_step", {"words": "补了"}, row=own).status_code == 302


def test_the_unit_that_leads_makes_the_plan_on_its_page_and_no_other(client, here, joint):
    lead, other, whistle = joint.calls["bureau"], joint.calls["water"], joint.whistle
    days = [f"{NOW + timedelta(days=days):%Y-%m-%d}" for days in (2, 4)]
    step = {"unit": here.water_unit.pk, "words": "补路面", "due_on": days[0]}
    client.force_login(here.water)
    assert "do=add_step" not in client.get(f"/console/calls/{other.pk}/").text
    assert do(client, other, "add_step", step, row=whistle).status_code == 404
    client.force_login(here.department)
    page = f"/console/calls/{lead.pk}/"
    assert f"?do=add_step:{whistle.pk}" in client.get(page).text
    assert "哪一天前" in client.get(f"{page}?do=add_step:{whistle.pk}").text

    wrong = do(client, lead, "add_step", step | {"due_on": "2020-01-01"}, row=whistle)
    assert (wrong.status_code, "请写今天或以后" in wrong.text, "补路面" in wrong.text) == (422, True, True)
    assert do(client, lead, "add_step", step, row=whistle).status_code == 302
    made = whistle.steps.get()
    assert f"?do=shift_step:{made.pk}" in client.get(page).text
    assert do(client, lead, "shift_step", {"due_on": days[1], "words": "等料"}, row=made).status_code == 302
    assert do(client, lead, "finish_step", {"words": "补了"}, row=made).status_code == 404
    client.force_login(here.water)
    assert do(client, other, "shift_step", {"due_on": days[0], "words": "早补"}, row=made).status_code == 404
    assert do(client, other, "drop_step", {"words": "不补了"}, row=made).status_code == 404
    client.force_login(here.department)
    assert do(client, lead, "drop_step", {"words": "不补了"}, row=made).status_code == 404

    made.refresh_from_db()
    assert (f"{made.due_on}", f"{made.first_due_on}", made.is_open) == (days[1], days[0], True)


def test_what_a_called_unit_reads_is_the_matter_and_its_own_part(client, here, joint):
    brought(joint.calls["bureau"], "contact", here, at=AGO)
    client.force_login(here.water)
    pages = {name: client.get(address).text for name, address in {
        "list": "/console/calls/", "call": f"/console/calls/{joint.calls['water'].pk}/", "inbox": "/console/inbox/",
    }.items()}  # fmt: skip

    assert "三号楼暖气主管漏水" in pages["call"]
    for name, text in pages.items():
        for hidden in (
            "老周",
            "302",
            "欧阳",
            "19955554444",
            FOUR["measure"],
            FOUR["person"],
            "物业关不了阀",
        ):
            assert hidden not in text, (name, hidden)


@pytest.mark.parametrize(
    "who", ["desk", "street_head", "department", "neighbour_head", "worker", "intake", "idle", "auditor"]
)
def test_nobody_else_gets_the_page_of_a_call(client, here, joint, who):
    client.force_login(getattr(here, who))
    call = joint.calls["water"]

    assert client.get(f"/console/calls/{call.pk}/").status_code in (403, 404)
    assert do(client, call, "sign", SAID["sign"]).status_code in (403, 404)
    assert Call.objects.get(pk=call.pk).state == "called"


def test_a_called_unit_opens_neither_the_case_nor_the_whistle(client, here, joint):
    client.force_login(here.water)

    for address in (
        f"/console/cases/{joint.case.number}/",
        f"/console/whistles/{joint.whistle.pk}/",
        f"/console/photos/{joint.case.number}/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("verb", ["confirm", "release", "assess", "decide_duty", "turn_back", "lapse"])
def test_no_verb_of_the_street_has_an_address_here(client, here, joint, verb):
    client.force_login(here.water)

    assert do(client, joint.calls["water"], verb, {"words": "好", "reason": "mistaken"}).status_code == 404


def test_a_refusal_keeps_the_words_and_says_where(client, here, joint):
    client.force_login(here.water)
    call = joint.calls["water"]
    past = do(client, call, "contact", {**FOUR, "until": "2020-01-01"})
    old = do(client, call, "sign", SAID["sign"], seen=0)

    assert (past.status_code, "请写今天或以后" in past.text, FOUR["measure"] in past.text) == (
        422,
        True,
        True,
    )
    assert (old.status_code, SAID["sign"]["person"] in old.text) == (409, True)


def test_pressed_twice_it_happens_once(client, here, joint):
    client.force_login(here.water)
    call, key = joint.calls["water"], "k" * 24
    for _ in range(2):
        assert do(client, call, "note_progress", {"words": "挖到一半"}, key=key).status_code == 302

    assert joint.case.entries.filter(said__act="note_progress").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_times(client, here, django_assert_num_queries, count):
    for _ in range(count):
        joint = sounded(here, case=life(here, "progressed", at=NOW - timedelta(hours=5)), at=AGO)
        said = {"unit": here.water_unit, "words": "补路面", "due_on": local_day(NOW)}
        plan.add_step(joint.whistle, by=here.desk, at=NOW, **said)
    client.force_login(here.water)
    client.get("/console/inbox/")

    with django_assert_num_queries(7):
        assert client.get("/console/calls/").text.count("补路面") == count


def test_a_photo_goes_to_the_line_and_is_kept_when_the_words_are_missing(
    client, here, joint, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    blob = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(blob, "JPEG")
    client.force_login(here.water)
    call, key = joint.calls["water"], "k" * 24
    refused = do(
        client, call, "arrive", {"words": ""}, key=key, photos=SimpleUploadedFile("a.jpg", blob.getvalue())
    )
    kept = re.search(r'name="kept" value="([0-9a-f]+)"', refused.text)[1]
    assert (refused.status_code, "已收下 1 张" in refused.text) == (422, True)
    assert do(client, call, "arrive", {"words": "到了"}, key=key, kept=kept).status_code == 302

    entry = joint.case.entries.get(said__act="arrive")
    assert entry.photos.count() == 1
