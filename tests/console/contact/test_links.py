"""Who looks after whom: lists by grid, given and ended by those who may, a household only with its consent."""

import pytest

from tests.factories import LONG_AGO, household, linked_household, staff
from yige.archive.models import Link


def area_link(here, user, path):
    return Link.objects.create(kind="area", user=user, path=path, since=LONG_AGO)


def test_lists_show_the_own_area_and_not_the_neighbours(client, here):
    linked_household(here)
    area_link(here, here.community_head, "/zz/js/9/")
    area_link(here, here.neighbour_head, "/zz/js/9x/")
    client.force_login(here.grid_head)

    page = client.get("/console/links/")

    assert "某community_head" in page.text and "某member" in page.text and "2单元501" in page.text
    assert len(page.context["areas"]) == 1


def test_head_without_files_sees_who_but_not_the_door(client, here):
    linked_household(here)
    client.force_login(here.community_head)

    text = client.get("/console/links/").text

    assert "某member" in text and "门牌遮住" in text and "2单元501" not in text


@pytest.mark.parametrize("who", ["desk", "other_desk", "micro", "member", "department", "auditor"])
def test_others_have_no_such_page(client, here, who):
    client.force_login(getattr(here, who))

    assert client.get("/console/links/").status_code == 404
    assert (
        client.post("/console/links/area/", {"user": here.micro.pk, "path": "/zz/js/9/"}).status_code == 404
    )


def test_street_head_sees_and_gives_areas_but_no_household_of_anybody(client, here):
    """The rule: areas are given by a registrar or by a street or community head above the place."""
    linked_household(here)
    area_link(here, here.community_head, "/zz/js/9/")
    area_link(here, here.other_desk, "/zzz/")
    client.force_login(here.street_head)

    page = client.get("/console/links/")
    client.post("/console/links/area/", {"user": str(here.micro.pk), "path": "/zz/js/9/"})

    assert [link.path for link, _, _ in page.context["areas"]] == ["/zz/js/9/"]
    assert page.context["joined"] == [] and page.context["join_form"] is None
    assert "某community_head" in page.text and "党员联户" not in page.text and "门牌遮住" not in page.text
    assert 'href="/console/links/"' in client.get("/console/").text
    assert Link.objects.get(user=here.micro).path == "/zz/js/9/"


def test_street_head_ends_an_area_of_the_own_street_and_nothing_else(client, here):
    linked_household(here)
    area_link(here, here.community_head, "/zz/js/9/")
    area_link(here, here.other_registrar, "/zzz/")
    joined, own, other = (
        Link.objects.get(**said) for said in ({"path": ""}, {"path": "/zz/js/9/"}, {"path": "/zzz/"})
    )
    client.force_login(here.street_head)

    got = [client.post(f"/console/links/{link.pk}/end/").status_code for link in (joined, own, other)]

    assert got == [404, 302, 404]
    assert list(Link.objects.exclude(until=None)) == [own]


def test_street_head_of_another_street_gives_and_sees_nothing_here(client, here):
    """The neighbour: the same role over /zzz/."""
    area_link(here, here.community_head, "/zz/js/9/")
    client.force_login(staff("other_head", "street_head", "/zzz/", here.street_z_unit))

    page = client.get("/console/links/")
    refused = client.post("/console/links/area/", {"user": str(here.micro.pk), "path": "/zz/js/9/"})
    joined = client.post("/console/links/household/", {"user": str(here.member.pk), "consented": "on"})

    assert page.context["areas"] == [] and "某community_head" not in page.text
    assert (refused.status_code, joined.status_code, Link.objects.count()) == (422, 404, 1)


def test_street_head_gives_no_area_to_oneself(client, here):
    client.force_login(here.street_head)

    response = client.post("/console/links/area/", {"user": str(here.street_head.pk), "path": "/zz/js/9/"})

    assert (response.status_code, Link.objects.exists()) == (422, False)


def test_area_is_given_and_a_second_time_refused(client, here):
    client.force_login(here.community_head)
    said = {"user": str(here.grid_head.pk), "path": "/zz/js/9/"}

    client.post("/console/links/area/", said)
    again = client.post("/console/links/area/", said)
    outside = client.post("/console/links/area/", said | {"path": "/zzz/"})

    assert (again.status_code, "已经由他（她）包了" in again.text) == (409, True)
    assert (outside.status_code, "请从列表里选" in outside.text) == (422, True)
    assert Link.objects.get().path == "/zz/js/9/"


def test_household_is_joined_with_its_consent_alone(client, here):
    made = household(here)
    client.force_login(here.grid_head)
    said = {"user": str(here.member.pk), "door": "向阳小院3号楼2单元501"}

    refused = client.post("/console/links/household/", said)
    lost = client.post("/console/links/household/", said | {"door": "8号楼", "consented": "on"})
    client.post("/console/links/household/", said | {"consented": "on"})

    assert (refused.status_code, "请先问过本户" in refused.text, said["door"] in refused.text) == (
        422,
        True,
        True,
    )
    assert (lost.status_code, "没有这一户" in lost.text) == (422, True)
    link = Link.objects.get()
    assert (link.household, link.user, link.consented_at is not None) == (made, here.member, True)


def test_link_ends_for_those_who_may_end_it(client, here):
    linked_household(here)
    link = Link.objects.get()

    for who in (here.neighbour_head, here.community_head, here.other_registrar):
        client.force_login(who)
        assert client.post(f"/console/links/{link.pk}/end/").status_code == 404
    client.force_login(here.grid_head)
    client.post(f"/console/links/{link.pk}/end/")

    assert Link.objects.get().until is not None


def test_empty_lists_say_so(client, here):
    client.force_login(here.registrar)

    text = client.get("/console/links/").text

    assert "还没有登记包片" in text and "还没有登记联户" in text


@pytest.mark.parametrize("n", [1, 3])
def test_links_query_count(client, here, n, django_assert_num_queries):
    for place in range(n):
        linked_household(here, room=f"50{place}")
    client.force_login(here.grid_head)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(6):
        response = client.get("/console/links/")

    assert response.text.count("2单元50") == n
