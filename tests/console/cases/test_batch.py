"""Several cases to one unit: every row says what became of it, never half silent."""

import secrets

import pytest

from tests import factories
from yige.cases.models import Case
from yige.steps.verbs import VERBS

PAGE = "/console/batch/dispatch/"


def send(client, user, cases, unit, key=None, **changed):
    client.force_login(user)
    said = {
        f"seen-{case.number}": changed.get(case.number, Case.objects.get(pk=case.pk).version)
        for case in cases
    }
    key = key or secrets.token_urlsafe(24)
    numbers = [case.number for case in cases]
    return client.post(PAGE, {"case": numbers, "unit": unit, "key": key, **said})


def test_all_go_to_one_person(client, here):
    cases = [factories.life(here, "accepted") for _ in range(3)]

    response = send(client, here.desk, cases, f"{here.team_unit.pk}:{here.worker.pk}")

    assert "派给单位team：办好 3 件" in response.text
    assert {case.handler for case in Case.objects.all()} == {here.worker}


def test_those_that_cannot_go_say_why_and_stop_nobody_else(client, here):
    fine, gone = factories.life(here, "accepted"), factories.life(here, "dispatched")
    far = factories.reported(here, grid=here.neighbour_grid)
    far = VERBS["accept"](
        far, by=here.desk, at=factories.MONDAY_NOON, category=far.category, urgency="normal", nature="public"
    )

    response = send(client, here.desk, [fine, gone, far], str(here.team_unit.pk))

    assert "办好 1 件，没有办成 2 件" in response.text
    assert "“派单”只能在“已受理”时做" in response.text
    assert "这个单位不管这个网格" in response.text
    assert Case.objects.get(pk=fine.pk).unit == here.team_unit
    assert Case.objects.get(pk=far.pk).state == "accepted"


def test_an_old_page_of_one_row_refuses_that_row(client, here):
    one, other = factories.life(here, "accepted"), factories.life(here, "accepted")

    response = send(client, here.desk, [one, other], str(here.team_unit.pk), **{one.number: 1})

    assert "办好 1 件，没有办成 1 件" in response.text
    assert "您打开页面之后，这件事已经有了变化" in response.text


def test_a_double_tap_dispatches_once(client, here):
    case = factories.life(here, "accepted")
    key, version = secrets.token_urlsafe(24), case.version

    answers = [
        send(client, here.desk, [case], str(here.team_unit.pk), key, **{case.number: version})
        for _ in range(2)
    ]

    assert ["办好 1 件" in answer.text for answer in answers] == [True, True]
    assert case.entries.filter(verb="dispatch").count() == 1


def test_without_a_unit_it_asks_for_one_and_keeps_the_rows(client, here):
    case = factories.life(here, "accepted")

    response = send(client, here.desk, [case], "")

    assert response.status_code == 422
    assert "请选择派给谁。" in response.text
    assert case.number in response.text


@pytest.mark.parametrize("numbers", [[], ["abc"], ["410106-9999999-9"], ["\x01"], ["4" * 500]])
def test_nothing_picked_says_how_to_pick(client, here, numbers):
    client.force_login(here.desk)

    response = client.get(PAGE, {"case": numbers})

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert "还没有选中事项" in response.text


def test_a_neighbours_case_is_not_among_the_rows(client, here):
    case = factories.life(here, "accepted")

    response = send(client, here.neighbour_head, [case], str(here.team_x_unit.pk))

    assert "还没有选中事项" in response.text
    assert Case.objects.get(pk=case.pk).state == "accepted"


@pytest.mark.parametrize("name", ["worker", "department", "intake", "auditor"])
def test_those_who_do_not_dispatch_find_no_page(client, here, name):
    client.force_login(getattr(here, name))

    assert client.get(PAGE).status_code == 404
