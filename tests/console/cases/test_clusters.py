"""What came together: several people, one place, one problem; and nobody learns who they were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import act, category, life, reported
from yige.cases import clusters
from yige.cases.models import Case

PHONES = ("13800000001", "13800000002", "13800000003")
NOW = timezone.now()
TOLD = "3号楼一带，3 件"


def told(here, phones=PHONES, **said):
    at = said.pop("at", NOW - timedelta(days=3))
    return [
        reported(here, at=at, contact={"name": "黄鹤楼", "phone": phone} if phone else None, **said)
        for phone in phones
    ]


def page(client, user):
    clusters.keep_clusters(NOW)
    client.force_login(user)
    return client.get("/console/clusters/").text


def test_three_people_at_one_place_are_told_to_the_heads_with_their_cases(client, here):
    cases = told(here)

    for user in (here.desk, here.street_head, here.community_head):
        text = page(client, user)
        assert TOLD in text and all(f"/console/cases/{case.number}/" in text for case in cases)
        assert "黄鹤楼" not in text and not any(phone in text for phone in PHONES)


def test_what_was_reopened_is_counted(client, here):
    told(here, PHONES[:2])
    case = life(here, until="closed", at=NOW - timedelta(days=2), contact={"name": "", "phone": PHONES[2]})
    act("reopen", case, by=here.desk, at=NOW - timedelta(days=1), words="又坏了")

    assert "其中 1 件重办过" in " ".join(page(client, here.desk).split())


@pytest.mark.parametrize(
    "phones",
    [PHONES[:1] * 9, (None,) * 9, (*PHONES[:1] * 5, *(None,) * 5), PHONES[:2]],
    ids=["one", "nobody", "one and nobody", "two"],
)
def test_however_many_reports_of_too_few_people_make_no_cluster(client, here, phones):
    told(here, phones)

    assert "一带，" not in page(client, here.desk)


@pytest.mark.parametrize(
    "said",
    [
        {"nature": "personal"},
        {"at": NOW - clusters.WINDOW - timedelta(days=1)},
        {"category": "disputes.site-noise"},
    ],
    ids=["personal", "long ago", "a quarrel"],
)
def test_what_is_no_matter_of_the_place_stays_out(client, here, said):
    said = said | ({"category": category(said["category"])} if "category" in said else {})
    told(here, **said)

    assert "一带，" not in page(client, here.desk)


def test_other_buildings_are_other_places(client, here):
    for phone, place in zip(PHONES, ("3号楼", "4号楼", "5号楼"), strict=True):
        told(here, [phone], place=place)

    assert "一带，" not in page(client, here.desk)


def test_rejected_reports_do_not_count(client, here):
    case, *_ = told(here)
    act("reject", case, by=here.desk, at=NOW, reason="outside", words="请联系邻街道")

    assert "一带，" not in page(client, here.desk)


def test_a_room_is_not_named_in_the_heading(client, here):
    told(here, place="向阳小院3号楼2单元501室")

    assert "<h2>向阳小院3号楼一带，3 件</h2>" in page(client, here.desk)


def test_each_sees_what_lies_in_the_own_reach(client, here):
    told(here)

    assert "一带，" not in page(client, here.other_desk)
    client.force_login(here.grid_head)
    assert client.get("/console/clusters/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(client, here, n, django_assert_num_queries):
    for number in range(n):
        told(here, place=f"{number + 3}号楼")
    client.force_login(here.desk)
    clusters.keep_clusters(NOW)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(7):
        text = client.get("/console/clusters/").text
    assert text.count("一带，3 件") == n


def test_what_is_kept_is_what_a_recount_finds_and_the_page_says_of_when(client, here):
    told(here)
    told(here, place="9号楼", words="井盖响得睡不着", category=category("facilities.manhole"))
    told(here, grid=here.neighbour_grid, place="20号楼")
    told(here, PHONES[:2], place="7号楼")
    clusters.keep_clusters(NOW)

    for user in (here.desk, here.street_head, here.community_head):
        kept = clusters.clusters_for(user, NOW)
        recount, is_cut = clusters.find_clusters(Case.objects.visible_to(user, NOW), NOW)
        assert [([case.pk for case in one.cases], one.voices) for one in kept.clusters] == [
            ([case.pk for case in one.cases], one.voices) for one in recount
        ]
        assert (kept.total, kept.is_cut, kept.at) == (len(recount), is_cut, NOW) and len(recount) == 3
    assert "数的，每天凌晨重数一次" in page(client, here.desk)


def test_a_case_that_was_withdrawn_since_the_count_is_not_shown_and_makes_the_cluster_too_small(client, here):
    case, *_ = told(here)
    clusters.keep_clusters(NOW)
    act("reject", case, by=here.desk, at=NOW, reason="outside", words="请联系邻街道")

    assert clusters.clusters_for(here.desk, NOW).clusters == []


def test_before_the_first_count_the_page_says_when_there_will_be_one(client, here):
    client.force_login(here.desk)

    assert "今天夜里会数第一次" in client.get("/console/clusters/").text
