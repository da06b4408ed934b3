"""Sounding a whistle from the page of a case: what the page says before, what it keeps, who asked for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import act
from yige.accounts.models import Unit
from yige.whistles.models import Call, Whistle, WhistleRequest
from yige.whistles.words import TRIGGER_MEANS

NOW = timezone.now().replace(microsecond=0)
AGO = NOW - timedelta(hours=1)
SOUNDING = 15


def form(here, **more):
    return {
        "trigger": "need", "matter": "三号楼前水管爆了", "tried": "物业修不了主管", "unit_0": here.bureau_unit.pk,
        "asked_0": "关阀门", "unit_1": here.water_unit.pk, "asked_1": "送水", **more,
    }  # fmt: skip


def sound(client, case, said):
    return client.post(f"/console/cases/{case.number}/whistle/", said)


def test_the_desk_sounds_from_the_case_and_lands_on_the_whistle(client, here, handled):
    client.force_login(here.desk)
    assert f"/console/cases/{handled.number}/whistle/" in client.get(f"/console/cases/{handled.number}/").text
    page = client.get(f"/console/cases/{handled.number}/whistle/")
    assert "单位property" in page.text  # nobody there would see it, and the page says so before
    answer = sound(client, handled, form(here))

    assert answer.headers["Location"] == f"/console/whistles/{Whistle.objects.get().pk}/"
    assert sorted(Call.objects.values_list("unit__slug", "part")) == [("bureau", "lead"), ("water", "assist")]
    assert sound(client, handled, form(here)).status_code == 302  # pressed twice: the one that runs


WRONG = {
    "no lead": {"unit_0": ""},
    "nothing asked of who assists": {"asked_1": ""},
    "asked of nobody": {"unit_1": ""},
    "a meeting without a place": {"meet_at": f"{NOW + timedelta(days=2):%Y-%m-%dT%H:%M}"},
    "a meeting in the past": {"meet_at": "2020-01-01T10:00", "meet_place": "院里"},
    "a meeting in a century": {"meet_at": "2199-01-01T10:00", "meet_place": "院里"},
    "a phone of a neighbour": {"matter": "13812345678 家漏水"},
    "no day": {"meet_at": "明天下午"},
    "a trigger that is none": {"trigger": "praise"},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_refused_whistle_keeps_what_was_typed(client, here, handled, name):
    client.force_login(here.desk)
    answer = sound(client, handled, form(here) | WRONG[name])

    assert answer.status_code == 422
    assert "物业修不了主管" in answer.text
    assert "yg-field__error" in answer.text
    assert not Whistle.objects.exists()


def test_a_unit_that_nobody_would_see_is_said_beside_the_form(client, here, handled):
    client.force_login(here.desk)
    said = form(here, unit_1=here.property_unit.pk, asked_1="开门")

    beside = sound(client, handled, said).text.partition('id="whistle_reached_1"')[2]
    assert "先打电话" in beside.partition("</div>")[0]
    assert sound(client, handled, said | {"reached_1": "物业值班 李师傅"}).status_code == 302


def test_a_request_opens_the_form_with_its_words_and_is_answered_by_sounding(client, here, handled):
    act(
        "ask_whistle", handled, by=here.worker, at=AGO, trigger="joint", tried="劝了三次", wanted="请城管来清"
    )
    client.force_login(here.desk)
    board = client.get("/console/whistles/").text
    page = client.get(f"/console/cases/{handled.number}/whistle/").text
    sound(client, handled, form(here))

    assert "请城管来清" in board
    assert "劝了三次" in page
    assert WhistleRequest.objects.get().whistle == Whistle.objects.get()


def test_a_request_is_read_beside_the_form_that_refuses_it(client, here, handled):
    act(
        "ask_whistle", handled, by=here.worker, at=AGO, trigger="joint", tried="劝了三次", wanted="请城管来清"
    )
    address = f"/console/cases/{handled.number}/"
    client.force_login(here.desk)
    page = client.get(f"{address}?do=refuse_whistle").text
    assert (page.count("劝了三次"), page.count("请城管来清")) == (2, 2)  # the note and the timeline

    assert client.post(f"{address}refuse_whistle/", {"words": ""}).status_code == 422
    assert client.post(f"{address}refuse_whistle/", {"words": "社区先劝"}).status_code == 302
    assert WhistleRequest.objects.get().answer == "社区先劝"
    client.force_login(here.worker)
    again = {"trigger": "joint", "tried": "又劝了", "wanted": "请城管"}
    assert client.post(f"{address}ask_whistle/", again).status_code == 302
    assert "又劝了" in client.get(address).text


def test_each_trigger_says_what_it_means_and_what_it_freezes(client, here, handled):
    client.force_login(here.desk)
    text = client.get(f"/console/cases/{handled.number}/whistle/").text

    assert [means for means in TRIGGER_MEANS.values() if means not in text] == []
    assert "签收 1 小时内，联系街道 24 小时内，报到 3 个工作日内" in text
    assert "马上应答 10 分钟内，到场 30 分钟内" in text


@pytest.mark.parametrize("count", [1, 3])
def test_sounding_asks_the_same_number_of_times_whatever_units_there_are(
    client, here, handled, django_assert_num_queries, count
):
    for number in range(count):
        Unit.objects.create(slug=f"more{number}", name=f"单位{number}", kind="utility")
    client.force_login(here.desk)
    client.get("/console/whistles/")

    with django_assert_num_queries(SOUNDING):
        client.get(f"/console/cases/{handled.number}/whistle/")
