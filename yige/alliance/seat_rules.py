"""Who moves when on a volunteer call: what becomes of a seat, how long an offer stands, what overlaps, what is late. Pure.

A seat that is given up or not confirmed goes as a row: that somebody stepped back is kept nowhere (docs/policy/alliance.md).
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from yige.alliance.words import HOLDING, HelpHours, SeatState
from yige.lib.local_time import local, local_day, start_of_day
from yige.notices.quiet import not_before

SIGNED_UP, WAITING, OFFERED, CONFIRMED, REMOVED = SeatState
OFFER_LASTS, OFFER_ON_THE_DAY = timedelta(hours=24), timedelta(hours=2)
LATE = timedelta(hours=24)
GRACE = timedelta(hours=1)
EVENING, MORNING = time(18), time(8)
NO_MORE = "gone"
SATURDAY = 5


class SeatMove(NamedTuple):
    """`start` are states of a seat, None is nobody's seat; `to` is the next state, or that the row goes."""

    verb: str
    start: tuple
    to: str
    who: str
    why_not: str


# fmt: off
SEAT_MOVES = (
    #        verb             from                                        to         by whom     what is said from any other state
    SeatMove("sign_up",       (None,),                                    SIGNED_UP, "person",   "这次已经报过名了。"),
    SeatMove("wait",          (None,),                                    WAITING,   "person",   "这次已经报过名了。"),
    SeatMove("offer",         (WAITING,),                                 OFFERED,   "order",    ""),
    SeatMove("confirm_offer", (OFFERED,),                                 CONFIRMED, "person",   "这个名额不在等您确认：过了时间已经给了下一位，或者已经确认过了。"),
    SeatMove("decline_offer", (OFFERED,),                                 NO_MORE,      "person",   "这个名额不在等您确认。"),
    SeatMove("lapse",         (OFFERED,),                                 NO_MORE,      "time",     ""),
    SeatMove("leave",         (SIGNED_UP, WAITING, OFFERED, CONFIRMED),   NO_MORE,      "person",   "这次没有您的报名，不用退。"),
    SeatMove("remove",        (SIGNED_UP, WAITING, OFFERED, CONFIRMED),   REMOVED,   "head",     "这一位已经不在名单里了。"),
)
# fmt: on
BY_VERB = {move.verb: move for move in SEAT_MOVES}


def refusal(verb, state) -> str:
    """Return why a verb cannot be done to a seat in this state, "" when it can; None is somebody without a seat."""
    move = BY_VERB[verb]
    return "" if state in move.start else move.why_not


def frees_a_place(verb, state) -> bool:
    """Say whether this frees a place for the next in order."""
    return state in HOLDING and BY_VERB[verb].to in (NO_MORE, REMOVED)


def offer_until(at, starts_at) -> datetime:
    """Return until when an offer stands: a day from when it can be heard, two hours on the day itself, never past the start."""
    heard = not_before(at)
    lasts = OFFER_ON_THE_DAY if local_day(heard) == local_day(starts_at) else OFFER_LASTS
    return min(heard + lasts, starts_at)


def leaves_late(at, starts_at) -> bool:
    return starts_at - at < LATE


def overlap(one, other) -> timedelta:
    """Return how long two spans of (start, end) run at once."""
    return max(min(one[1], other[1]) - max(one[0], other[0]), timedelta(0))


def grace_of(one, other) -> timedelta:
    """Return how long two calls may run at once: an hour, or half of the shorter one."""
    return min(GRACE, (one[1] - one[0]) / 2, (other[1] - other[0]) / 2)


def clash(one, other) -> str:
    """Return "" for two calls that do not meet, "warn" for a short overlap, "refuse" for a longer one."""
    both = overlap(one, other)
    if not both:
        return ""
    return "warn" if both <= grace_of(one, other) else "refuse"


def hours_of(starts_at) -> HelpHours:
    """Return into which hours of somebody's week a call falls: the weekend, an evening from six, or a day of work."""
    here = local(starts_at)
    if here.weekday() >= SATURDAY:
        return HelpHours.WEEKENDS
    return HelpHours.EVENINGS if here.time() >= EVENING else HelpHours.DAYS


def reminder_due(starts_at, at) -> str:
    """Return which reminder may go now: "evening" from six o'clock on the day before, "morning" from eight on the day, or ""."""
    if at >= starts_at:
        return ""
    day = start_of_day(local_day(starts_at))
    if local_day(at) == local_day(starts_at):
        return "morning" if local(at).time() >= MORNING else ""
    before = datetime.combine(local_day(day - timedelta(hours=1)), EVENING, day.tzinfo)
    return "evening" if at >= before and not_before(at) == at else ""
