"""By when a called unit answers, by trigger, and what meets it. Pure: no database, no clock. Rule: docs/policy/whistle.md.

The limits are frozen into the whistle when it sounds: a rule that is changed later changes no running one. They run
through nights, weekends and holidays where they are minutes; working days end with their day. Sources: 30 minutes on
site, Pinggu 2017; sign within 1 hour, contact within 24 hours, report in within 3 working days, Nanjing Gulou 2023.
"""

import itertools
from datetime import datetime, timedelta
from typing import NamedTuple

from yige.cases.deadlines import MARK_BY_NAME, MARKS, OF_HOURS, Mark
from yige.cases.words import Urgency
from yige.lib.local_time import end_of_day, local_day
from yige.whistles.words import CALL_ENDS, Trigger

JOINED = frozenset({Trigger.NEED, Trigger.JOINT})
QUICK = frozenset({Trigger.EMERGENCY})
EVERY = frozenset(Trigger)
MINUTES, WORKDAYS = "minutes", "workdays"
UNIT_WORDS = {MINUTES: "分钟", WORKDAYS: "个工作日"}


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
WEEKEND = 2  # days of any week that no limit in working days may count on
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
    ordinary = {limit.name: limit.amount for limit in settable(trigger)}
    return ordinary | {name: amount for name, amount in (overrides or {}).items() if name in ordinary}


def settable(trigger) -> list[Limit]:
    """Return the marks of a trigger whose amount a category may set for itself."""
    return [limit for limit in limits_of(trigger) if limit.amount]


def case_mark(limit, urgency) -> Mark:
    """Return the mark of the case itself that a limit may not be longer than."""
    if limit.unit == WORKDAYS:
        return MARK_BY_NAME["day7"]
    urgency = Urgency.EMERGENCY if limit.which == QUICK else urgency
    hours = (mark for mark in MARKS if mark.name in OF_HOURS and urgency in mark.which)
    return next(hours, MARK_BY_NAME["day3"])


def most(limit, urgency) -> int:
    """Return the largest amount of a limit for cases of an urgency; to shorten the ordinary one is never refused."""
    mark = case_mark(limit, urgency)
    if limit.unit == WORKDAYS:
        return max(limit.amount, mark.days - WEEKEND)
    return max(limit.amount, mark.minutes or mark.days * 24 * 60)


def span_words(amount, unit) -> str:
    """Return an amount in words, whole hours as hours."""
    if unit == MINUTES and amount % 60 == 0:
        return f"{amount // 60} 小时"
    return f"{amount} {UNIT_WORDS[unit]}"


def out_of_step(trigger, amounts) -> tuple[Limit, Limit] | None:
    """Return the first two marks in minutes of which the earlier one would be due after the later one, or None."""
    counted = [limit for limit in settable(trigger) if limit.unit == MINUTES]
    pairs = itertools.pairwise(counted)
    return next((pair for pair in pairs if amounts[pair[0].name] > amounts[pair[1].name]), None)


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
