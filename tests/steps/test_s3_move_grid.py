"""A case in the wrong grid: whose it is afterwards, what goes on, who may."""

from datetime import timedelta

import pytest

from tests.factories import act, life
from tests.steps.correcting import AT, PHONE, changes, clock, heard, move_grid, told
from yige.cases.models import Ask, Case
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


@pytest.mark.parametrize("state", ["reported", "accepted", "dispatched", "signed", "handling"])
def test_a_case_in_the_wrong_grid_moves_with_its_clock(here, state):
    case = life(here, state, contact={"name": "王阿姨", "phone": PHONE})
    before = clock(case)

    case = move_grid(case, here.grid_head, here.neighbour_grid)

    assert (case.grid, case.grid_path) == (here.neighbour_grid, "/zz/js/9x/")
    assert clock(case)[:3] == before[:3] and case.next_mark_at <= before[4]
    assert case.state == ("reported" if state == "reported" else "accepted")
    assert (case.unit, case.handler, case.first_unit, case.dispatched_at) == (None, None, None, None)
    assert changes(case) == [("grid", "网格zz-js-9", "网格zz-js-9x", here.grid_head)]
    mine, theirs = (
        Case.objects.visible_to(user, AT).filter(pk=case.pk).exists()
        for user in (here.grid_head, here.neighbour_head)
    )
    assert (mine, theirs) == (False, True)
    assert "从别的网格改来" in heard(case, here.neighbour_head)
    assert "已改到别的网格" in heard(case, here.grid_head)
    assert told(case)[-1].startswith("这件事的地方在网格zz-js-9x")
    if state in ("dispatched", "signed", "handling"):
        assert "已改到别的网格，不用再办" in heard(case, here.worker)


def test_a_moved_case_can_be_dispatched_handled_and_closed_in_its_new_grid(here):
    case = move_grid(life(here, "handling"), here.grid_head, here.neighbour_grid)

    case = act(
        "dispatch", case, by=here.neighbour_head, at=AT, unit=here.team_x_unit, person=here.neighbour_worker
    )
    case = act("sign", case, by=here.neighbour_worker, at=AT)

    assert (case.state, case.handler, case.first_unit) == ("signed", here.neighbour_worker, here.team_x_unit)


def test_a_department_goes_on_with_a_case_whose_grid_was_wrong(here):
    case = act("dispatch", life(here, "accepted"), by=here.desk, at=AT, unit=here.bureau_unit)

    case = move_grid(case, here.desk, here.neighbour_grid)

    assert (case.state, case.unit) == ("dispatched", here.bureau_unit)


def test_returns_for_the_wrong_place_are_over_in_the_right_one(here):
    case = life(here, "dispatched")
    case = act("hand_back", case, by=here.worker, at=AT, reason="wrong_place", words="不在这里")

    case = move_grid(case, here.desk, here.neighbour_grid)

    assert (case.return_count, case.first_unit, case.state) == (0, None, "accepted")
    assert case.returns.count() == 1


def test_an_open_request_ends_with_the_grid_it_was_made_in(here):
    case = life(here, "handling")
    case = act(
        "ask", case, by=here.worker, at=AT, kind="extension", words="等料", until=AT + timedelta(days=5)
    )

    move_grid(case, here.grid_head, here.neighbour_grid)

    ask = Ask.objects.get()
    assert (ask.decided_by, ask.granted_until, ask.answer) == (
        here.grid_head, None, "改到别的网格，原来的申请不再批。",
    )  # fmt: skip


def test_a_point_that_does_not_lie_in_the_new_grid_goes(here):
    case = move_grid(life(here, "accepted", lon=113.3, lat=34.8), here.desk, here.neighbour_grid)

    assert (case.lon, case.lat, case.accuracy_m) == (None, None, None)


def test_a_case_is_not_pushed_to_and_fro(here):
    case = move_grid(life(here, "accepted"), here.grid_head, here.neighbour_grid)
    case = move_grid(case, here.neighbour_head, here.grid)

    with pytest.raises(NotAllowed, match="由街道的事件处置岗来定"):
        move_grid(case, here.grid_head, here.neighbour_grid)
    assert move_grid(case, here.desk, here.neighbour_grid).grid == here.neighbour_grid


def test_who_took_it_in_moves_it_until_it_is_dispatched(here):
    case = life(here, "accepted", by=here.intake, channel="hotline")
    sent = life(here, "dispatched", by=here.intake, channel="hotline")

    assert move_grid(case, here.intake, here.neighbour_grid).grid == here.neighbour_grid
    with pytest.raises(Conflict, match="已经派出去了"):
        move_grid(sent, here.intake, here.neighbour_grid)


@pytest.mark.parametrize("where", ["grid", "other_street"])
def test_a_case_moves_to_another_grid_of_its_own_street(here, where):
    case = life(here, "accepted")

    with pytest.raises(NotSaid) as refused:
        move_grid(case, here.desk, getattr(here, where))
    assert "grid" in refused.value.fields
