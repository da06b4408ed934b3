"""The levels that a case climbs and comes down: who raises it where, who answers, where it lies, how long it may wait.

Pure: no database, no clock. Rule: docs/policy/levels.md. The street has departments beside it; above it stand the
district's seat and the city, which is a record alone. How long something may wait at a level is fixed when the wait
begins; minutes and hours run through nights, weekends and holidays, working days end with their day. The duty clock
of the case asks none of this and never pauses.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from yige.accounts import roles
from yige.cases.words import State, Tier, Urgency
from yige.lib.local_time import end_of_day, local_day

GRID, COMMUNITY, STREET, DEPARTMENT = Tier.GRID, Tier.COMMUNITY, Tier.STREET, Tier.DEPARTMENT
DISTRICT, CITY = Tier.DISTRICT, Tier.CITY

# The levels as roles count them; what stands above the street is nobody's grid.
LEVEL_OF_TIER = {GRID: 3, COMMUNITY: 2, STREET: 1, DEPARTMENT: 1, DISTRICT: 0, CITY: -1}
TIER_OF_LEVEL = {1: STREET, 2: COMMUNITY, 3: GRID}
ABOVE_STREET = (DISTRICT, CITY)
DOERS = ("handler", "unit")
SEAT = roles.having("lead_district")
RECORDERS = roles.having("record_city")


class Rise(NamedTuple):
    """From where to where a case is raised by these standings; the first row that fits counts."""

    who: tuple
    start: tuple
    to: Tier


# fmt: off
RISES = (
    #    who raises           what lies on this level                    to
    Rise(DOERS,               (GRID,),                                   COMMUNITY),
    Rise(DOERS,               (COMMUNITY, DEPARTMENT),                   STREET),
    Rise(DOERS,               (DISTRICT,),                               DISTRICT),   # a unit that the district chose: back to its seat
    Rise(roles.leading(1),    (GRID, COMMUNITY, STREET, DEPARTMENT),     DISTRICT),
    Rise(roles.leading(2),    (GRID, COMMUNITY),                         STREET),
    Rise(roles.leading(3),    (GRID,),                                   COMMUNITY),
)


class Level(NamedTuple):
    """One level: who arranges what came to it, who hears that it waits too long, who sends it one level down, and where to."""

    tier: Tier
    arranged_by: tuple
    heads: tuple
    answered_by: tuple
    below: Tier | None
    sentence: str


LEVELS = (
    #     level       who arranges it                 who hears of waiting     who sends it down     and where to    in words
    Level(GRID,       roles.leading(3),               roles.leading(3),        (),                   None,           "由三级网格长来安排。"),
    Level(COMMUNITY,  roles.leading(2),               roles.leading(2),        roles.leading(2),     GRID,           "由社区的二级网格长来安排。"),
    Level(STREET,     roles.leading(1),               roles.having("decide_hard_cases"), roles.leading(1), COMMUNITY, "由街道的事件处置岗来安排。"),
    Level(DEPARTMENT, roles.leading(1),               roles.having("decide_hard_cases"), (),         None,           "由街道的事件处置岗来安排。"),
    Level(DISTRICT,   SEAT,                           SEAT,                    SEAT,                 STREET,         "由区级统筹岗来安排。"),
    Level(CITY,       RECORDERS,                      RECORDERS,               (),                   DISTRICT,       "等市级答复，由区级统筹岗或街道的事件处置岗来记。"),
)


class Limit(NamedTuple):
    """How long something may wait at a level: names of rules (`rules.py`), by urgency."""

    tier: Tier
    workdays: str
    hours: str
    minutes: str


LIMITS = (
    #     level       otherwise, working days   urgent, hours          emergency, minutes
    Limit(GRID,       "wait_days.grid",         "wait_hours.street",   "wait_minutes.street"),
    Limit(COMMUNITY,  "wait_days.community",    "wait_hours.street",   "wait_minutes.street"),
    Limit(STREET,     "wait_days.street",       "wait_hours.street",   "wait_minutes.street"),
    Limit(DISTRICT,   "wait_days.district",     "wait_hours.above",    "wait_minutes.above"),
    Limit(CITY,       "wait_days.city",         "wait_hours.above",    "wait_minutes.above"),
)


class Place(NamedTuple):
    """Where a case in these states lies: with a unit or with whoever arranges a level, since the latest of these moments, for what."""

    name: str
    states: tuple
    raised: bool | None
    with_unit: bool
    since: tuple
    what: str


PLACES = (
    #     name        states              raised  with a unit  since                            what it waits for
    Place("accept",   (State.REPORTED,),   None,   False,       ("reported_at", "reopened_at"),   "受理"),
    Place("arrange",  (State.ACCEPTED,),   True,   False,       ("raised_at",),                   "安排"),
    Place("dispatch", (State.ACCEPTED,),   False,  False,       ("accepted_at", "returned_at"),   "派单"),
    Place("sign",     (State.DISPATCHED,), None,   True,        ("dispatched_at",),               "签收"),
    Place("contact",  (State.SIGNED,),     None,   True,        ("signed_at",),                   "联系反映人"),
    Place("handle",   (State.HANDLING,),   None,   True,        ("signed_at",),                   "办理"),
    Place("check",    (State.HANDLED,),    None,   False,       ("handled_at",),                  "核查"),
)
# fmt: on

LEVEL_OF = {level.tier: level for level in LEVELS}
LIMIT_OF = {limit.tier: limit for limit in LIMITS}
ARRANGES = {level.tier: level.sentence for level in LEVELS}
BELOW = {level.tier: level.below for level in LEVELS if level.answered_by}


def raised_to(tier, standings) -> Tier | None:
    """Return the level to which somebody who stands so raises what lies on a level, or None."""
    held = set(standings)
    return next((rise.to for rise in RISES if tier in rise.start and held & set(rise.who)), None)


def place_of(state, raised) -> Place | None:
    """Return where a case of this state lies, or None when it waits for nobody in office to do it."""
    return next(
        (place for place in PLACES if state in place.states and place.raised in (None, bool(raised))), None
    )


def wait_until(tier, urgency, since, values, days) -> datetime:
    """Return by when what waits at a level since this moment should be arranged; `values` are the rules in force."""
    limit = LIMIT_OF[tier]
    if urgency == Urgency.EMERGENCY:
        return since + timedelta(minutes=values[limit.minutes])
    if urgency == Urgency.URGENT:
        return since + timedelta(hours=values[limit.hours])
    return end_of_day(days.nth(local_day(since), values[limit.workdays], working=True))
