"""The demo has a branch for every grid, calls that come with who signed up, and one that was thanked for; laid once."""

import pytest
from django.utils import timezone

from tests import factories
from tests.policy.volunteer_calls import neighbours as people_of
from yige.alliance.models import Branch, HelpOffer, Membership, VolunteerCall
from yige.demo import month_bulletins, neighbours

NOW = timezone.now()


@pytest.mark.django_db
def test_branches_calls_and_members_once(monkeypatch):
    here = factories.town()
    for module in (month_bulletins, neighbours):
        monkeypatch.setattr(module, "TOP", "/zz/")
    monkeypatch.setattr(neighbours, "grown_up", lambda grid, found=neighbours.grown_up: found(here.grid))
    people_of(here, 5)
    here.people = neighbours.grown_up(here.grid)
    for _ in range(2):
        neighbours.lay_neighbours(NOW)

    calls = {call.title: call for call in VolunteerCall.objects.with_held()}
    assert Branch.objects.count() == 2
    assert {call.state for call in calls.values()} == {"open", "done"} and len(calls) == len(neighbours.CALLS)
    assert calls["一起扫雪铲冰"].thanks == neighbours.THANKS
    assert Membership.objects.count() == len(here.people) and HelpOffer.objects.exists()
