from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life, reported
from tests.scenes import scene
from yige.cases import clockwork
from yige.cases.models import Case

NOW = timezone.now()


@scene
def ours(here):
    return life(here, until="handling", at=NOW - timedelta(hours=2), words="我们网格的路灯")


def test_heads_see_the_units_of_their_area_and_no_persons(client, here, ours):
    client.force_login(here.desk)

    text = client.get("/console/units/").text

    assert "单位team" in text
    assert here.worker.name not in text


def test_the_neighbour_and_the_other_street_see_none_of_it(client, here, ours):
    for user in (here.neighbour_head, here.other_desk):
        client.force_login(user)
        assert "/console/units/team/" not in client.get("/console/units/").text
        assert client.get("/console/units/team/").status_code == 404


@pytest.mark.parametrize("who", ["auditor", "security", "system"])
def test_administrators_have_no_ledger(client, here, ours, who):
    client.force_login(getattr(here, who))

    assert client.get("/console/units/").status_code == 404


def test_a_department_sees_its_own_page_with_its_own_cases(client, here, ours):
    client.force_login(here.department)

    assert "这里现在没有事项" in client.get("/console/units/bureau/").text
    assert client.get("/console/units/team/").status_code == 404


def test_cards_are_shown_with_their_reason(client, here):
    case = life(here, until="dispatched", at=NOW - timedelta(days=2))
    clockwork.wake(NOW)
    client.force_login(here.grid_head)

    text = client.get("/console/units/team/?show=late").text

    assert case.number in text and "黄牌" in text
    assert "到时还没有做到：受理、明确承办人、联系反映人。" in text


@pytest.mark.parametrize("show", ["open", "late", "check", "closed", "nonsense"])
def test_every_heap_opens(client, here, ours, show):
    client.force_login(here.grid_head)

    response = client.get(f"/console/units/team/?show={show}&page=-1")

    assert response.status_code == 200
    assert ("我们网格的路灯" in response.text) == (show in ("open", "nonsense"))


@pytest.mark.parametrize("n", [1, 3])
def test_ledger_query_count(client, here, n, django_assert_num_queries):
    for _ in range(n):
        life(here, until="handling", at=NOW - timedelta(hours=2))
    client.force_login(here.desk)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(6):
        client.get("/console/units/")


@pytest.mark.parametrize("n", [1, 3])
def test_unit_query_count(client, here, n, django_assert_num_queries):
    for _ in range(n):
        life(here, until="handling", at=NOW - timedelta(hours=2), words="灯杆歪了")
    client.force_login(here.desk)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(8):
        response = client.get("/console/units/team/")

    assert response.text.count(">灯杆歪了<") == n


def test_the_empty_ledger_says_so(client, here):
    reported(here)
    client.force_login(here.desk)

    assert "还没有派到单位的事项" in client.get("/console/units/").text


def test_cards_on_cases_one_does_not_see_are_not_counted(client, here):
    hidden = life(here, until="dispatched", at=NOW - timedelta(days=2))
    life(here, until="handling", at=NOW - timedelta(hours=2))
    clockwork.wake(NOW)
    Case.objects.filter(pk=hidden.pk).update(handler=here.micro)
    shown = {}
    for user in (here.desk, here.worker):
        client.force_login(user)
        [row] = client.get("/console/units/").context["rows"]
        shown[user.username] = row["yellow"]

    assert shown == {"desk": 1, "worker": 0}
