from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import act, life, reported
from tests.scenes import scene

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=31)


@scene
def major(here):
    return life(here, until="closed", at=LONG_AGO, nature="major", words="化粪池满溢")


def test_a_due_look_back_stands_in_the_list_of_the_heads(client, here, major):
    client.force_login(here.desk)

    text = client.get("/console/look-backs/").text

    assert "化粪池满溢" in text and f"/console/cases/{major.number}/?do=look_back#act" in text


def test_the_second_one_is_not_shown_before_its_time(client, here, major):
    act("look_back", major, by=here.desk, at=NOW, result="holds", words="没反弹")
    client.force_login(here.desk)

    text = client.get("/console/look-backs/").text

    assert "现在没有到日子的回头看" in text


def test_nobody_looks_back_on_his_own_work(client, here):
    case = reported(here, by=here.grid_head, channel="patrol", at=NOW - timedelta(days=8))
    case = act("settle", case, by=here.grid_head, at=NOW - timedelta(days=8), words="扶正了护栏")
    case.lookbacks.get_or_create(due_on=NOW.date(), defaults={"at": NOW, "why": "own", "level": 2})
    seen = {}
    for user in (here.grid_head, here.community_head):
        client.force_login(user)
        seen[user.username] = case.number in client.get("/console/look-backs/").text

    assert seen == {"grid_head": False, "community_head": True}


@pytest.mark.parametrize("who", ["neighbour_head", "other_desk"])
def test_neighbours_see_nothing(client, here, major, who):
    client.force_login(getattr(here, who))

    assert major.number not in client.get("/console/look-backs/").text


@pytest.mark.parametrize("who", ["worker", "department", "auditor", "intake"])
def test_others_have_no_such_page(client, here, who):
    client.force_login(getattr(here, who))

    assert client.get("/console/look-backs/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(client, here, n, django_assert_num_queries):
    for _ in range(n):
        life(here, until="closed", at=LONG_AGO, nature="major", words="化粪池满溢")
    client.force_login(here.desk)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(4):
        response = client.get("/console/look-backs/")

    assert response.text.count("化粪池满溢") == n
