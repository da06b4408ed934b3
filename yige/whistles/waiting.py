"""What of joint work waits for whom, since when; and how many whistles sounded, week by week. Read-only."""

from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncWeek

from yige.accounts.kept_statements import keep_statement
from yige.cases.models import Case
from yige.lib.local_time import SHANGHAI, local_day, start_of_day
from yige.whistles.models import Call, Dispute, LinkAnswer, PlanStep, Whistle, WhistleRequest
from yige.whistles.models.whistle import areas_seen
from yige.whistles.words import CallState

UNIT, STREET, HEAD = "unit", "street", "head"
WHOM = {UNIT: "", STREET: "街道", HEAD: "一级网格长"}
# What is waited for in each open state, and the moment since when.
WAITS = {
    CallState.CALLED: (UNIT, "签收", "turn_at"),
    CallState.SIGNED: (UNIT, "联系街道", "signed_at"),
    CallState.CONTACTED: (UNIT, "到场", "contacted_at"),
    CallState.ARRIVED: (UNIT, "办完", "arrived_at"),
    CallState.DELIVERED: (STREET, "看办得怎样", "delivered_at"),
}
WEEKS = 26


class Wait(NamedTuple):
    """One thing that somebody is waited for: whom, for what, since when, by when (None: no rule says)."""

    whom: str
    who: str
    what: str
    since: datetime
    due: datetime | None

    def is_late(self, now) -> bool:
        return self.due is not None and self.due < now


class Week(NamedTuple):
    """How many whistles sounded in the week that begins on this Monday."""

    monday: date
    count: int


def wait_of(call) -> Wait | None:
    """Return for whom an open call waits; a dispute goes before all, then an answer by a link; None at its end.

    The call comes from `with_waits`, which says what it has.
    """
    if call.state not in WAITS:
        return None
    if call.disputed_at:
        return Wait(HEAD, WHOM[HEAD], f"定是不是{call.unit.name}的事", call.disputed_at, call.dispute_until)
    if call.link_answer_at:
        return Wait(STREET, WHOM[STREET], f"处理{call.unit.name}用链接来的答复", call.link_answer_at, None)
    whom, what, since = WAITS[call.state]
    due = call.next_due_at if whom == UNIT else None
    return Wait(whom, WHOM[whom] or call.unit.name, what, getattr(call, since) or call.called_at, due)


def with_waits(calls) -> QuerySet:
    """Say of each call whether a dispute or an answer by a link waits, in the same statement."""
    dispute = Dispute.objects.filter(call=OuterRef("pk"), decided_at=None)
    answer = LinkAnswer.objects.filter(link__call=OuterRef("pk"), decided_at=None).order_by("at")
    return calls.select_related("unit").annotate(
        disputed_at=dispute.values("at")[:1],
        dispute_until=dispute.values("decide_until")[:1],
        link_answer_at=answer.values("at")[:1],
    )


def running_whistles(user, at) -> list[Whistle]:
    """Return the running whistles that a leader sees, each with its calls and open steps, the longest first."""
    areas = areas_seen(user, at)
    rows = {whistle.pk: whistle for whistle in whistles_running(areas)}
    for whistle in rows.values():
        whistle.all_calls, whistle.open_steps = [], []
    for call in calls_running(areas) if rows else ():
        if whistle := rows.get(
            call.whistle_id
        ):  # one that sounded between the statements is shown at the next look
            whistle.all_calls.append(call)
    for step in steps_running(areas) if rows else ():
        if whistle := rows.get(step.whistle_id):
            whistle.open_steps.append(step)
    return list(rows.values())


@keep_statement
def whistles_running(areas) -> QuerySet:
    rows = Whistle.objects.in_areas(areas).running().select_related("case__category", "case__grid")
    return rows.defer("case__grams", "case__search_text").order_by("sounded_at", "pk")


@keep_statement
def calls_running(areas) -> QuerySet:
    running = Whistle.objects.in_areas(areas).running().values("pk")
    return with_waits(Call.objects.filter(whistle__in=running).order_by("-part", "called_at", "pk"))


@keep_statement
def steps_running(areas) -> QuerySet:
    running = Whistle.objects.in_areas(areas).running().values("pk")
    return PlanStep.objects.open().filter(whistle__in=running).select_related("unit")


def waits_of(whistle) -> list[Wait]:
    """Return what a running whistle waits for, the longest first; the end itself where every part is finished."""
    waits = [wait for call in whistle.all_calls if (wait := wait_of(call))]
    waits += [
        Wait(STREET, WHOM[STREET], f"看“{step.words}”做好没有", step.done_at, None)
        for step in whistle.open_steps
        if step.done_at
    ]
    if not waits and not whistle.open_steps:
        last = max(call.confirmed_at or call.released_at or call.called_at for call in whistle.all_calls)
        waits = [Wait(STREET, WHOM[STREET], "说各单位办得怎样，结束联办", last, None)]
    return sorted(waits, key=lambda wait: wait.since)


def open_requests(user, at) -> QuerySet:
    """Return the requests for a whistle that wait for the street, the longest first."""
    cases = Case.objects.visible_to(user, at).values("pk")
    rows = WhistleRequest.objects.filter(answered_at=None, case__in=cases)
    return rows.select_related("case__category", "case__grid", "by").order_by("at")


class StreetWaits(NamedTuple):
    """How much of joint work waits for the street: answers by a link, disputes, parts and steps to look at, requests."""

    answers: int
    disputes: int
    delivered: int
    steps: int
    requests: int


def street_waits(user, at) -> StreetWaits:
    """Return what of the running whistles in the user's area waits for the street, in three statements."""
    whistles = Whistle.objects.visible_to(user, at).running().values("pk")
    disputed = Dispute.objects.filter(call=OuterRef("pk"), decided_at=None)
    answered = LinkAnswer.objects.filter(link__call=OuterRef("pk"), decided_at=None)
    counts = (
        Call.objects.open()
        .filter(whistle__in=whistles)
        .order_by()
        .aggregate(
            answers=Count("pk", filter=Exists(answered)),
            disputes=Count("pk", filter=Exists(disputed)),
            delivered=Count("pk", filter=Q(state=CallState.DELIVERED)),
        )
    )
    steps = PlanStep.objects.open().filter(whistle__in=whistles, done_at__isnull=False).count()
    return StreetWaits(steps=steps, requests=open_requests(user, at).count(), **counts)


def unit_waits(user, at) -> int:
    """Return how many calls, and steps of joint plans, wait for the user's units."""
    calls = Call.objects.of_units(user, at).open().exclude(state=CallState.DELIVERED)
    return calls.count() + PlanStep.objects.of_units(user, at).open().filter(done_at=None).count()


def weekly_counts(user, at, weeks=WEEKS) -> list[Week]:
    """Return how many whistles sounded in each of the last weeks, this one last, also where there was none."""
    today = local_day(at)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    rows = Whistle.objects.visible_to(user, at).filter(
        sounded_at__gte=start_of_day(mondays[0]), sounded_at__lte=at
    )
    rows = rows.order_by().annotate(week=TruncWeek("sounded_at", tzinfo=SHANGHAI)).values_list("week")
    counts = {local_day(week): count for week, count in rows.annotate(count=Count("pk"))}
    return [Week(day, counts.get(day, 0)) for day in mondays]


def middle_of(weeks) -> float:
    """Return the median of the weeks before this one, the line of a run chart; 0 where there is none."""
    return median(week.count for week in weeks[:-1]) if len(weeks) > 1 else 0
