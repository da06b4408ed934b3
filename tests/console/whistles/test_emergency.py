"""Emergency first: one short form makes the case and calls the units; a refusal makes neither and keeps every word."""

import pytest

from tests.factories import category
from yige.cases.models import Case
from yige.whistles.models import Call, Whistle

ADDRESS = "/console/whistles/emergency/"
KEY = "k" * 24


@pytest.fixture(autouse=True)
def tree(here):
    category()


def said(here, **more):
    return {
        "key": KEY, "channel": "hotline", "category": "facilities.street-lamp", "grid": str(here.grid.pk),
        "place": "三号楼前路口", "matter": "主管爆了，路面在塌", "tried": "物业关不了阀", "name": "王阿姨",
        "phone": "138 1234 5678", "unit_0": here.bureau_unit.pk, "asked_0": "关阀门", "unit_1": here.water_unit.pk,
        "asked_1": "送水", **more,
    }  # fmt: skip


def send(client, user, data):
    client.force_login(user)
    return client.post(ADDRESS, data)


@pytest.mark.parametrize("who", ["desk", "street_head"])
def test_the_street_whistles_first_and_the_case_is_there(client, here, who):
    for _ in range(2):  # pressed twice it is one case and one whistle
        answer = send(client, getattr(here, who), said(here, trigger="need"))
        whistle = Whistle.objects.get()
        assert answer.headers["Location"] == f"/console/whistles/{whistle.pk}/"

    case = Case.objects.get()
    assert (whistle.case, whistle.trigger, case.urgency, case.open_parts) == (
        case,
        "emergency",
        "emergency",
        2,
    )
    assert (case.grid, case.place, case.words) == (here.grid, "三号楼前路口", "主管爆了，路面在塌")
    assert sorted(Call.objects.values_list("unit__slug", "part")) == [("bureau", "lead"), ("water", "assist")]


@pytest.mark.parametrize("who", ["community_head", "grid_head", "worker", "intake", "department", "idle"])
def test_who_does_not_whistle_has_no_such_page(client, here, who):
    assert send(client, getattr(here, who), said(here)).status_code in (403, 404)
    assert ADDRESS not in client.get("/console/intake/").text
    assert not Case.objects.exists()


WRONG = {
    "no grid": {"grid": ""},
    "no matter": {"matter": ""},
    "no unit": {"unit_0": ""},
    "the same unit twice": {"unit_1": "bureau"},
    "nothing asked": {"asked_0": ""},
    "a number of a person": {"matter": "13812345678 家漏水"},
    "a phone that is none": {"phone": "没有"},
    "nobody there": {"unit_1": "property"},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_refused_makes_neither_case_nor_whistle_and_keeps_the_words(client, here, name):
    wrong = {key: getattr(here, f"{value}_unit").pk if value in ("bureau", "property") else value
             for key, value in WRONG[name].items()}  # fmt: skip
    page = send(client, here.desk, said(here) | wrong)

    assert (page.status_code, "yg-field__error" in page.text, "物业关不了阀" in page.text) == (
        422,
        True,
        True,
    )
    assert "三号楼前路口" in page.text
    assert not Case.objects.exists()


def test_a_grid_of_another_street_is_refused_whole(client, here):
    page = send(client, here.other_desk, said(here))

    assert (page.status_code, "物业关不了阀" in page.text) == (422, True)
    assert not Case.objects.exists()


def test_looking_for_the_place_keeps_what_was_typed(client, here):
    looked = said(here, find="1", where=here.grid.name, grid="")
    page = send(client, here.desk, looked)

    assert str(here.grid.pk) in page.text
    assert "主管爆了，路面在塌" in page.text
    assert f'value="{here.water_unit.pk}" selected' in page.text
    part = client.post(ADDRESS, looked, headers={"HX-Request": "true"}).text
    assert str(here.grid.pk) in part
    assert "<form" not in part


def test_the_desk_and_intake_lead_here_and_the_page_says_whom_nobody_would_reach(client, here):
    client.force_login(here.desk)

    for page in ("/console/", "/console/intake/", "/console/whistles/"):
        assert f'href="{ADDRESS}"' in client.get(page).text, page
    text = client.get(ADDRESS).text
    assert "单位property" in text.partition("现在没有人会看到消息的单位")[2].partition("</p>")[0]
    assert "到场 30 分钟内" in text


@pytest.mark.parametrize("who", ["desk", "street_head"])
def test_at_night_somebody_rang_whatever_the_usual_channel_of_the_role_is(client, here, who):
    client.force_login(getattr(here, who))
    assert client.get(ADDRESS).context["form"]["channel"].initial == "hotline"
