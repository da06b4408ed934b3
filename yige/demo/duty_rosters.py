"""The duty roster of the demo, written by the verb: the street, two departments and a property firm, this week and the next.

Everybody who keeps a roster wrote it on the Friday before. One gap a week: nobody is there for the housing department in
the night of Saturday. Started again in a later week, it writes that week.
"""

from datetime import datetime, time, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from django.db import transaction

from yige.accounts.shift_actions import add_shift
from yige.accounts.shift_rules import week_of
from yige.audit.log import was_done
from yige.demo import staff
from yige.demo.invented_names import names
from yige.demo.story_context import StoryContext
from yige.lib.local_time import SHANGHAI, local_day

SHIFT_KEY = "demo-shift-{}-{:%Y%m%d%H}"
FIRM = staff.property_firm(f"{staff.TOP}001/01/")
BY_PHONE = (
    "门卫一",
    "门卫二",
    "值班室",
)  # who has no account: a name is drawn for each, the number is that of the unit
ROSTER_DAYS = 15  # from the Sunday before this week, whose night runs into Monday
FRIDAY = timedelta(days=-3, hours=16)  # before the Monday of a week
EVERY, NOT_SATURDAY = (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 6)


class Turn(NamedTuple):
    """One shift that comes back: who takes it in turn, from which hour, for how long, on which days of the week."""

    unit: str
    by: str
    people: tuple
    hour: int
    hours: int
    days: tuple
    note: str


# fmt: off
TURNS = (
    #    unit         written by        in turn                                      from  hours  days          said
    Turn("street",    "desk",           ("street", "street-2"),                        8,  24,    EVERY,        "带班"),
    Turn("desk",      "desk",           ("desk", "desk-2", "desk-3"),                  8,  12,    EVERY,        ""),
    Turn("desk",      "desk",           ("desk-3", "desk", "desk-2"),                 20,  12,    EVERY,        "夜班"),
    Turn("chengguan", "chengguan",      ("chengguan", "chengguan-2", "chengguan-3"),   8,  12,    EVERY,        ""),
    Turn("chengguan", "chengguan",      ("chengguan-3", "chengguan", "chengguan-2"),  20,  12,    EVERY,        "夜班"),
    Turn("housing",   "desk",           ("housing-1", "housing-2"),                    8,  12,    EVERY,        ""),
    Turn("housing",   "desk",           ("值班室",),                                   20,  12,    NOT_SATURDAY, "夜里打值班室"),
    Turn(FIRM,        f"{FIRM}-1",      (f"{FIRM}-1",),                                8,  12,    EVERY,        ""),
    Turn(FIRM,        f"{FIRM}-1",      ("门卫一", "门卫二"),                            20,  12,    EVERY,        "北门岗亭"),
)
# fmt: on


def write_rosters(now):
    """Write every shift of this week and the next that does not stand yet."""
    cast, first = StoryContext(), local_day(week_of(local_day(now)).begins_at) - timedelta(days=1)
    with transaction.atomic():
        for number in range(ROSTER_DAYS):
            day = first + timedelta(days=number)
            for turn in TURNS:
                if day.weekday() in turn.days:
                    write_shift(turn, day, cast, now)


def write_shift(turn, day, cast, now):
    begins_at = datetime.combine(day, time(turn.hour), SHANGHAI)
    by, key = cast.user(turn.by), SHIFT_KEY.format(turn.unit, begins_at)
    if was_done("accounts.add_shift", by, key):
        return
    unit, person = cast.units[turn.unit], turn.people[day.toordinal() % len(turn.people)]
    who = {"name": drawn_names()[person]} if person in BY_PHONE else {"user": cast.user(person)}
    add_shift(
        unit, by=by, at=min(week_of(day).begins_at + FRIDAY, now), key=key, begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=turn.hours), phone=unit.phone, note=turn.note, **who,
    )  # fmt: skip


@cache
def drawn_names():
    return dict(zip(BY_PHONE, names(Random(staff.STAFF_SEED + 1), len(BY_PHONE)), strict=True))  # noqa: S311 a fixed seed is the point
