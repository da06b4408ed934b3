"""The rights desk: the most urgent first, masked, answered by registrars, deletions by two; taken down for neighbours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import family
from yige.archive.models import Person, RightsRequest
from yige.archive.rights import requests
from yige.audit.models import LogEntry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(here, *, days_ago=0, kind="correct", words="名字里的英写错了", room="501"):
    at = timezone.now() - days_ago * DAY
    return requests.ask(family(here, room=room).contact, by=here.micro, at=at, kind=kind, words=words)


def test_list_has_the_most_urgent_first_with_masked_names(here, client):
    asked(here, room="501")
    late = asked(here, days_ago=27, room="502")
    client.force_login(here.registrar)

    page = client.get("/console/requests/")

    assert next(row.pk for row, *_ in page.context["told"]) == late.pk
    assert "还剩 3 天" in page.text and page.text.count("王*英") == 2
    assert "王小英" not in page.text and "19900000001" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_for_one_and_three(here, client, django_assert_num_queries, count):
    for number in range(count):
        asked(here, room=str(501 + number))
    client.force_login(here.registrar)
    client.get("/console/requests/")

    with django_assert_num_queries(4):
        page = client.get("/console/requests/")

    assert len(page.context["told"]) == count


def test_empty_list_says_so(here, client):
    client.force_login(here.registrar)

    assert "没有等答复的申请" in client.get("/console/requests/").text
    assert "还没有办完的申请" in client.get("/console/requests/?show=done").text


def test_request_shows_what_is_asked_and_a_masked_stub(here, client):
    row = asked(here)
    client.force_login(here.registrar)

    page = client.get(f"/console/requests/{row.pk}/")

    assert "名字里的英写错了" in page.text
    assert "王*英" in page.text and "199****0001" in page.text
    assert "王小英" not in page.text and "19900000001" not in page.text
    assert not LogEntry.objects.filter(verb="archive.view").exists()


@pytest.mark.parametrize("name", ["other_registrar", "grid_head", "street_head", "auditor"])
def test_nobody_else_sees_a_request(here, client, name):
    row = asked(here)
    client.force_login(getattr(here, name))

    assert client.get(f"/console/requests/{row.pk}/").status_code == 404
    said = {"granted": "yes", "words": "改好了"}
    assert client.post(f"/console/requests/{row.pk}/answer/", said).status_code == 404


def test_answer_is_given_and_an_empty_one_keeps_what_was_typed(here, client):
    row = asked(here)
    client.force_login(here.registrar)
    address = f"/console/requests/{row.pk}/answer/"

    refused = client.post(address, {"granted": "yes", "words": ""})
    again = client.post(address, {"granted": "", "words": "已改为王小瑛"})
    done = client.post(address, {"granted": "yes", "words": "已改为王小瑛"}, follow=True)

    assert (refused.status_code, again.status_code) == (422, 422)
    assert "已改为王小瑛" in again.text and "请选一个" in again.text
    assert "已答复，申请人看得到" in done.text
    assert client.post(address, {"granted": "no", "words": "不改了"}).status_code == 409


def test_deletion_takes_two_registrars(here, client):
    row = asked(here, kind="delete", words="")
    client.force_login(here.registrar)
    said = {"granted": "yes", "words": "本人确认过，同意删除"}
    first = client.post(f"/console/requests/{row.pk}/answer/", said, follow=True)
    alone = client.post(f"/console/requests/{row.pk}/agree/")
    client.force_login(here.second_registrar)
    offered = client.get(f"/console/requests/{row.pk}/")

    done = client.post(f"/console/requests/{row.pk}/agree/", follow=True)

    assert "复核之前什么也没有删" in first.text and "同意，马上删除" not in first.text
    assert alone.status_code == 422
    assert "同意，马上删除" in offered.text
    assert "档案已经删除" in done.text
    assert Person.objects.get(pk=row.person_id).name_sealed is None


def test_second_registrar_sends_it_back_with_a_word(here, client):
    row = asked(here, kind="delete", words="")
    requests.answer(row, by=here.registrar, at=timezone.now(), granted=True, words="同意")
    client.force_login(here.second_registrar)

    empty = client.post(f"/console/requests/{row.pk}/back/", {"words": ""})
    client.post(f"/console/requests/{row.pk}/back/", {"words": "本人改主意了"})

    assert (empty.status_code, RightsRequest.objects.get().answered_at) == (422, None)


def test_worker_finds_a_neighbour_and_takes_a_request_down(here, client):
    of = family(here).contact
    client.force_login(here.micro)

    found = client.post("/console/requests/find/", {"q": "199 0000 0001"})
    form = client.get(f"/console/requests/new/?person={of.pk.hex}")
    said = {"person": of.pk.hex, "kind": "explain", "words": "为什么有我的电话", "key": "k" * 24}
    done = client.post("/console/requests/new/", said, follow=True)
    client.post("/console/requests/new/", said)

    assert "王*英" in found.text and "王小英" not in found.text
    assert LogEntry.objects.get(verb="archive.search").result == "hit"
    assert "王*英" in form.text
    assert "由档案管理员答复本人" in done.text
    assert RightsRequest.objects.get().taken_by == here.micro


def test_person_of_another_grid_is_not_found(here, client):
    of = family(here).contact
    client.force_login(here.neighbour_worker)

    found = client.post("/console/requests/find/", {"q": "19900000001"})

    assert "没有找到" in found.text
    assert client.get(f"/console/requests/new/?person={of.pk.hex}").status_code == 404
    assert client.get("/console/requests/new/?person=nonsense").status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_stays(here, client):
    of = family(here).contact
    client.force_login(here.micro)

    page = client.post(
        "/console/requests/new/", {"person": of.pk.hex, "kind": "", "words": "为什么有我的电话"}
    )

    assert page.status_code == 422
    assert "请选一个" in page.text and "为什么有我的电话" in page.text
