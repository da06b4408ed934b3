"""The page of branches: one a grid, written down by heads; names of members to the head of the grid alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.policy.volunteer_calls import as_oneself, branch, neighbours
from yige.alliance.branches import join_branch
from yige.alliance.models import Branch

AT = timezone.now() - timedelta(hours=2)
LIST = "/console/branches/"


def test_a_branch_is_written_down_once(client, here):
    client.force_login(here.community_head)
    typed = {"grid": here.grid.pk, "name": "第九网格党支部"}
    empty = client.post(f"{LIST}new/", typed | {"name": ""})
    done = client.post(f"{LIST}new/", typed, follow=True)
    again = client.post(f"{LIST}new/", typed)

    assert (empty.status_code, again.status_code) == (422, 409)
    assert "第九网格党支部" in done.text and "已经登记过" in again.text
    assert Branch.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "sees"), [("grid_head", True), ("community_head", False), ("neighbour_head", False)]
)
def test_names_are_read_by_the_head_of_the_grid_if_the_member_wants_it(client, here, who, sees):
    row, people = branch(here, AT), neighbours(here, 2)
    for someone, shows in zip(people, (True, False), strict=True):
        join_branch(row, by=as_oneself(someone), at=AT, person=someone, shows_name=shows)
    client.force_login(getattr(here, who))
    page = client.get(LIST).text

    assert ("王*0" in page) is sees
    assert "王*1" not in page and "王小" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_members(client, here, count, django_assert_num_queries):
    row = branch(here, AT)
    for someone in neighbours(here, count):
        join_branch(row, by=as_oneself(someone), at=AT, person=someone, shows_name=True)
    client.force_login(here.grid_head)
    client.get(LIST)

    with django_assert_num_queries(7):
        client.get(LIST)
