"""Calls for neighbours: one that comes, one that is full with somebody waiting, one that is done; the values of their routes."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests.factories import household, person
from yige.accounts.actors import Resident
from yige.alliance import actions, certificates, seats
from yige.alliance.branches import open_branch
from yige.alliance.models import VolunteerCall
from yige.lib.local_time import SHANGHAI, local, local_day
from yige.notices.models import Notice

SAID = {
    "title": "一起清理楼道杂物",
    "words": "把楼道里没人要的旧东西搬到楼下，车在北门等。",
    "place": "3号楼前",
    "skill": "搬得动东西",
}
NO_PAGE = ("branch_new", "volunteer_act", "volunteer_remove", "volunteer_poster")
NO_PAGE_OF_ALL = (
    "case_thanks",
    "call_file",
    "calls_feed",
    "my_call_act",
    "my_certify",
    "my_certificate",
    "my_help_act",
    "my_wish_make",
    "my_wish_act",
)
PAGES = (
    "branches",
    "volunteer_calls",
    "volunteer_over",
    "volunteer_new",
    "volunteer_for_case",
    "volunteer_call",
)


def ten_o_clock(at, days=3, hour=10):
    day = local(at).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def branch(here, at, **said):
    return open_branch(here.grid, by=here.grid_head, at=at, name="第九网格党支部", **said)


def opened(here, at, *, days=3, hour=10, hours=2, by=None, grid=None, **said):
    """Call neighbours for two hours from ten o'clock in three days."""
    starts = ten_o_clock(at, days, hour)
    known = {"starts_at": starts, "ends_at": starts + timedelta(hours=hours), "wanted": 2, **SAID, **said}
    return actions.open_call(grid or here.grid, by=by or here.grid_head, at=at, **known)


def typed_call(here, **more):
    """Return what a head types for a call in three days."""
    day = local_day(timezone.now()) + timedelta(days=3)
    known = {"area": here.grid.pk, "wanted": 2, "starts_at": f"{day}T10:00", "ends_at": f"{day}T12:00"}
    return SAID | known | more


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


def told(someone):
    rows = Notice.objects.filter(subject_kind="my_calls", subject_id=someone.pk).order_by("id")
    return list(rows.values_list("title", flat=True))


def full(here, at, **said):
    """A call for one, with one who comes and two who wait."""
    call = opened(here, at, wanted=1, **said)
    for someone in here.people[:3]:
        sign_up(call, someone, at)
    return call


def changed(here, call, at, **said):
    call = VolunteerCall.objects.get(pk=call.pk)
    names = ("words", "place", "starts_at", "ends_at", "wanted")
    known = {name: getattr(call, name) for name in names}
    return actions.change_call(call, by=here.grid_head, at=at, **known | said)


def done(here, at, people):
    """Bring a call to its end: these people signed up and came."""
    call = opened(here, at, days=1)
    for someone in people:
        sign_up(call, someone, at)
    call = VolunteerCall.objects.get(pk=call.pk)
    return actions.finish_call(call, by=here.grid_head, at=call.ends_at, came=list(call.seats.all()))


PEOPLE = {"callers": "street_head community_head grid_head neighbour_head"}
LINE, MINE = "console/volunteer-calls/<uuid:pk>/", "my/calls/<uuid:pk>/"


def own(here, at):
    """Return the values of the addresses of a call that comes with somebody on it, and of what was done."""
    people = neighbours(here, 2)
    call = opened(here, at)
    sign_up(call, people[0], at)
    ended = done(here, at - timedelta(days=9), people[1:])
    paper = certificates.issue_certificate(ended.unit, by=as_oneself(people[1]), at=at, person=people[1])
    one = {"uuid:pk": call.pk}
    return {
        LINE: one,
        f"{LINE}poster.pdf": one,
        f"{LINE}<slug:verb>/": one | {"slug:verb": "change"},
        f"{LINE}seats/<uuid:seat>/": one | {"uuid:seat": call.seats.get().pk},
        "together/<uuid:pk>/": one,
        "c/<case:serial>/<str:secret>/thanks/<uuid:pk>/": one,
        "together/<uuid:pk>/call.ics": one,
        MINE: one,
        f"{MINE}<slug:verb>/": one | {"slug:verb": "sign_up"},
        "my/help/<slug:verb>/": {"slug:verb": "offer"},
        "my/certificates/<slug:slug>/issue/": {"slug:slug": ended.unit.slug},
        "my/certificates/<uuid:pk>/certificate.pdf": {"uuid:pk": paper.pk},
    }


def parts(values, surface):
    """Return the values of the addresses of pages of calls by their names, for those who open every page in a browser."""
    call = {"pk": values[LINE]["uuid:pk"]}
    # A call of the console is a unit's part of a whistle; the portal's is a call for neighbours.
    return {"volunteer_call": call, "my_call": call} | ({"call": call} if surface == "portal" else {})
