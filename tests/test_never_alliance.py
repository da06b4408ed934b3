"""Who helps is counted, ranked or shamed nowhere, and who steps back leaves nothing. Source: docs/policy/never.md, alliance.md."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from tests import factories
from tests.house import matches, python, shown
from tests.never import rows_with
from tests.policy.volunteer_calls import as_oneself, neighbours, opened, sign_up
from tests.scenes import scene
from yige.alliance import seats
from yige.alliance.models import Seat
from yige.audit.models import LogEntry

NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField, models.DurationField)
# An order and a place of one call: they say nothing of anybody's other calls.
OF_ONE_CALL = {
    "Seat.turn",
    "Seat.place",
    "VolunteerCall.wanted",
    "VolunteerCall.version",
    "OrganisationPage.version",
}


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 2)
    return town


def test_no_number_stands_beside_a_volunteer():
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("alliance").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, NUMBERS)
    }

    assert found == OF_ONE_CALL


def test_whether_somebody_came_is_asked_of_one_call_or_by_the_person():
    """No filter, sum or export over calls: the column is read by the own pages, the thanks and the forgetting alone."""
    ours = [
        path for path in python() if shown(path).startswith("yige/") and "/migrations/" not in shown(path)
    ]
    found = {line.split(":")[0] for line in matches(ours, r"\bcame=") if "/demo/" not in line}

    assert found == {
        "yige/alliance/models/calls.py",  # served(person): the own certificate
        "yige/alliance/clockwork.py",  # what is forgotten when
        "yige/alliance/actions.py",  # thanks to those who came
    }


def test_no_query_groups_seats_by_person():
    ours = [path for path in python() if shown(path).startswith("yige/")]

    assert matches(ours, r'values(_list)?\("person(_id)?"[^)]*\)[^\n]*(annotate|Count)') == []


def test_membership_is_asked_for_by_its_own_module_alone():
    ours = [
        path for path in python() if shown(path).startswith("yige/") and "/migrations/" not in shown(path)
    ]
    found = {
        line.split(":")[0]
        for line in matches(ours, r"\bMembership\b|\bmemberships\b")
        if "/demo/" not in line
    }

    assert found == {
        "yige/alliance/models/__init__.py",
        "yige/alliance/models/branches.py",
        "yige/alliance/branches.py",
        "yige/archive/people/purposes.py",  # my file says what for
    }


def test_who_takes_part_in_an_organisation_is_asked_for_by_its_own_module_alone():
    ours = [
        path for path in python() if shown(path).startswith("yige/") and "/migrations/" not in shown(path)
    ]
    found = {line.split(":")[0] for line in matches(ours, r"\bOrganisationMember\b") if "/demo/" not in line}

    assert found == {
        "yige/alliance/models/__init__.py",
        "yige/alliance/models/organisations.py",
        "yige/alliance/organisations.py",
        "yige/alliance/branches.py",  # people_asked: the message of its own call
        "yige/archive/people/purposes.py",  # my file says what for
    }


def test_who_reported_in_is_asked_for_by_its_own_module_alone():
    ours = [
        path for path in python() if shown(path).startswith("yige/") and "/migrations/" not in shown(path)
    ]
    found = {line.split(":")[0] for line in matches(ours, r"\bReportIn\b") if "/demo/" not in line}

    assert found == {
        "yige/alliance/models/__init__.py",
        "yige/alliance/models/reporting_in.py",
        "yige/alliance/reporting_in.py",
        "yige/alliance/branches.py",  # people_asked: the message of a call made for members
        "yige/archive/people/purposes.py",  # my file says what for
    }


HEADS_READ = ("", "volunteer-calls/", "volunteer-calls/over/")


def test_no_page_of_a_head_tells_of_another_call_of_a_volunteer(client, here):
    at = timezone.now()
    calls = [opened(here, at, days=2 + number, title=f"浇花{number}") for number in range(3)]
    for call in calls:
        sign_up(call, here.people[0], at)
    client.force_login(here.grid_head)
    pages = [client.get(f"/console/{page}").text for page in HEADS_READ]
    one = client.get(f"/console/volunteer-calls/{calls[0].pk}/").text

    assert "王*0" in one and "浇花1" not in one
    assert not re.search(r"(?<!\d)3(?!\d)", " ".join(rows_with(one, "王*0")))
    assert not [page for page in pages if "王*0" in page]


def test_who_steps_back_leaves_no_row_and_declining_no_name(here):
    at = timezone.now()
    call, (first, second) = opened(here, at, wanted=1), here.people
    for someone in (first, second):
        sign_up(call, someone, at)
    seats.leave(call, by=as_oneself(first), at=at, person=first)
    seats.decline_offer(call, by=as_oneself(second), at=at, person=second)

    assert not Seat.objects.exists()
    assert LogEntry.objects.get(verb="alliance.decline_offer").actor_id is None


@pytest.mark.parametrize("leaves_again", [False, True])
def test_somebody_without_a_phone_signs_up_by_whoever_is_asked(here, leaves_again):
    at = timezone.now() - timedelta(hours=1)
    call, someone = opened(here, at), here.people[0]
    seats.sign_up(call, by=here.micro, at=at, person=someone)
    assert call.seats.get().taken_by == here.micro

    if leaves_again:
        seats.leave(call, by=here.micro, at=at, person=someone)
    assert call.seats.exists() is not leaves_again
