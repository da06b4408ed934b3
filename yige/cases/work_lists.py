"""What waits for whom: the named lists of the desk and of the queue, as one table of conditions.

A list is a condition on open cases; it narrows what `visible_to` lets through and never widens it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yige.accounts.models import UnitKind
from yige.accounts.roles import leading, permits
from yige.cases.levels import ABOVE_STREET, LEVELS, LIMIT_OF
from yige.cases.models import Ask, Wait
from yige.cases.standings import handles_cases
from yige.cases.words import BEFORE_HANDLED, AskKind, State, Tier, WaitWay
from yige.cases.workflow import RETURNS
from yige.lib.local_time import local_day, start_of_next_day


class Viewer(NamedTuple):
    """Who looks and when: what the conditions ask of a person."""

    user: object
    at: datetime
    roles: frozenset
    units: tuple
    midnight: datetime  # the end of the day of `at`

    def mine(self) -> Q:
        return Q(handler=self.user) | Q(handler=None, unit_id__in=self.units)

    def may(self, *capabilities) -> bool:
        return permits(self.roles, *capabilities)

    def leads(self, level) -> bool:
        return bool(self.roles & set(leading(level)))


def viewer(user, at) -> Viewer:
    posts = user.posts_at(at)
    units = tuple(post.unit_id for post in posts if handles_cases(post) and post.rule.sees != "none")
    midnight = start_of_next_day(local_day(at))
    return Viewer(user, at, frozenset(post.role for post in posts), units, midnight)


def from_below(who) -> Q:
    """What a lower level could not solve and has come up to this person's level."""
    return waits_at(own_tiers(who)) & ~Q(Exists(open_waits(way=WaitWay.DOWN)))


def sent_down(who) -> Q:
    """What a higher level answered and sent down to this person's level."""
    return waits_at(own_tiers(who)) & Q(Exists(open_waits(way=WaitWay.DOWN)))


def waits_too_long(who) -> Q:
    """What waits on this person's level, or above the street of its head and desk, longer than it may."""
    tiers = own_tiers(who) + (list(ABOVE_STREET) if who.leads(1) else [])
    return waits_at(tiers) & Q(Exists(open_waits(due_at__lt=who.at)))


def own_tiers(who) -> list:
    """Return the levels that this person arranges."""
    return [level.tier for level in LEVELS if level.tier in LIMIT_OF and who.roles & set(level.arranged_by)]


def waits_at(tiers) -> Q:
    return Q(state=State.ACCEPTED, raised_at__isnull=False, tier__in=tiers)


def open_waits(**where) -> QuerySet:
    return Wait.objects.filter(case=OuterRef("pk"), ended_at=None, **where)


def to_hand_out(who) -> Q:
    """What this person can hand out: not what was raised higher up, nor what the level-1 head decides."""
    found = Q(state=State.ACCEPTED)
    if not who.may("decide_hard_cases"):
        found &= Q(return_count__lt=max(RETURNS))
    if who.leads(1):
        return found & ~Q(tier__in=ABOVE_STREET)
    kinds = (UnitKind.GRID_TEAM, UnitKind.COMMUNITY) if who.leads(2) else (UnitKind.GRID_TEAM,)
    found &= Q(return_count__lt=min(RETURNS)) | Q(first_unit__kind__in=kinds)
    tiers = [Tier.GRID, Tier.COMMUNITY] if who.leads(2) else [Tier.GRID]
    return found & (Q(raised_at=None) | Q(tier__in=tiers))


def to_check(who) -> Q:
    """What others did and this person checks; nobody checks the own work."""
    handled = Q(state=State.HANDLED) & ~Q(handler=who.user)
    return handled if who.leads(1) else handled & Q(handed_by=who.user)


def requests_to_decide(who) -> Q:
    """Requests that this person decides: the level-1 head about parking and second extensions."""
    waiting = Ask.objects.filter(case=OuterRef("pk"), decided_at=None)
    if who.may("decide_hard_cases"):
        top = Q(kind=AskKind.PARKING) | Q(case__extensions__gt=0)
        return Q(Exists(waiting.filter(top)))
    return Q(Exists(waiting.filter(kind=AskKind.EXTENSION, case__extensions=0)))


def due_today(who) -> Q:
    return Q(next_mark_at__gte=who.at, next_mark_at__lt=who.midnight)


class WorkList(NamedTuple):
    name: str
    label: str
    who_has: tuple
    when: Callable
    work: bool
    tone: str
    empty: str


# fmt: off
WORK_LISTS = (
    #        name            label            who may this                                  which open cases                                                              work   tone    when there is none
    WorkList("danger",       "险情",           ("see_cases",),                               lambda who: Q(alarm_at__isnull=False),                                        True,  "bad",  "现在没有险情。"),
    WorkList("to_accept",    "待受理",         ("sort_cases",),                              lambda who: Q(state=State.REPORTED),                                          True,  "",     "没有等着受理的。"),
    WorkList("decide",       "三次退回待决定", ("decide_hard_cases",),                       lambda who: Q(state=State.ACCEPTED, return_count__gte=3),                     True,  "care", "没有三次退回的。"),
    WorkList("asked",        "申请待批",       ("decide_hard_cases", "decide_extensions"),   requests_to_decide,                                                     True,  "care", "没有等着批的申请。"),
    WorkList("raised",       "下级上报",       ("take_escalated", "lead_district"),          from_below,                                                             True,  "care", "没有下级上报来的。"),
    WorkList("sent_down",    "上级答复了",     ("sort_cases", "lead_district"),              sent_down,                                                              True,  "care", "没有上级答复回来的。"),
    WorkList("with_city",    "等市级答复",     ("record_city",),                             lambda who: waits_at([Tier.CITY]),                                            True,  "",     "没有报到市级的。"),
    WorkList("waits_long",   "上报等过了时间", ("decide_hard_cases", "sort_cases", "lead_district"), waits_too_long,                                                 True,  "bad",  "没有等过时间的。"),
    WorkList("returned",     "被退回",         ("sort_cases",),                              lambda who: Q(return_count__gt=0) & to_hand_out(who),                         True,  "care", "没有被退回的。"),
    WorkList("reopened",     "没解决，重办",   ("sort_cases",),                              lambda who: Q(state__in=BEFORE_HANDLED, reopen_no__gt=0),                     True,  "bad",  "没有要重办的。"),
    WorkList("to_dispatch",  "待派单",         ("sort_cases",),                              to_hand_out,                                                                  True,  "",     "没有等着派单的。"),
    WorkList("to_sign",      "待签收",         ("handle",),                                  lambda who: Q(state=State.DISPATCHED) & who.mine(),                           True,  "",     "没有等着签收的。"),
    WorkList("to_contact",   "先联系反映人",   ("handle",),                                  lambda who: Q(state__in=(State.SIGNED, State.HANDLING), contacted_at=None) & who.mine(), True, "", "都联系过了。"),
    WorkList("to_handle",    "正在办",         ("handle",),                                  lambda who: Q(state=State.HANDLING, contacted_at__isnull=False) & who.mine(), True,  "",     "没有正在办的。"),
    WorkList("to_check",     "待核查",         ("lead_cases",),                              to_check,                                                                     True,  "",     "没有等着核查的。"),
    WorkList("overdue",      "已超时",         ("see_cases",),                               lambda who: Q(next_mark_at__lt=who.at),                                       False, "bad",  "没有超时的。"),
    WorkList("today",        "今天到期",       ("see_cases",),                               due_today,                                                                    False, "care", "今天没有到期的。"),
    WorkList("with_district", "等在区级",      ("decide_hard_cases", "record_city"),         lambda who: waits_at([Tier.DISTRICT]),                                        False, "care", "没有等在区级的。"),
    WorkList("parked",       "挂账中",         ("lead_cases",),                              lambda who: Q(parked_until__isnull=False, handled_at=None),                                    False, "",     "没有挂账的。"),
    WorkList("returned_twice", "退回两次以上", ("lead_cases",),                              lambda who: Q(return_count__gte=2, state__in=BEFORE_HANDLED),                 False, "care", "没有退回两次的。"),
    WorkList("reopened_twice", "重办两次以上", ("lead_cases",),                              lambda who: Q(reopen_no__gte=2, state__in=BEFORE_HANDLED),                    False, "bad",  "没有重办两次的。"),
    WorkList("supervised",   "督办中",         ("see_cases",),                               lambda who: Q(supervised_at__isnull=False, state__in=BEFORE_HANDLED),         False, "care", "没有督办的。"),
)
# fmt: on

WORK_LIST_BY_NAME = {each.name: each for each in WORK_LISTS}


def work_lists_of(who) -> list[WorkList]:
    """Return the lists that the roles of this person have, in the order of the table."""
    return [each for each in WORK_LISTS if who.may(*each.who_has)]


def counts(cases, who, lists) -> dict[str, int]:
    """Return how many of these open cases stand on each list, in one statement."""
    return cases.aggregate(**{each.name: Count("pk", filter=each.when(who)) for each in lists})
