from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life, staff, unit
from yige.accounts import roles
from yige.cases import workflow
from yige.cases.models import Case
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.steps.s4_dispatch.actions import targets

LATER = MONDAY_NOON + timedelta(hours=3)

# Who may hand to whom, written by hand from the domain reference §3.2: downwards, departments by the street alone.
HAND_TO = {
    "street_head": "community_head grid_head grid_worker micro_worker party_member department_handler",
    "desk": "community_head grid_head grid_worker micro_worker party_member department_handler",
    "community_head": "community_head grid_head grid_worker micro_worker party_member",
    "grid_head": "grid_head grid_worker micro_worker party_member",
}


@pytest.mark.parametrize("giver", roles.having("dispatch"))
@pytest.mark.parametrize("taker", list(roles.ROLE_BY_NAME))
def test_handing_over_goes_downwards(giver, taker):
    assert roles.may_hand_to(giver, taker) is (taker in HAND_TO[giver].split())


def test_targets_are_people_of_this_place_and_departments(here):
    case = life(here, until="accepted")

    assert {post.user.username for post in targets(case, here.desk, LATER)} == {
        "community_head", "grid_head", "worker", "micro", "member", "department",
    }  # fmt: skip
    assert {post.user.username for post in targets(case, here.community_head, LATER)} == {
        "community_head", "grid_head", "worker", "micro", "member",
    }  # fmt: skip
    assert targets(case, here.neighbour_head, LATER) == []


def hand_back(case, by, **said):
    said = {"reason": "wrong_place", "words": "不在我们这边", **said}
    return act("hand_back", case, by=by, at=LATER, **said)


def to_bureau(here, case):
    return act("dispatch", case, by=here.desk, at=LATER, unit=here.bureau_unit)


def test_handing_back_as_not_mine_names_the_owner(here):
    case = life(here, until="dispatched")

    with pytest.raises(NotSaid) as refused:
        hand_back(case, here.worker, reason="not_mine")
    assert list(refused.value.fields) == ["suggested"]

    case = hand_back(case, here.worker, reason="not_mine", suggested=here.bureau_unit)
    assert (case.state, case.unit, case.handler, case.return_count) == ("accepted", None, None, 1)


def returned_twice(here):
    case = hand_back(life(here, until="dispatched"), here.worker)
    return hand_back(to_bureau(here, case), here.department)


def test_after_two_returns_the_first_receiver_leads(here):
    case = returned_twice(here)

    assert (case.return_count, case.unit, case.first_unit) == (2, None, here.team_unit)
    with pytest.raises(NotAllowed, match=workflow.RETURNS[2]):
        to_bureau(here, case)
    assert act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit).state == "dispatched"


def test_a_transfer_is_no_way_around_the_first_receiver(here):
    case = act("dispatch", returned_twice(here), by=here.desk, at=LATER, unit=here.team_unit)

    with pytest.raises(NotAllowed, match=workflow.RETURNS[2]):
        act("transfer", case, by=here.desk, at=LATER, unit=here.bureau_unit, words="换一家")


def test_after_three_returns_the_level_one_head_decides(here):
    case = act("dispatch", returned_twice(here), by=here.desk, at=LATER, unit=here.team_unit)
    case = hand_back(case, here.worker)

    assert case.return_count == 3
    with pytest.raises(NotAllowed, match=workflow.RETURNS[3]):
        act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit)
    case = act("dispatch", case, by=here.street_head, at=LATER, unit=here.bureau_unit)
    assert (case.state, case.unit) == ("dispatched", here.bureau_unit)


def test_whoever_may_sign_for_the_unit_sees_the_case_until_somebody_does(here):
    case = act("dispatch", life(here, until="accepted"), by=here.desk, at=LATER, unit=here.team_unit)
    told = set(Notice.objects.filter(kind="dispatched").values_list("user_id", flat=True))

    for person in (here.worker, here.micro, here.member):
        assert Case.objects.visible_to(person, LATER).get() == case
        assert person.pk in told
    act("sign", case, by=here.worker, at=LATER)
    assert Case.objects.visible_to(here.worker, LATER).get() == case
    assert not Case.objects.visible_to(here.micro, LATER).exists()


def test_two_people_of_a_unit_cannot_both_sign(here):
    case = act("dispatch", life(here, until="accepted"), by=here.desk, at=LATER, unit=here.team_unit)
    act("sign", case, by=here.worker, at=LATER)

    with pytest.raises(NotAllowed):
        act("sign", case, by=here.micro, at=LATER)


def test_unit_of_another_place_is_refused(here):
    case = life(here, until="accepted")

    with pytest.raises(NotSaid) as refused:
        act("dispatch", case, by=here.desk, at=LATER, unit=here.team_x_unit)

    assert list(refused.value.fields) == ["unit"]


def test_person_who_is_not_in_the_unit_is_refused(here):
    case = life(here, until="accepted")

    with pytest.raises(NotSaid):
        act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit, person=here.neighbour_worker)


def test_unit_without_anybody_is_refused(here):
    case = life(here, until="accepted")

    with pytest.raises(NotSaid):
        act("dispatch", case, by=here.desk, at=LATER, unit=here.property_unit)


def test_expired_post_gives_nothing(here):
    case = life(here, until="accepted")

    with pytest.raises(NotAllowed):
        act("dispatch", case, by=here.former, at=LATER, unit=here.team_unit)


def test_transfer_to_where_it_is_already_is_refused(here):
    case = life(here, until="signed")

    with pytest.raises(Conflict):
        act(
            "transfer",
            case,
            by=here.desk,
            at=LATER,
            unit=here.team_unit,
            person=here.worker,
            words="再派一次",
        )


def test_transfer_does_not_restart_the_clock(here):
    case = life(here, until="progressed")
    marks = case.next_mark, case.next_mark_at

    moved = act("transfer", case, by=here.desk, at=LATER, unit=here.bureau_unit, words="路灯归城管")

    assert (moved.next_mark, moved.next_mark_at) == marks
    assert (moved.state, moved.tier) == ("dispatched", "department")


def test_case_of_one_department_is_unseen_by_another(here):
    other = staff("other_bureau", "department_handler", "/zz/", unit("bureau2", "department", ""))
    case = to_bureau(here, life(here, until="accepted"))

    assert Case.objects.visible_to(here.department, LATER).get() == case
    assert not Case.objects.visible_to(other, LATER).exists()
