"""The neighbours of the demo: a branch for every grid, calls that come, one that is full, one that was thanked for."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import NamedTuple

from yige.accounts.actors import Resident
from yige.alliance import actions, branches, seats
from yige.alliance.models import Branch
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.models import Person
from yige.demo.month_bulletins import TOP, holder_of
from yige.grids.models import Grid, Level
from yige.lib.local_time import SHANGHAI, local_day
from yige.lib.refusals import Refusal

MEMBERS, OFFERS = 24, 12


class DemoCall(NamedTuple):
    """`days` from today it begins at `hour`; `names` sign up."""

    days: int
    hour: int
    wanted: int
    names: int
    title: str
    words: str
    place: str
    needs: str = ""


# fmt: off
CALLS = (
    #        days hour wanted names what                    more                                                where            needs
    DemoCall(1,   9,   6,     3,    "一起清理楼道杂物",      "把没人要的旧东西搬到楼下，车在门口等。戴手套来。",  "小区北门"),
    DemoCall(2,   15,  2,     4,    "陪老人晒太阳说说话",    "推到小广场，晒一个小时。",                          "社区门口",      "company"),
    DemoCall(4,   10,  8,     5,    "给花坛松土浇水",        "工具都有，孩子可以跟着大人来。",                    "小广场花坛"),
    DemoCall(6,   14,  2,     0,    "给行动不便的人上门理发", "两个人一组，网格员带路。",                          "社区门口",      "hair"),
    DemoCall(-8,  9,   5,     5,    "一起扫雪铲冰",          "先扫坡道和台阶，铁锹社区出。",                      "小区南门"),
)
# fmt: on
THANKS = "坡道和台阶都能走了，谢谢大家。"


def lay_neighbours(now):
    """Lay branches, registrations, offers and calls, once."""
    if Branch.objects.exists():
        return
    head = holder_of("street_head", now)
    grids = list(Grid.objects.public().filter(path__startswith=TOP, level=Level.GRID).order_by("path"))
    for grid in grids:
        branches.open_branch(grid, by=head, at=now, name=f"{grid.name}党支部"[:40])
    for number, demo_call in enumerate(CALLS):
        lay_call(demo_call, grids[number % len(grids)], head, now)
    lay_members(grids[:3], now)


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
    if starts < now:
        there = list(call.seats.coming())
        call = actions.finish_call(call, by=head, at=call.ends_at, came=there)
        actions.thank(call, by=head, at=call.ends_at, thanks=THANKS)


def lay_members(grids, now):
    skills, hours = list(HelpSkill), list(HelpHours)
    for grid in grids:
        branch = Branch.objects.get(grid=grid)
        for number, person in enumerate(grown_up(grid)[: MEMBERS // len(grids)]):
            by = oneself(person)
            branches.join_branch(branch, by=by, at=now, person=person, shows_name=number % 2 == 0)
            if number < OFFERS // len(grids):
                said = {"skill": skills[number % len(skills)], "hours": hours[number % len(hours)]}
                branches.offer_help(person, by=by, at=now, **said)


def grown_up(grid):
    """Return residents of a grid who are of age and left a phone, in the order of their files."""
    rows = Person.objects.current().filter(grid_path__startswith=grid.path, birth_year__range=(1945, 2000))
    return list(rows.exclude(phone_index=None).order_by("made_at", "id")[:MEMBERS])


def oneself(person):
    return Resident(person.pk, person.household_id)
