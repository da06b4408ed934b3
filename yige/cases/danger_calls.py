"""A danger that nobody answers calls again, a level further each time, by night as well. Rule: docs/policy/danger.md.

It waits from the moment it was heard, anew from each look and each act of somebody who could help. The clock may run
late or twice: each call is made once, and after a pause of the clock the furthest one that is due, alone.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from yige.accounts.actors import CLOCK
from yige.accounts.roles import leading
from yige.audit import log
from yige.audit.bulk_insert import insert_rows
from yige.cases import case_notices, danger_duty, danger_watch, queries, rules
from yige.cases.models import Case
from yige.cases.standings import standings
from yige.cases.words import State
from yige.cases.workflow import DOERS, HEADS
from yige.lib.local_time import local, local_day, moment_words, span_words

IN_NO_HANDS = (State.REPORTED, State.ACCEPTED, State.DISPATCHED)


class Call(NamedTuple):
    """A call made after so many waits of `danger_minutes`, to those who have the case and to these roles over its place."""

    waits: int
    roles: tuple


# fmt: off
CALLS = (
    #    waits  who is called again beside whoever handles the case
    Call(1,     ("desk", *leading(2, 3))),
    Call(2,     HEADS),  # one level up
    Call(6,     HEADS),  # an hour, as it is delivered
)
# fmt: on


def keep_waiting(case, at) -> None:
    """Set since when nobody answers a danger, or that there is none to answer; what waits already goes on."""
    if not waits_for_answer(case):
        case.unanswered_at, case.danger_calls = None, 0
    elif case.unanswered_at is None:
        case.unanswered_at, case.danger_calls = at, 0


def waits_for_answer(case) -> bool:
    """Say whether a danger waits for somebody to judge it or, being one, to take it in hand; called units have their own clock."""
    if case.alarm_at is None:
        return False
    return case.danger_at is not None or (case.state in IN_NO_HANDS and not case.open_parts)


def begin_anew(case, held, hearings, *, at) -> None:
    """Let the wait begin anew when somebody who could help has acted, and when something else was heard."""
    if case.unanswered_at and (hearings or held & {*HEADS, *DOERS}):
        case.unanswered_at, case.danger_calls = at, 0


def note_look(case_id, *, by, at) -> None:
    """Keep that somebody who could help has looked, so that nobody is called again for a while."""
    case = Case.objects.filter(pk=case_id, unanswered_at__lt=at).first()
    if case and standings(by, case, at) & {*HEADS, *DOERS}:
        waiting = Case.objects.filter(pk=case.pk, unanswered_at__lt=at)
        waiting.update(unanswered_at=at, danger_calls=0)


def call_again(at) -> Counter:
    """Make every call that is due."""
    done = Counter()
    for pk in Case.objects.filter(due_calls(at)).order_by("unanswered_at").values_list("pk", flat=True):
        try:
            done["called"] += call_once(pk, at)
        except Exception:  # whatever is wrong with one case, the others have to be called
            logging.getLogger("yige.clock").exception("case %s", pk)
    return done


@transaction.atomic
def call_once(pk, at) -> int:
    """Make the furthest call that is due for one case, unless somebody else does."""
    case = Case.objects.select_for_update(skip_locked=True).filter(due_calls(at), pk=pk).first()
    if case is None:
        return 0
    waited = at - case.unanswered_at
    case.danger_calls = sum(waited >= wait_of(call) for call in CALLS)
    log.write(
        "cases.call_again",
        by=CLOCK,
        at=at,
        kind=Case._meta.label_lower,
        pk=case.pk,
        said={"calls": case.danger_calls},
    )
    case.save(update_fields=["danger_calls"])
    words = f"可能有险情，{span_words(waited)}没有人应，请马上看"
    told = people_called(case, CALLS[case.danger_calls - 1], at)
    body = danger_watch.body_of(case)
    insert_rows(*danger_duty.alarm_notices(case, told, words, at=at, body=body))
    return 1


def people_called(case, call, at) -> set:
    """Return the ids of whom a call reaches beside who is on duty; where nobody holds these posts, every head."""
    found = {*queries.desk_and_heads(case, at, *call.roles), *case_notices.doers_of(case, at)}
    return found or set(queries.desk_and_heads(case, at, *HEADS))


def due_calls(at) -> Q:
    """Return the condition on cases whose next call is due."""
    found = Q(pk__in=[])
    for made, call in enumerate(CALLS):
        found |= Q(danger_calls=made, unanswered_at__lte=at - wait_of(call))
    return found


def wait_of(call) -> timedelta:
    return timedelta(minutes=rules.value("danger_minutes") * call.waits)


def silent(at) -> Q:
    """Return the condition on cases whose danger nobody has answered for the first wait, whether the clock runs or not."""
    return Q(unanswered_at__lte=at - wait_of(CALLS[0]))


def silent_since(case, at) -> datetime | None:
    """Return since when nobody answers the danger of a case, None while it is still early."""
    since = case.unanswered_at
    return since if since and since <= at - wait_of(CALLS[0]) else None


def silence_words(since, at) -> str:
    """Return since when nobody answers, in a few words: the hour of today, or the day as well."""
    today = local_day(since) == local_day(at)
    moment = f"{local(since):%H:%M}" if today else moment_words(since, at)
    return f"{moment} 起没有人应"
