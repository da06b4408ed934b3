"""The page of a vote: roll, papers by two, live quorum, count; it shows who took part and never what was voted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.policy.deliberation import DECIDED, ROLL, met, voted_on, with_roll
from yige.deliberation.models import Ballot, Vote, VotingRight

NOW = timezone.now() - timedelta(hours=4)


def address(row, verb=""):
    return f"/console/deliberations/{row.pk}/vote/" + (f"{verb}/" if verb else "")


def test_a_vote_by_its_page(client, here):
    row = met(here, NOW - DECIDED, matter="owners_7")
    client.force_login(here.community_head)
    assert address(row) in client.get(f"/console/deliberations/{row.pk}/").text
    client.post(address(row, "write_roll"), {"roll": ROLL})
    ends = timezone.localtime() + timedelta(days=5)
    client.post(address(row, "open_vote"), {"closes_at": f"{ends:%Y-%m-%dT10:00}"})
    paper = {"number": "2", "choice": "yes", "origin": "paper"}
    client.post(address(row, "enter_paper"), paper)
    client.force_login(here.desk)
    first = client.get(address(row)).text
    client.post(address(row, "enter_paper"), paper)
    page = " ".join(client.get(address(row)).text.split())

    assert "等第二个人录的纸票" in first and "再有 3 户、286.68 平方米参与才有效" in first
    assert Ballot.objects.get().choice == "yes" and "再有 2 户、136.18 平方米参与才有效" in page
    assert "同意" not in page.partition('id="roll"')[2].partition("</table>")[0]


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("write_roll", {"roll": "3号楼501，0"}, "面积要大于 0"),
        ("open_vote", {"closes_at": "2020-01-01T10:00"}, "一天以后"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(client, here, verb, typed, sentence):
    row = with_roll(here, NOW - DECIDED)
    client.force_login(here.community_head)
    page = client.post(address(row, verb), typed)

    assert (page.status_code, sentence in page.text, next(iter(typed.values())) in page.text) == (
        422,
        True,
        True,
    )
    assert Vote.objects.get().opened_at is None and VotingRight.objects.count() == 4


def test_a_paper_twice_is_a_sentence_at_its_number(client, here):
    row = voted_on(here, NOW - DECIDED)
    paper = {"number": "1", "choice": "yes", "origin": "paper"}
    for name in ("desk", "grid_head", "desk"):
        client.force_login(getattr(here, name))
        page = client.post(address(row, "enter_paper"), paper)

    assert (page.status_code, "一票只投一次" in page.text) == (409, True)


@pytest.mark.parametrize(
    ("name", "status"),
    [("grid_head", 200), ("department", 404), ("neighbour_head", 404), ("other_desk", 404), ("auditor", 404)],
)
def test_who_opens_the_roll(client, here, name, status):
    row = voted_on(here, NOW - DECIDED)
    client.force_login(getattr(here, name))

    assert client.get(address(row)).status_code == status
    assert client.get(address(met(here, NOW - DECIDED))).status_code == 404


@pytest.mark.parametrize("homes", [1, 3])
def test_the_page_costs_the_same_with_more_rights(client, here, homes, django_assert_num_queries):
    row = voted_on(
        here, NOW - DECIDED, roll="\n".join(f"3号楼{number}，90" for number in range(101, 101 + homes))
    )
    client.force_login(here.community_head)

    with django_assert_num_queries(19):
        assert client.get(address(row)).text.count("90 平方米") >= homes
