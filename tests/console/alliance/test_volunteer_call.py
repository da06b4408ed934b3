"""The room of calls: from a case to thanks, who gets which page, what is refused where it was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.policy.volunteer_calls import SAID, neighbours, opened, sign_up, state_of, typed_call
from yige.alliance.models import VolunteerCall

AT = timezone.now() - timedelta(hours=2)
LIST = "/console/volunteer-calls/"


def address(call, verb=""):
    return f"{LIST}{call.pk}/" + (f"{verb}/" if verb else "")


def begun(call):
    """Let the call begin an hour ago."""
    starts = timezone.now() - timedelta(hours=1)
    VolunteerCall.objects.filter(pk=call.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    return VolunteerCall.objects.get(pk=call.pk)


def test_who_comes_is_masked_and_has_no_phone(client, here):
    call, people = opened(here, AT, wanted=1), neighbours(here, 2)
    for someone in people:
        sign_up(call, someone, AT)
    client.force_login(here.street_head)
    page = client.get(address(call)).text

    assert "王*0" in page and "王小0" not in page and "1990001" not in page
    assert "排队 1 位" in page


def test_somebody_is_taken_off_and_the_next_is_asked(client, here):
    call, (first, second) = opened(here, AT, wanted=1), neighbours(here, 2)
    for someone in (first, second):
        sign_up(call, someone, AT)
    client.force_login(here.grid_head)
    seat = call.seats.first()
    empty = client.post(f"{address(call)}seats/{seat.pk}/", {"reason": ""})
    client.post(f"{address(call)}seats/{seat.pk}/", {"reason": "这次要会用电锯"})

    assert empty.status_code == 422 and "请填写这一项" in empty.text
    assert (state_of(call, first), state_of(call, second)) == ("removed", "offered")


def test_number_is_raised_and_an_old_page_is_told(client, here):
    call, people = opened(here, AT, wanted=1), neighbours(here, 2)
    for someone in people:
        sign_up(call, someone, AT)
    client.force_login(here.grid_head)
    known = {name: typed_call(here)[name] for name in ("words", "place", "starts_at", "ends_at")}
    old = client.post(address(call, "change"), known | {"wanted": 5, "seen": 0})
    low = client.post(address(call, "change"), known | {"wanted": 0, "seen": 1})
    client.post(address(call, "change"), known | {"wanted": 2, "seen": 1})

    assert (old.status_code, low.status_code) == (409, 422)
    assert "有了变化" in old.text and "1 到 200" in low.text
    assert state_of(call, people[1]) == "offered"


def test_done_who_came_and_thanks(client, here):
    call, people = opened(here, AT), neighbours(here, 2)
    for someone in people:
        sign_up(call, someone, AT)
    client.force_login(here.grid_head)
    assert "等您记下" not in client.get(LIST).text
    early = client.post(address(call, "finish"), {"came": []})
    call = begun(call)
    assert "等您记下谁来了" in client.get(LIST).text
    seats = list(call.seats.all())
    client.post(address(call, "finish"), {"came": [str(seats[0].pk)]})
    refused = client.post(address(call, "thank"), {"thanks": "谢谢王大爷"})
    done = client.post(address(call, "thank"), {"thanks": "楼道干净了，谢谢大家。"}, follow=True)

    assert early.status_code == 409
    assert list(call.seats.values_list("came", flat=True)) == [True, False]
    assert refused.status_code == 422 and "像是一个人的名字" in refused.text
    assert "谢谢大家" in done.text and "谢谢大家" in client.get(f"/together/{call.pk}/").text


def test_cancelled_with_its_reason(client, here):
    call = opened(here, AT)
    client.force_login(here.community_head)
    page = client.post(address(call, "cancel"), {"reason": "那天有大雨"}, follow=True)

    assert "那天有大雨" in page.text
    assert "那天有大雨" in client.get(f"/together/{call.pk}/").text


def test_a_poster_is_a_page_of_paper(client, here):
    client.force_login(here.grid_head)
    file = client.get(f"{address(opened(here, AT))}poster.pdf")

    assert file.content[:5] == b"%PDF-" and len(file.content) > 5_000


def test_a_stranger_gets_nothing(client, here):
    call = opened(here, AT)
    client.force_login(here.neighbour_head)

    assert client.get(address(call)).status_code == 404
    assert SAID["title"] not in client.get(LIST).text
    assert client.post(address(call, "cancel"), {"reason": "不要"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_statements_of_the_list_and_of_one_call(client, here, count, django_assert_num_queries):
    calls = [opened(here, AT, hour=9 + number) for number in range(count)]
    for someone in neighbours(here, count):
        sign_up(calls[0], someone, AT)
    client.force_login(here.grid_head)
    client.get(LIST)

    with django_assert_num_queries(4):
        page = client.get(LIST)
    with django_assert_num_queries(5):
        client.get(address(calls[0]))

    assert page.text.count(SAID["title"]) == count
