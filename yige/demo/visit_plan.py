"""When each household of the demo was visited in two years, how, and what was said: pure rows, oldest first.

Whoever asked for a service is looked in on as often as the label says; the others every few months. Somebody who
raised something hears of it at the next visit at which somebody was met.
"""

from functools import cache
from random import Random
from typing import NamedTuple

from yige.archive import labels
from yige.contact.words import Mode
from yige.demo import households, texts

VISIT_SEED = households.HOUSEHOLD_SEED + 10
MODES = ((Mode.HOME, 62), (Mode.MET, 12), (Mode.PHONE, 15), (Mode.NOT_MET, 11))
NEEDS = (("problem", 3), ("need", 4), ("opinion", 2))
NEED_SHARE, PROMISE_SHARE = 0.12, 0.05
NEVER_SHARE, LATE_SHARE = 0.03, 0.15  # not visited yet; not for longer than the plan wishes
PLAN_DAYS, LATE_DAYS = 75, 200
GAPS = (210, 640)  # days between two visits, further back
STANDS = 45  # days for which something that was said may stand without an answer
CARED_WEEKS = 8  # how far back whoever is looked in on often was


class VisitRow(NamedTuple):
    days: int  # ago
    minute: int
    mode: str
    needs: tuple  # (kind, words, what is said when it is done)
    promises: tuple  # (words, days it is promised for, what is said when it is done)
    wishes: int  # days until the next contact that was agreed on, 0 for none
    dice: float  # decides what the answers to what is owed are


@cache
def visits_to(path, place):
    """Draw the visits to one household."""
    row = households.households_of(path)[place]
    random = Random(f"{VISIT_SEED}{path}{place}")  # noqa: S311 a fixed seed is the point
    if (path, place) in households.STORIES:
        days = [day for day in _gone_by(random, row.made) if day > households.STORY_DAYS]
    else:
        days = _gone_by(random, row.made)
        if (often := _every(row)) and days:
            days += _cared_for(random, often, row.made)
    found = {day: _visit(random, day) for day in days}
    for visit in list(found.values()):
        day = _heard_of(random, visit)
        if day > 0:
            found.setdefault(day, _after(random, day))
    return tuple(found[day] for day in sorted(found, reverse=True))


def _gone_by(random, made):
    """The days of the ordinary visits, the last within the plan for most."""
    luck = random.random()
    if luck < NEVER_SHARE:
        return []
    late = luck < NEVER_SHARE + LATE_SHARE
    day, found = random.randint(PLAN_DAYS, LATE_DAYS) if late else random.randint(1, PLAN_DAYS), []
    while day < made:
        found.append(day)
        day += random.randint(*GAPS)
    return found


def _cared_for(random, every, made):
    """The days when somebody looked in on whoever asked for it; the last one not always in time."""
    day = random.randint(1, every) if random.random() < 0.88 else random.randint(every, 2 * every)
    found = []
    while day < min(made, CARED_WEEKS * 7):
        found.append(day)
        day += max(every + random.randint(-1, 2), 1)
    return found


def _heard_of(random, visit):
    """The day on which somebody comes back for what was said, 0 for not yet."""
    if not (visit.needs or visit.promises) or (random.random() > 0.85 and visit.days < STANDS):
        return 0
    wait = visit.promises[0][1] if visit.promises else random.randint(4, 25)
    return max(visit.days - wait + random.choice((0, 0, 1, 2)), 0) if visit.days > wait else 0


def _after(random, day):
    mode = Mode.PHONE if random.random() < 0.4 else Mode.HOME
    return VisitRow(day, random.randint(8 * 60 + 30, 18 * 60), mode, (), (), 0, random.random())


def _every(row):
    kinds = {kind for each in row.people for kind, _ in each.labels}
    return min((labels.LABEL_BY_NAME[kind].every_days or 999 for kind in kinds), default=999) % 999


def _visit(random, days):
    mode = random.choices([mode for mode, _ in MODES], [share for _, share in MODES])[0]
    needs, promises, wishes, said = (), (), 0, texts.visits()
    if mode != Mode.NOT_MET:
        if random.random() < NEED_SHARE:
            kind = random.choices([kind for kind, _ in NEEDS], [share for _, share in NEEDS])[0]
            needs = ((kind, *random.choice(said[kind])),)
        if random.random() < PROMISE_SHARE:
            words, kept = random.choice(said["promise"])
            promises = ((words, random.randint(3, 20), kept),)
        if random.random() < 0.02:
            wishes = random.randint(5, 40)
    return VisitRow(
        days, random.randint(8 * 60 + 30, 18 * 60), mode, needs, promises, wishes, random.random()
    )
