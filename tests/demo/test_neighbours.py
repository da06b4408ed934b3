"""The demo has branches, organisations with their pages and members, calls and wishes in several states; laid once."""

import pytest
from django.utils import timezone

from tests import factories
from tests.demo.rows import left_by
from tests.policy.organisations import organisation
from tests.policy.volunteer_calls import branch
from tests.policy.volunteer_calls import neighbours as people_of
from yige.alliance.models import (
    Branch,
    HelpOffer,
    Membership,
    OrganisationMember,
    OrganisationSeat,
    ReportIn,
    Seat,
    VolunteerCall,
    Wish,
)
from yige.demo import month_bulletins, neighbours, staff, subdistrict, taking_part

NOW = timezone.now()


@pytest.fixture
def town(db, monkeypatch):
    here = factories.town()
    for module in (month_bulletins, neighbours):
        monkeypatch.setattr(module, "TOP", "/zz/")
    monkeypatch.setattr(neighbours, "grown_up", lambda grid, found=neighbours.grown_up: found(here.grid))
    people_of(here, 5)
    here.choir_row = organisation(here, NOW)
    factories.staff("social-1", "organisation_seat", "/zz/js/", here.community_unit)
    return here


def test_all_of_it_once(town):
    for _ in range(2):
        neighbours.lay_neighbours(NOW)

    calls = {call.title: call for call in VolunteerCall.objects.with_held()}
    assert Branch.objects.count() == 2
    assert {call.state for call in calls.values()} == {"open", "done", "cancelled"}
    assert len(calls) == len(neighbours.CALLS) + 1 and OrganisationSeat.objects.count() == 1
    assert calls["一起扫雪铲冰"].thanks == neighbours.THANKS
    assert "offered" in Seat.objects.filter(call=calls["陪老人晒太阳说说话"]).values_list("state", flat=True)
    assert calls["排练以后一起搬桌椅"].caller == town.choir_row
    assert (
        Membership.objects.count() == OrganisationMember.objects.count() == 5 and HelpOffer.objects.exists()
    )
    assert ReportIn.objects.count() == 5
    done = {
        (bool(wish.claimed_at), bool(wish.fulfilled_at), bool(wish.confirmed_at))
        for wish in Wish.objects.all()
    }
    assert len(done) == 4


def test_members_in_bulk_are_those_of_the_verbs(town):
    branch(town, NOW)
    taking_part.lay_pages(town.street_head, NOW)
    taking_part.lay_units("/zz/", town.street_head, NOW)
    ways = [
        left_by(
            lambda verbs=verbs: taking_part.lay_members("/zz/", NOW, verbs=verbs),
            (Membership, OrganisationMember, ReportIn),
            "alliance.",
        )
        for verbs in (True, False)
    ]

    assert ways[0] == ways[1] and all(ways[0].values())


def test_how_many_there_are_to_be():
    grids = [row for row in subdistrict.all_grids() if row.level == 3 and row.kind == "ordinary"]

    assert (len(grids), taking_part.REPORTED) == (33, 180)
    assert taking_part.OF_BRANCHES + taking_part.OF_ORGANISATIONS == 2130
    assert (
        sum(count for _, count in taking_part.shares(grids, taking_part.OF_BRANCHES))
        == taking_part.OF_BRANCHES
    )
    assert [row.name for row in subdistrict.all_grids() if row.name.endswith(neighbours.EXCLUSIVE)] == [
        row.name for row in subdistrict.all_grids() if row.kind == "exclusive"
    ]
    assert [person.role for person in staff.invented_staff()].count("organisation_seat") == 10
