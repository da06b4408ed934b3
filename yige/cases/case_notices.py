"""Who is told what about a case: short sentences into the outbox, in the transaction that causes them."""

from uuid import UUID

from yige.audit.bulk_insert import insert_rows
from yige.cases import queries
from yige.cases.models import Reporter
from yige.cases.public_lines import line_for_others
from yige.cases.words import Urgency
from yige.notices import actions as notices
from yige.notices.models import Notice
from yige.notices.subjects import Subject, SubjectKind

RECEIPT = "receipt"  # the kind of the message that a report answers itself with: the number and the link


def notify_reporters(case, words, *, at, verb) -> None:
    """Tell the reporter and those whose case was merged in; without an address the timeline alone tells."""
    others = queries.cases_merged_into(case) if line_for_others(verb, words) else []
    everyone = [case, *others]
    known = set(Reporter.objects.filter(case__in=everyone, removed_at=None).values_list("case_id", flat=True))
    for one in everyone:
        notices.tell_reporter(
            one.pk,
            kind="case",
            title=f"您反映的问题 {one.number}",
            body=words if one.pk == case.pk else line_for_others(verb, words),
            at=at,
            reachable=one.pk in known,
            urgent=case.urgency == Urgency.EMERGENCY,
        )


def receipt_notices(case, contact, *, by, at) -> list[Notice]:
    """Return the unsaved message with the link for whoever left an address; old lists that are taken in send none."""
    reachable = contact and (contact.get("phone") or contact.get("email"))
    if not reachable or by.actor_kind == "command":
        return []
    title, urgent = f"您反映的问题 {case.number}", case.urgency == Urgency.EMERGENCY
    return [
        notices.for_reporter(
            case.pk, kind=RECEIPT, title=title, body="已收到。", at=at, reachable=True, urgent=urgent
        )
    ]


def notify_staff(case, users, words, *, at, kind="case", body="") -> None:
    """Put a notice about the case into the inboxes of these users (ids or rows)."""
    if found := staff_notices(case, users, words, at=at, kind=kind, body=body):
        insert_rows(*found)


def staff_notices(case, users, words, *, at, kind="case", body="") -> list[Notice]:
    """Return the unsaved notices about the case for these users."""
    return notices.for_staff(
        users,
        kind=kind,
        title=f"{words} {case.number}",
        body=(body or case.words)[:200],
        at=at,
        subject=Subject(SubjectKind.CASE, case.pk),
        urgent=case.urgency == Urgency.EMERGENCY or kind == "danger",
    )


def notify_doers(case, words, *, at, kind="case") -> None:
    """Tell the person who handles the case, or everybody in its unit while it is not signed."""
    notify_staff(case, doers_of(case, at), words, at=at, kind=kind)


def doers_of(case, at) -> list[UUID]:
    """Return the ids of the person who handles the case, or of everybody in its unit while it is not signed."""
    if case.handler_id:
        return [case.handler_id]
    return queries.people_of_unit(case.unit, at) if case.unit_id else []


def notify_heads(case, words, *roles, at, kind="case", body="") -> None:
    """Tell the holders of these roles over the case's place."""
    notify_staff(case, queries.desk_and_heads(case, at, *roles), words, at=at, kind=kind, body=body)
