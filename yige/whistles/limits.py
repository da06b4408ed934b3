"""By when a called unit answers, by trigger, and what meets it. Pure: no database, no clock. Rule: docs/policy/whistle.md.

The limits are frozen into the whistle when it sounds: a rule that is changed later changes no running one. They run
through nights, weekends and holidays where they are minutes; working days end with their day. Sources: 30 minutes on
site, Pinggu 2017; sign within 1 hour, contact within 24 hours, report in within 3 working days, Nanjing Gulou 2023.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from yige.lib.local_time import end_of_day, local_day
from yige.whistles.words import CALL_ENDS, Trigger

JOINED = frozenset({Trigger.NEED, Trigger.JOINT})
QUICK = frozenset({Trigger.EMERGENCY})
EVERY = frozenset(Trigger)
MINUTES, WORKDAYS = "minutes", "workdays"


class Limit(NamedTuple):
    """One mark of a call; `amount` counts in `unit`, from `since` of the call, or ends at the moment `since` holds."""

    name: str
    label: str
    which: frozenset
    since: str
    amount: int
    unit: str
    met_by: tuple
    on_record: bool
    duty: str


# fmt: off
LIMITS = (
    #     name        label        triggers since             amount unit       met by any of these                                       on record what has to be there
    Limit("answer",   "马上应答", QUICK,   "turn_at",         10,    MINUTES,  ("signed_at", "contacted_at", "arrived_at", "delivered_at"), False,    "值班的人应答；没人应答的，再叫一遍，同时告诉街道负责人"),
    Limit("sign",     "签收",       JOINED,  "turn_at",         60,    MINUTES,  ("signed_at", "contacted_at", "arrived_at", "delivered_at"), True,     "签收，写明谁来办"),
    Limit("contact",  "联系街道",   JOINED,  "turn_at",         1440,  MINUTES,  ("contacted_at", "arrived_at", "delivered_at"),             True,     "和街道说定：和谁商量的、什么措施、什么时候"),
    Limit("arrive",   "到场",       QUICK,   "called_at",       30,    MINUTES,  ("arrived_at", "delivered_at"),                             True,     "到场处置"),
    Limit("arrive",   "报到",       JOINED,  "called_at",       3,     WORKDAYS, ("arrived_at", "delivered_at"),                             True,     "按街道定的时间地点报到"),
    Limit("promise",  "自己定的期限", EVERY, "until",           0,     MINUTES,  ("delivered_at",),                                           True,     "按自己说的时间办完"),
)
# The street's own limits: how long a dispute of duty may wait, how long a unit may answer what is said of it.
DECIDE = {Trigger.EMERGENCY: (10, MINUTES), Trigger.NEED: (1, WORKDAYS), Trigger.JOINT: (1, WORKDAYS)}
ANSWER_WORKDAYS = 5
# fmt: on


class Due(NamedTuple):
    """One mark of one call with its moment, and when it was met."""

    limit: Limit
    at: datetime
    met_at: datetime | None

    def missed(self, now) -> bool:
        """Say whether the moment passed without being met, also when it was met since."""
        return self.at < now and (self.met_at is None or self.met_at > self.at)

    def waits(self, now) -> bool:
        return self.met_at is None and self.at >= now


def limits_of(trigger) -> list[Limit]:
    """Return the marks of a trigger, in the order of the table."""
    return [limit for limit in LIMITS if trigger in limit.which]


def frozen(trigger, overrides=None) -> dict[str, int]:
    """Return what is written into a whistle when it sounds: the amount of each mark that can be set, by name."""
    settable = {limit.name: limit.amount for limit in limits_of(trigger) if limit.amount}
    return settable | {name: amount for name, amount in (overrides or {}).items() if name in settable}


def after(start, amount, unit, days) -> datetime:
    """Return the moment so many minutes, or at the end of so many working days, after a start."""
    if unit == MINUTES:
        return start + timedelta(minutes=amount)
    return end_of_day(days.nth(local_day(start), amount, working=True))


def dues(call, trigger, amounts, meet_at, days) -> list[Due]:
    """Return the marks of a call that have a moment, the earliest first.

    `amounts` are those frozen into the whistle. Where the street set a time to meet, reporting in is due then.
    """
    found = []
    for limit in limits_of(trigger):
        start = getattr(call, limit.since)
        if start is None:
            continue
        moment = after(start, amounts.get(limit.name, limit.amount), limit.unit, days)
        if limit.name == "arrive" and trigger in JOINED and meet_at:
            moment = meet_at
        found.append(Due(limit, moment, met_at(limit, call)))
    return sorted(found, key=lambda due: due.at)


def met_at(limit, call) -> datetime | None:
    """Return when a mark was met, or None."""
    moments = [moment for name in limit.met_by if (moment := getattr(call, name))]
    return min(moments) if moments else None


def next_due(call, trigger, amounts, meet_at, days) -> Due | None:
    """Return the earliest mark that is not met, or None: of a call that came to an end nothing is due."""
    if call.state in CALL_ENDS:
        return None
    return next((due for due in dues(call, trigger, amounts, meet_at, days) if due.met_at is None), None)


def decide_until(trigger, since, days) -> datetime:
    """Return by when a dispute of duty is decided."""
    return after(since, *DECIDE[trigger], days)


def final_at(rated_at, answered_at, days) -> datetime:
    """Return when what the street says of a unit is final: with its one answer, or five working days later."""
    return answered_at or after(rated_at, ANSWER_WORKDAYS, WORKDAYS, days)
