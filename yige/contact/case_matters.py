"""What the answer rule reads of cases: where each stands, in the words of its own timeline; a merged one follows."""

from collections import defaultdict

from yige.cases import deadlines, workflow
from yige.cases import queries as cases
from yige.cases.models import Case, Entry
from yige.cases.words import BEFORE_HANDLED, RejectReason, State
from yige.contact.answer_rule import Matter
from yige.lib.local_time import local_day

# What is quoted from the timeline. The reporter reads each of these lines anyway.
RESULT = {
    State.HANDLED: ("finish",),
    State.CLOSED: ("close", "finish"),
    State.CLEARED: ("close", "finish"),
    State.REJECTED: ("reject",),
    State.WITHDRAWN: ("withdraw", "cancel"),
}
SENT_UP = ("escalate", "report_city", "answer_city")
PROCESS = ("progress", "verify", "extend", "park", *SENT_UP, "send_down", "reply", "contact")
SENT_ON = ("dispatch", "transfer", "accept", "assign", "send_down", "take_back")


def matters_of(raised) -> dict:
    """Return what the rule reads of these cases, by their ids, in two statements."""
    heads = {case.pk: cases.leading_case(case).pk if case.merged_into_id else case.pk for case in raised}
    if not heads:
        return {}
    leads = Case.objects.select_related("unit").in_bulk(set(heads.values()))
    lines = _lines(leads)
    return {pk: _matter(leads[lead], lines[lead], pk != lead) for pk, lead in heads.items()}


def _lines(leads):
    """Return the lines of this round of each case as (verb, what was said), the youngest first."""
    found = defaultdict(list)
    lines = Entry.objects.filter(case__in=leads.keys()).order_by("-at", "-id")
    for pk, verb, at, said in lines.values_list("case_id", "verb", "at", "said"):
        if at >= leads[pk].clock_from:
            found[pk].append((verb, said))
    return found


def _matter(case, lines, merged):
    going = case.state in BEFORE_HANDLED
    moved = deadlines.moved_to(case) if going else None
    mark, moment = deadlines.next_mark(case, deadlines.REPORTERS_CLOCK)
    due = moved or (moment if case.is_open else None)
    return Matter(
        number=case.number,
        state=str(case.state),
        outcome=case.outcome,
        tier=case.get_tier_display(),
        unit=case.unit.name if case.unit_id else "",
        duty=mark.promise if going else "",
        due_on=local_day(due) if due else None,
        parked=case.is_parked,
        extended=bool(moved) and not case.is_parked,
        escalated=_is_escalated(lines),
        reopened_at=case.reopened_at,
        result=_last(lines, RESULT.get(case.state, ())),
        process=_last(lines, PROCESS) if going else "",
        reason=_reason(lines) if case.state == State.REJECTED else "",
        merged=merged,
    )


def _is_escalated(lines):
    """Say whether the last thing that sent the case anywhere sent it up."""
    sent = next((verb for verb, _ in lines if verb in SENT_UP or verb in SENT_ON), "")
    return sent in SENT_UP and workflow.BY_VERB[sent].to == State.ACCEPTED


def _last(lines, verbs):
    """Return the words of the youngest line of one of these verbs, the first verb that has any."""
    if verbs == PROCESS:
        return next((_quoted(said) for verb, said in lines if verb in verbs), "")
    return next(
        (said["words"] for wanted in verbs for verb, said in lines if verb == wanted and said.get("words")),
        "",
    )


def _quoted(said):
    """Return what is quoted of a line: its words, the answer from above, or what was asked of above."""
    return said.get("words") or said.get("answer") or said.get("asked") or ""


def _reason(lines):
    value = next((said.get("reason", "") for verb, said in lines if verb == "reject"), "")
    return RejectReason(value).label if value in RejectReason.values else ""
