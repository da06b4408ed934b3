"""Which cases wait for a call-back, an answer or a look-back; read-only, shared by the clock and the pages."""

from datetime import timedelta
from functools import partial

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from yige.accounts.kept_statements import KeptStatement
from yige.accounts.models import User
from yige.accounts.scope import seats_of
from yige.cases import rules
from yige.cases.models import Case, Entry, FollowUp, LookBack, Rating, Reporter
from yige.cases.queries import leading_case
from yige.cases.words import Nature, Outcome, SolvedAnswer, State
from yige.cases.workflow import INVOLVING
from yige.lib.local_time import local_day

WAITING = (
    """SELECT count(*) FILTER (WHERE can_be_called), count(*) FILTER (WHERE said_partly) FROM ({}) AS asked"""
)


def closed_cases() -> QuerySet:
    """Return closed cases that somebody has to hear about, with what is known of this round."""
    return with_what_is_known(Case.objects.filter(state=State.CLOSED)).exclude(outcome=Outcome.LIGHT)


def cases_to_ask_about() -> QuerySet:
    """Return closed cases, and those led by one that was closed, whose reporter can be asked, with what is known."""
    merged = Q(state=State.MERGED, leader__closed_at__isnull=False)
    rows = with_what_is_known(Case.objects.filter(Q(state=State.CLOSED) | merged))
    return rows.exclude(outcome=Outcome.LIGHT).select_related("leader__unit")


def with_what_is_known(cases) -> QuerySet:
    """Say of each case what its reporter said in this round, and how often he was called in vain."""
    rated = of_this_round(Rating)
    in_vain = of_this_round(FollowUp).filter(reached=False).values("case").annotate(count=Count("pk"))
    known = Reporter.objects.filter(case=OuterRef("pk"), removed_at=None, phone_sealed__isnull=False)
    return cases.annotate(
        solved=Subquery(rated.values("solved")[:1]),
        rated_by_phone=Subquery(rated.values("by_phone")[:1]),
        has_phone=Exists(known),
        attempts=Coalesce(Subquery(in_vain.values("count")), 0),
    )


def of_this_round(side) -> QuerySet:
    """What was said in this round of the case that is handled: the own one, or the one that leads it."""
    handled = {
        "about": Coalesce(OuterRef("leader"), OuterRef("pk")),
        "round": Coalesce(OuterRef("leader__reopen_no"), OuterRef("reopen_no")),
    }
    return side.objects.filter(case=OuterRef("pk"), **handled).order_by()


def part_in(user) -> Q:
    """The condition that somebody handled, dispatched or checked the case in this round."""
    return Q(handler=user) | Exists(involving(user, "pk", "reopened_at", "reported_at"))


def part_in_leader(user) -> Q:
    """The same of the case that leads a merged one."""
    acts = involving(user, "leader", "leader__reopened_at", "leader__reported_at")
    return Q(leader__handler=user) | Exists(acts)


def involving(user, case, reopened, reported) -> QuerySet:
    acts = Entry.objects.filter(case=OuterRef(case), by_id=user.pk, verb__in=INVOLVING)
    return acts.filter(at__gte=Coalesce(OuterRef(reopened), OuterRef(reported)))


def said_of(leader) -> dict:
    """Return what narrows what was said to the case that is handled, and to its round."""
    return {"about": leader, "round": leader.reopen_no}


def without_part_of(rows, user) -> QuerySet:
    """Leave out what somebody handled, dispatched or checked: others call about it."""
    return rows.exclude(part_in(user)).exclude(part_in_leader(user))


def to_call() -> QuerySet:
    """Those nobody rated and whose reporter left a number, until the attempts are used up; each reporter is a call.

    So who was merged in stands here for himself, once the leading case is closed.
    """
    return cases_to_ask_about().filter(_can_be_called())


def to_decide() -> QuerySet:
    """Those whose reporter said “partly solved”: somebody has to decide whether it goes on."""
    return cases_to_ask_about().filter(_SAID_PARTLY)


def calls_waiting(user, at) -> dict[str, int]:
    """Return how many wait for a call and how many for a decision by this person: the lengths of the two lists."""
    most = rules.value("follow_up_attempts")
    rows = rows_to_ask(seats_of(user, at), user.pk, most)
    return dict(zip(("call", "decide"), rows[0] if rows else (0, 0), strict=True))


@partial(KeptStatement, around=WAITING)
def rows_to_ask(seats, user, most_attempts) -> QuerySet:
    rows = without_part_of(cases_to_ask_about().seen_from(seats, user), User(pk=user))
    kinds = {"can_be_called": _can_be_called(most_attempts), "said_partly": _SAID_PARTLY}
    told = {name: ExpressionWrapper(condition, BooleanField()) for name, condition in kinds.items()}
    return rows.order_by().annotate(**told).values_list(*told)


def _can_be_called(most_attempts=None):
    most = most_attempts or rules.value("follow_up_attempts")
    return Q(solved=None, has_phone=True, attempts__lt=most)


_SAID_PARTLY = Q(solved=SolvedAnswer.PARTLY) & (Q(state=State.CLOSED) | Q(leader__state=State.CLOSED))


def to_wait_for() -> QuerySet:
    """Those nobody rated and nobody can call any more: their reporter may still answer by the link."""
    rows = closed_cases().filter(solved=None)
    return rows.filter(Q(has_phone=False) | Q(attempts__gte=rules.value("follow_up_attempts")))


def silent_cases(at) -> QuerySet:
    """Those whose waiting time is over: attempts used up, or nobody to call."""
    return may_be_cleared(to_wait_for()).filter(
        closed_at__lte=at - timedelta(days=rules.value("silence_days"))
    )


def confirmed_cases() -> QuerySet:
    """Those the reporter called solved that may be cleared now: a major one after its first look-back."""
    return may_be_cleared(closed_cases().filter(solved=SolvedAnswer.YES))


def may_be_cleared(rows) -> QuerySet:
    held = LookBack.objects.filter(case=OuterRef("pk"), round=OuterRef("reopen_no"), held_at__isnull=False)
    return rows.filter(~Q(nature=Nature.MAJOR) | Exists(held))


def light_cases() -> QuerySet:
    """Those that their finder settled and nobody has to check any more."""
    unchecked = LookBack.objects.filter(case=OuterRef("pk"), held_at=None)
    return Case.objects.filter(state=State.CLOSED, outcome=Outcome.LIGHT).exclude(Exists(unchecked))


def open_look_backs() -> QuerySet:
    """Look-backs of the last round that were not held yet, on cases that are done, the oldest day first."""
    done = LookBack.objects.filter(held_at=None, case__state__in=(State.CLOSED, State.CLEARED))
    return done.filter(round=F("case__reopen_no")).order_by("due_on", "id")


def had_a_vain_call_on(case, at) -> bool:
    """Say whether somebody already tried in vain to reach the reporter on this day."""
    last = case.followups.filter(**said_of(leading_case(case)), reached=False).order_by("-at").first()
    return last is not None and local_day(last.at) == local_day(at)
