"""When problems arrive, by which channel, about what, and how each story will go: drawn from a fixed seed.

Hours are the measured profile of a published grid ledger (7,041 cases of a southern district, 2018) with the evening
peak of a residential area; weekdays, months, classes, channels and outcomes are the shares of the domain
reference §8.2–8.3. Dates count back from `now`; nothing else depends on the day but the season.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from yige.cases import categories
from yige.demo import staff, subdistrict
from yige.demo.invented_names import SURNAMES
from yige.lib.local_time import SHANGHAI

ARRIVAL_SEED = subdistrict.DISTRICT_SEED + 20
DAYS = 182
COUNT = 3_000
BURST_DAYS_AGO, BURST_REPORTS = 40, 12


class Arrival(NamedTuple):
    number: int
    at: datetime
    category: str
    channel: str
    building: subdistrict.Building
    tier: str
    fate: str
    reporter: str
    phone: str
    dice: int
    burst: int = 0  # place in the outage's list of reports
    doer: str = ""  # the named account on whose desk it lies
    thing: int = 0  # the same for reports of the same thing, 0 when nobody else reported it

    @property
    def path(self):
        return self.building.path

    @property
    def key(self):
        return f"demo-{self.number}"


# fmt: off
HOURS = (16, 5, 3, 3, 1, 4, 14, 45, 93, 95, 100, 62, 40, 25, 45, 60, 62, 66, 80, 75, 50, 33, 27, 18)  # per mille
WEEKDAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.6)  # Monday first
CLASS_SHARES = {
    "sanitation": 19, "facilities": 17, "property": 14, "safety": 15, "order": 10,
    "utilities": 10, "disputes": 5, "help": 7, "opinion": 3, "other": 1,
}
CHANNEL_SHARES = {
    "patrol": 34, "snap": 22, "visit": 14, "hotline": 10, "h12345": 5, "station": 3, "proxy": 3,
    "forum": 2, "owners": 2, "secretary": 1, "upper": 4,
}
TIER_SHARES = {"grid": 39, "community": 28, "street": 15, "department": 22}
SEASONS = {  # category → months → factor; a season missing from the row is 1
    "utilities.heating": {11: 2, 12: 2, 1: 2, 2: 2, 3: 2, 4: .1, 5: .03, 6: .02, 7: .02, 8: .02, 9: .05, 10: .3},
    "safety.ice":        {11: .5, 12: 2, 1: 3, 2: 1.5, 3: .2, **dict.fromkeys(range(4, 11), 0)},
    "safety.flooding":   {7: 5, 8: 5, 6: 2, 9: 1.5, **dict.fromkeys((11, 12, 1, 2, 3), .2)},
    "disputes.noise":    {7: 2, 8: 2, 6: 1.5},
    "order.fumes":       {7: 2, 8: 2, 6: 1.5},
    "sanitation.pests":  {7: 2, 8: 2, 12: .2, 1: .2, 2: .2},
    "utilities.water":   {6: 1.3, 7: 1.5, 8: 1.5},
}
LEAF_WEIGHTS = {  # inside its class a category weighs 1 unless named here
    "sanitation.overflowing-bin": 3, "sanitation.loose-litter": 3, "sanitation.old-heap": 2, "facilities.street-lamp": 4,
    "facilities.broken-road": 2.5, "facilities.lift": 1.5, "property.service": 1.5, "property.lift-installation": .5,
    "safety.blocked-fire-lane": 4, "safety.wire-charging": 4, "safety.gas-hose": 2, "safety.fire-smoke": .2,
    "safety.gas-smell": .4, "safety.trapped-in-lift": .2, "safety.person-in-danger": .2, "safety.collapse": .15,
    "order.car-parking": 3, "order.clutter": 3, "order.illegal-building": .7, "utilities.heating": 4,
    "utilities.burst-pipe": .5, "disputes.wages": .6, "help.errand": 3, "help.elder-care": 2,
}
FATES = (
    #  story             share   from these channels only
    ("cleared",          57.0,   ()),
    ("no_answer",        14.0,   ()),
    ("light",            16.0,   ("patrol", "visit")),
    ("late",              7.0,   ()),
    ("reopened",          5.0,   ()),
    ("sent_back",         3.0,   ()),
    ("extended",          3.0,   ()),
    ("escalated",         4.0,   ()),
    ("returned",          2.0,   ()),
    ("returned_twice",    0.8,   ()),
    ("parked",            2.6,   ()),
    ("rejected",          2.4,   ()),
    ("objected",          0.8,   ()),
    ("objected_in_vain",  0.4,   ()),
    ("withdrawn",         1.2,   ()),
    ("twice_reported",    2.0,   ()),
)
# fmt: on
WORK = (
    ("open:dispatched", 0),
    ("open:dispatched", 1),
    ("open:signed", 0),
    ("open:contacted", 2),
    ("open:contacted", 4),
    ("open:verified", 3),
    ("open:progress", 7),
    ("open:urged", 9),
    ("open:sent_back", 4),
    ("open:handled", 1),
)  # fmt: skip
STANDS = {
    "worker": WORK, "micro": WORK, "member": WORK[:6], "grid": WORK, "community": WORK, "chengguan": WORK * 2,
    "desk": (
        ("open:reported", 0), ("open:reported", 0), ("open:reported", 0), ("open:reported", 1), ("open:accepted", 0),
        ("open:accepted", 1), ("open:objected", 1), ("open:returned", 1), ("open:reopened", 6), ("open:reopened", 9),
        ("open:returned", 2), ("open:handled", 2), ("open:handled", 3), ("open:closed", 2), ("open:closed", 4),
    ),
    "street": (("open:asked", 2), ("open:asked", 6), ("open:asked", 8), ("open:returned_thrice", 2)),
    "district": (
        ("open:with_district", 1), ("open:with_district", 8), ("open:with_city", 6), ("open:city_answered", 5),
        ("open:assigned", 3), ("open:sent_down", 2),
    ),
    "hotline": (("open:closed", 2), ("open:closed", 3), ("open:closed", 5), ("open:reported", 0), ("open:progress", 2)),
}  # fmt: skip
DESKS = (
    # account     tier         place below the first community   channel
    ("worker",    "grid",       "01/",   "snap"),
    ("micro",     "grid",       "01/01", "visit"),
    ("member",    "grid",       "01/02", "visit"),
    ("grid",      "grid",       "01/",   "snap"),
    ("community", "community",  "",      "forum"),
    ("chengguan", "department", "",      "snap"),
    ("desk",      "community",  "",      "snap"),
    ("street",    "community",  "",      "owners"),
    ("district",  "community",  "",      "h12345"),
    ("hotline",   "community",  "",      "hotline"),
)  # fmt: skip
WATCHERS = ("desk", "street", "hotline", "district")  # they dispatch, decide or call back; others handle
TITLES = ("先生", "女士", "大爷", "阿姨", "师傅", "同学")


def arrivals(now, count=COUNT):
    """Draw all arrivals up to `now`, oldest first, numbered from 1."""
    special, drawn = [*_burst(now), *_desks(now)], []
    for number, at in enumerate(_moments(now, count), 1):
        story = _story(number, at)
        drawn += [story, _double(story)] if story.fate == "twice_reported" else [story]
    drawn = sorted(drawn[: count - len(special)] + special, key=lambda arrival: arrival.at)
    return [arrival._replace(number=number) for number, arrival in enumerate(drawn, 1)]


def _double(first):
    """A second neighbour reports the same thing within the hour."""
    random = Random(first.dice)  # noqa: S311
    at = first.at + timedelta(minutes=random.randint(4, 50))
    who, phone = _reporter(random, "snap")
    return first._replace(
        at=at, channel="snap", fate="merged", reporter=who, phone=phone, dice=random.randrange(2**32)
    )


def _desks(now):
    """Open cases of these days on the desk of each named account: due today, overdue, returned, reopened."""
    random = Random(ARRIVAL_SEED + 2)  # noqa: S311
    for doer, tier, code, channel in DESKS:
        near = [
            each for each in subdistrict.all_buildings() if each.path.startswith(f"/410106003/001/{code}")
        ]
        for fate, days in STANDS[doer]:
            at = now - timedelta(days=days, hours=random.uniform(1.5, 5))
            who, phone = _reporter(random, "hotline")
            yield Arrival(
                0, at, _category_for(random, doer, at.month), channel, random.choice(near), tier, fate, who, phone,
                random.randrange(2**32), doer="" if doer in WATCHERS else doer,
            )  # fmt: skip


def _category_for(random, doer, month):
    while True:
        code = _category(random, month)
        category = categories.category_of_code(code)
        fits = category.unit == "chengguan" if doer == "chengguan" else category.urgency == "normal"
        if fits:
            return code


def _moments(now, count):
    """Draw the moments; quiet days get fewer, and today's stop before now."""
    random = Random(ARRIVAL_SEED)  # noqa: S311 a fixed seed is the point
    today = now.astimezone(SHANGHAI).date()
    days = [today - timedelta(days=back) for back in range(DAYS)]
    weights = [WEEKDAYS[day.weekday()] for day in days]
    found = []
    while len(found) < count:
        day = random.choices(days, weights)[0]
        hour = random.choices(range(24), HOURS)[0]
        at = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), SHANGHAI)
        if at < now - timedelta(minutes=5):
            found.append(at)
    return found


def _story(number, at):
    random = Random(ARRIVAL_SEED * 7_919 + number)  # noqa: S311
    category = _category(random, at.month)
    channel = _channel(random, category)
    building = random.choice(subdistrict.all_buildings())
    who, phone = _reporter(random, channel)
    return Arrival(
        number, at, category, channel, building, _tier(random, category), _fate(random, channel), who, phone,
        random.randrange(2**32), thing=number,
    )  # fmt: skip


def _burst(now):
    """One morning a main bursts and twelve neighbours of one grid report the same outage within the hour."""
    random = Random(ARRIVAL_SEED + 1)  # noqa: S311
    day = now.astimezone(SHANGHAI).date() - timedelta(days=BURST_DAYS_AGO)
    start = datetime.combine(day, time(6, 50), SHANGHAI)
    near = [each for each in subdistrict.all_buildings() if each.path.startswith("/410106003/002/03/")]
    for place in range(1, BURST_REPORTS + 1):
        at = start + timedelta(minutes=4 * place + random.randrange(4))
        who, phone = _reporter(random, "snap")
        fate = "cleared" if place == 1 else "merged"
        yield Arrival(
            0, at, "utilities.water", "snap", random.choice(near), "department", fate, who, phone,
            random.randrange(2**32), burst=place, thing=-1,
        )  # fmt: skip


def _category(random, month):
    group = random.choices(list(CLASS_SHARES), CLASS_SHARES.values())[0]
    leaves = BY_CLASS[group]
    weights = [LEAF_WEIGHTS.get(code, 1) * SEASONS.get(code, {}).get(month, 1) for code in leaves]
    return random.choices(leaves, weights)[0]


def _channel(random, category):
    """Nobody finds a wish for help or a question on patrol."""
    channel = random.choices(list(CHANNEL_SHARES), CHANNEL_SHARES.values())[0]
    if channel == "patrol" and categories.category_of_code(category).group in (
        "help",
        "opinion",
        "disputes",
        "other",
    ):
        return random.choice(("snap", "visit", "hotline"))
    return channel


def _tier(random, category):
    tier = random.choices(list(TIER_SHARES), TIER_SHARES.values())[0]
    if tier == "department" and categories.category_of_code(category).unit in ("grid", "community"):
        return "community"
    return tier


def _fate(random, channel):
    able = [(fate, share) for fate, share, only in FATES if not only or channel in only]
    return random.choices([fate for fate, _ in able], [share for _, share in able])[0]


def _reporter(random, channel):
    """A form of address and a number that belongs to nobody, or neither; staff's own finds have none."""
    if channel in ("patrol", "upper") or (channel == "snap" and random.random() < 0.4):
        return "", ""
    return random.choice(SURNAMES) + random.choice(TITLES), f"1990000{random.randrange(10_000):04d}"


def unit_slug(arrival):
    """Which unit's desk the story ends on."""
    wanted = {"grid": "grid", "community": "community", "street": "community"}.get(arrival.tier)
    return staff.unit_for(wanted or categories.category_of_code(arrival.category).unit, arrival.path)


def _by_class():
    found = defaultdict(list)
    for category in categories.CATEGORIES:
        found[category.group].append(category.code)
    return dict(found)


BY_CLASS = _by_class()
