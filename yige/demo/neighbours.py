"""The neighbours of the demo: branches, who takes part, calls that come, are full, were called off or thanked for, wishes."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import NamedTuple

from yige.accounts.actors import Resident
from yige.alliance import actions, branches, seats
from yige.alliance.models import Branch, OrganisationSeat
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.models import Person
from yige.demo import small_wishes, taking_part
from yige.demo.fill_cases import in_a_hurry
from yige.demo.month_bulletins import TOP, holder_of
from yige.grids.models import Grid, Level
from yige.lib.local_time import SHANGHAI, local_day
from yige.lib.refusals import Refusal

NEIGHBOURS, OFFERS = 24, 12
EXCLUSIVE = "专属网格"  # a mall, a hospital, a campus: no neighbours, no branch


class DemoCall(NamedTuple):
    """`days` from today it begins at `hour`; `names` sign up; `until` says whether one leaves, or it is called off."""

    days: int
    hour: int
    wanted: int
    names: int
    title: str
    words: str
    place: str
    needs: str = ""
    until: str = ""


# fmt: off
CALLS = (
    #        days hour wanted names what                    more                                                where            needs
    DemoCall(1,   9,   6,     3,    "一起清理楼道杂物",      "把没人要的旧东西搬到楼下，车在门口等。戴手套来。",  "小区北门"),
    DemoCall(2,   15,  2,     4,    "陪老人晒太阳说说话",    "推到小广场，晒一个小时。",                          "社区门口",      "company", "left"),
    DemoCall(4,   10,  8,     5,    "给花坛松土浇水",        "工具都有，孩子可以跟着大人来。",                    "小广场花坛"),
    DemoCall(6,   14,  2,     0,    "给行动不便的人上门理发", "两个人一组，网格员带路。",                          "社区门口",      "hair"),
    DemoCall(3,   9,   6,     2,    "一起擦楼道扶手",        "抹布和水桶都有。",                                  "小区西门",      "",        "cancelled"),
    DemoCall(-8,  9,   5,     5,    "一起扫雪铲冰",          "先扫坡道和台阶，铁锹社区出。",                      "小区南门"),
)
# fmt: on
RAIN = "那天有大雨，改天再约。"
THANKS = "坡道和台阶都能走了，谢谢大家。"


def lay_neighbours(now):
    """Lay branches, registrations, offers and calls, once."""
    if Branch.objects.exists():
        return
    head = holder_of("street_head", now)
    below = Grid.objects.public().filter(path__startswith=TOP, level=Level.GRID)
    grids = list(below.exclude(name__endswith=EXCLUSIVE).order_by("path"))
    for grid in grids:
        branches.open_branch(grid, by=head, at=now, name=f"{grid.name}党支部"[:40])
    for number, demo_call in enumerate(CALLS):
        lay_call(demo_call, grids[number % len(grids)], head, now)
    with in_a_hurry():
        taking_part.lay_pages(head, now)
        taking_part.lay_units(TOP, head, now)
        taking_part.lay_members(TOP, now)
    lay_offers(grids[:3], now)
    lay_calls_of_organisations(now)
    small_wishes.lay_wishes([person for grid in grids[:1] for person in grown_up(grid)], now)


def lay_call(said, grid, head, now):
    day = local_day(now) + timedelta(days=said.days)
    starts = datetime.combine(day, time(said.hour), SHANGHAI)
    at = min(now, starts - timedelta(days=3))
    told = {"title": said.title, "words": said.words, "place": said.place, "needs": said.needs}
    spans = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "wanted": said.wanted}
    call = actions.open_call(grid, by=head, at=at, **told, **spans)
    for person in grown_up(grid)[: said.names]:
        with suppress(Refusal):  # somebody whose year says that a guardian comes along
            seats.sign_up(call, by=oneself(person), at=at, person=person)
    end_as_told(call, said, head, now)


def end_as_told(call, said, head, now):
    """Let one leave, call it off, or say who came to what is over."""
    if said.until == "left" and (seat := call.seats.holding().select_related("person").first()):
        seats.leave(call, by=oneself(seat.person), at=now, person=seat.person)
    if said.until == "cancelled":
        actions.cancel_call(call, by=head, at=now, reason=RAIN)
    if call.starts_at < now:
        there = list(call.seats.coming())
        call = actions.finish_call(call, by=head, at=call.ends_at, came=there)
        actions.thank(call, by=head, at=call.ends_at, thanks=THANKS)


def lay_offers(grids, now):
    skills, hours = list(HelpSkill), list(HelpHours)
    for grid in grids:
        for number, person in enumerate(grown_up(grid)[: OFFERS // len(grids)]):
            said = {"skill": skills[number % len(skills)], "hours": hours[number % len(hours)]}
            branches.offer_help(person, by=oneself(person), at=now, **said)


def lay_calls_of_organisations(now):
    """Let the seats of two organisations call for themselves."""
    rows = OrganisationSeat.objects.filter(ended_at=None).select_related("user", "organisation__grid")
    for number, seat in enumerate(rows.order_by("user__username")[:2]):
        starts = datetime.combine(local_day(now) + timedelta(days=5 + number), time(15), SHANGHAI)
        told = {"title": "排练以后一起搬桌椅", "words": "搬到活动室门口，半个钟头。", "place": "活动室门口"}
        spans = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "wanted": 4}
        grid = (
            seat.organisation.grid.parent
            if seat.organisation.grid.level > Level.GRID
            else seat.organisation.grid
        )
        actions.open_call(grid, by=seat.user, at=now, tells_members=number == 0, **told, **spans)


def grown_up(grid):
    """Return residents of a grid who are of age and left a phone, in the order of their files."""
    rows = Person.objects.current().filter(grid_path__startswith=grid.path, birth_year__range=(1945, 2000))
    return list(rows.exclude(phone_index=None).order_by("made_at", "id")[:NEIGHBOURS])


def oneself(person):
    return Resident(person.pk, person.household_id)
