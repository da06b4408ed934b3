"""Calls for neighbours: one that comes, one that is full with somebody waiting, one that is done; the values of their routes."""

from datetime import datetime, timedelta

from tests.factories import household, person
from yige.accounts.actors import Resident
from yige.alliance import actions, seats
from yige.alliance.models import VolunteerCall
from yige.lib.local_time import SHANGHAI, local

SAID = {
    "title": "一起清理楼道杂物",
    "words": "把楼道里没人要的旧东西搬到楼下，车在北门等。",
    "place": "3号楼前",
    "skill": "搬得动东西",
}
NO_PAGE = ("volunteer_act", "volunteer_remove", "volunteer_poster")
NO_PAGE_OF_ALL = ("call_file", "calls_feed")


def ten_o_clock(at, days=3, hour=10):
    day = local(at).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def opened(here, at, *, days=3, hour=10, hours=2, by=None, grid=None, **said):
    """Call neighbours for two hours from ten o'clock in three days."""
    starts = ten_o_clock(at, days, hour)
    known = {"starts_at": starts, "ends_at": starts + timedelta(hours=hours), "wanted": 2, **SAID, **said}
    return actions.open_call(grid or here.grid, by=by or here.grid_head, at=at, **known)


def neighbours(here, count):
    """Return so many people of one household, each with a phone."""
    made = household(here, room="811")
    return [person(here, made, f"王小{number}", phone=f"1990001{number:04}") for number in range(count)]


def as_oneself(someone):
    return Resident(someone.pk, someone.household_id)


def sign_up(call, someone, at, **said):
    return seats.sign_up(call, by=as_oneself(someone), at=at, person=someone, **said)


def state_of(call, someone):
    """Return the state of somebody's seat, "" where there is none."""
    return call.seats.filter(person=someone).values_list("state", flat=True).first() or ""


def done(here, at, people):
    """Bring a call to its end: these people signed up and came."""
    call = opened(here, at, days=1)
    for someone in people:
        sign_up(call, someone, at)
    call = VolunteerCall.objects.get(pk=call.pk)
    return actions.finish_call(call, by=here.grid_head, at=call.ends_at, came=list(call.seats.all()))
