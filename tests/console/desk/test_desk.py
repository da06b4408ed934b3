"""My desk: what waits for whom, nothing that waits for others."""

import pytest
from django.utils import timezone

from tests import factories
from tests.markup import one_line
from yige.accounts.actors import LinkHolder
from yige.cases import work_lists
from yige.cases.models import Ask, Case
from yige.console.desk.rows import desk_heaps
from yige.steps.verbs import VERBS


def counts(user):
    who = work_lists.viewer(user, timezone.now())
    heaps = [*desk_heaps.case_heaps(who, work_lists.work_lists_of(who)), *desk_heaps.call_heaps(who)]
    return {heap.name: heap.count for heap in heaps if heap.count and heap.work}


def desk(client, user):
    client.force_login(user)
    return client.get("/console/")


@pytest.mark.parametrize(
    ("state", "waiting"),
    [
        (
            "reported",
            {"desk": {"to_accept": 1}, "grid_head": {"to_accept": 1}, "worker": {}, "neighbour_head": {}},
        ),
        ("accepted", {"desk": {"to_dispatch": 1}, "community_head": {"to_dispatch": 1}, "worker": {}}),
        ("dispatched", {"desk": {}, "worker": {"to_sign": 1}, "neighbour_worker": {}}),
        ("signed", {"worker": {"to_contact": 1}}),
        ("handling", {"worker": {"to_handle": 1}, "grid_head": {}}),
        ("handled", {"desk": {"to_check": 1}, "worker": {}, "grid_head": {}}),
        ("closed", {"desk": {}, "intake": {"call": 1}, "worker": {}}),
        ("cleared", {"desk": {}, "worker": {}, "intake": {}}),
    ],
)
def test_a_case_waits_for_the_right_person(here, state, waiting):
    factories.life(here, state, contact={"name": "王阿姨", "phone": "13812345678"})

    assert {name: counts(getattr(here, name)) for name in waiting} == waiting


def test_what_came_back_waits_with_the_desk_and_three_returns_with_the_level_1_head(here):
    case = factories.life(here, "signed")
    case = VERBS["hand_back"](case, by=here.worker, at=timezone.now(), reason="wrong_place", words="在路对面")
    came_back = counts(here.desk)
    Case.objects.filter(pk=case.pk).update(return_count=3)

    assert came_back == {"returned": 1, "to_dispatch": 1}
    assert counts(here.desk) == {}
    assert counts(here.street_head) == {"decide": 1}


def test_a_request_for_parking_waits_with_the_level_1_head_alone(here):
    case = factories.life(here, "handling")
    Ask.objects.create(
        case=case, at=timezone.now(), by=here.worker, kind="parking", words="等开春", until=timezone.now()
    )

    assert counts(here.street_head) == {"asked": 1}
    assert counts(here.desk) == {}


def test_what_a_lower_level_cannot_solve_waits_one_level_up(here):
    case = factories.life(here, "handling")
    VERBS["escalate"](case, by=here.worker, at=timezone.now(), tried="通过三次", asked="要动主管道")

    assert counts(here.community_head) == {"raised": 1, "to_dispatch": 1}
    assert counts(here.desk) == {"to_dispatch": 1}


def test_what_is_not_solved_is_shown_as_reopened(here):
    case = factories.life(here, "closed")
    said = {"contacted": True, "solved": "no", "satisfied": "no"}
    VERBS["rate"](case, by=LinkHolder(case.pk), at=timezone.now(), **said)

    assert counts(here.desk) == {"reopened": 1, "to_dispatch": 1}


def test_the_desk_lists_what_waits_and_links_to_the_list(client, here):
    case = factories.reported(here)

    response = desk(client, here.desk)

    assert f'href="/console/cases/{case.number}/"' in response.text
    assert 'href="/console/cases/?view=to_accept"' in response.text
    assert "路灯不亮好几天了" in response.text


def test_an_empty_desk_says_so_kindly(client, here):
    assert "现在没有等您办的事，也没有快到期的。" in desk(client, here.desk).text


def test_the_level_1_head_sees_units_that_are_late_and_no_person(client, here):
    factories.life(here, "handling")

    page = one_line(desk(client, here.street_head).text)

    assert "超时的卡在哪里" in page and "不排名" in page
    assert f'<th scope="row">{here.team_unit.name}' in page
    assert here.worker.name not in page[page.index("超时的卡在哪里") :]


@pytest.mark.parametrize("name", ["auditor", "security", "system"])
def test_administrators_see_no_case_but_their_own_pages(client, here, name):
    factories.reported(here)

    response = desk(client, getattr(here, name))

    assert response.status_code == 200
    assert "您的岗位不看具体事项" in response.text
    assert "路灯" not in response.text


def test_somebody_without_a_post_is_told_so(client, here):
    response = desk(client, here.idle)

    assert response.status_code == 403
    assert "没有在任的岗位" in response.text


@pytest.mark.parametrize("n", [1, 3])
def test_the_statements_do_not_grow_with_the_cases(client, here, n, django_assert_num_queries):
    for _ in range(n):
        factories.reported(here)
    client.force_login(here.community_head)
    client.get("/console/")

    with django_assert_num_queries(18):
        response = client.get("/console/")

    assert response.text.count("路灯不亮好几天了") == 2 * n  # overdue, and waiting to be accepted
