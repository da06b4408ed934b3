"""Every write to the outbox."""

from datetime import timedelta

from django.db import transaction

from yige.audit.bulk_insert import insert_rows
from yige.lib import masks
from yige.notices.models import Audience, Delivery, Notice
from yige.notices.quiet import not_before
from yige.notices.subjects import Subject, SubjectKind

TITLE = Notice._meta.get_field("title").max_length
RETRY_MINUTES = (1, 5, 15, 60, 240)  # then it has failed, and the desk sees it
NO_SUBJECT = Subject("")
DOWN_AFTER = 3  # failures in a row: the wire itself is down, the rest waits for the next time
READ_DAYS = 365
RESIDENT_DAYS = 7
# What staff are also told outside the inbox, where they gave a working address.
WIRED = {
    "account_changed",
    "attacked",
    "danger",
    "dispatched",
    "returned",
    "reopened",
    "sent_back",
    "supervised",
    "asked",
    "card",
    "look_back",
    "whistle",
    "week",
    "log_seals",  # a head is only published once it is out of this house
}
# What goes by every wire that reaches its reader, not by the first alone: one may be in somebody else's hands.
BY_EVERY_WIRE = {"account_changed"}


def tell_staff(users, **said) -> None:
    """Put one notice into the inbox of each of these users; some kinds go out by a wire as well."""
    if notices := for_staff(users, **said):
        insert_rows(*notices)


def for_staff(users, *, kind, title, body, at, subject=NO_SUBJECT, urgent=False) -> list[Notice] | None:
    """Return the unsaved notices of `tell_staff`, for a verb that inserts them with its other rows."""
    wired = kind in WIRED
    later = (at if urgent else not_before(at)) if wired else None
    return [
        Notice(
            kind=kind,
            audience=Audience.STAFF,
            user_id=user_id,
            subject_kind=subject.kind,
            subject_id=subject.id,
            title=title[:TITLE],
            body=body,
            urgent=urgent,
            created_at=at,
            delivery=Delivery.WAITING if wired else Delivery.KEPT,
            send_after=later,
        )
        for user_id in sorted({getattr(user, "pk", user) for user in users})
    ]


def tell_reporter(case_id, *, kind, title, body, at, reachable, urgent=False) -> None:
    """Tell the reporter; it is sent by a wire only when there is an address (`reachable`)."""
    insert_rows(
        for_reporter(case_id, kind=kind, title=title, body=body, at=at, reachable=reachable, urgent=urgent)
    )


def for_reporter(case_id, *, kind, title, body, at, reachable, urgent=False) -> Notice:
    """Return the unsaved notice of `tell_reporter`, for a verb that inserts it with its other rows."""
    return Notice(
        kind=kind,
        audience=Audience.REPORTER,
        subject_kind=SubjectKind.CASE,
        subject_id=case_id,
        title=title[:TITLE],
        body=body,
        urgent=urgent,
        created_at=at,
        delivery=Delivery.WAITING if reachable else Delivery.KEPT,
        send_after=(at if urgent else not_before(at)) if reachable else None,
    )


def tell_area(path, *, kind, title, body, at, subject=NO_SUBJECT) -> None:
    """Tell everybody in an area: shown on the pages of its grids."""
    Notice.objects.create(
        kind=kind,
        audience=Audience.AREA,
        path=path,
        subject_kind=subject.kind,
        subject_id=subject.id,
        title=title[:TITLE],
        body=body,
        created_at=at,
    )


def tell_resident(subject, *, kind, title, body, at, urgent=False) -> None:
    """Tell a person on file something; the wire finds by the subject whom, and what may be said."""
    insert_rows(
        Notice(
            kind=kind,
            audience=Audience.RESIDENT,
            subject_kind=subject.kind,
            subject_id=subject.id,
            title=title[:TITLE],
            body=body,
            urgent=urgent,
            created_at=at,
            delivery=Delivery.WAITING,
            send_after=at if urgent else not_before(at),
        )
    )


def mark_read(user, *, at, ids=None) -> int:
    """Mark this person's notices as read, all or those with these ids."""
    unread = Notice.objects.inbox(user).unread()
    return (unread if ids is None else unread.filter(pk__in=ids)).update(read_at=at)


def deliver_due(at, send, *, limit=100, on_failed=None) -> tuple[int, int]:
    """Send what is due, each in its own transaction; return (sent, failed).

    `send(notice)` returns the name of the wire, or "" when there is no address any more. A notice is
    locked while it is being sent, so that two workers never send the same one; a crash between sending and
    committing may repeat it, so a wire hands on the notice's id as the id of its message. `on_failed` is
    told of a notice that is given up, in the same transaction.
    """
    sent = failed = in_a_row = 0
    for _ in range(limit):
        with transaction.atomic():
            notice = Notice.objects.due(at).select_for_update(skip_locked=True).first()
            if notice is None:
                break
            done = _attempt(notice, send, at)
            if notice.delivery == Delivery.FAILED and on_failed:
                on_failed(notice)
        sent, failed, in_a_row = sent + done, failed + (not done), 0 if done else in_a_row + 1
        if in_a_row == DOWN_AFTER:
            break
    return sent, failed


def _attempt(notice, send, at):
    notice.attempts += 1
    try:
        with transaction.atomic():
            notice.wire = send(notice)
    except Exception as reason:  # a wire may fail in any way; the notice has to survive all of them
        # A server's refusal quotes the address; none is kept here.
        notice.error = masks.free_text(f"{type(reason).__name__}: {reason}")[:200]
        if notice.attempts > len(RETRY_MINUTES):
            notice.delivery = Delivery.FAILED
        else:
            notice.send_after = at + timedelta(minutes=RETRY_MINUTES[notice.attempts - 1])
        notice.save()
        return False
    notice.delivery = Delivery.SENT if notice.wire else Delivery.KEPT
    notice.sent_at, notice.error = at if notice.wire else None, ""
    notice.save()
    return True


def forget_read(at) -> int:
    """Remove what was read and is older than a year; return how many."""
    old = Notice.objects.filter(read_at__isnull=False, created_at__lt=at - timedelta(days=READ_DAYS))
    return old.delete()[0]


def forget_residents(at) -> int:
    """Remove what residents were told a week ago: the words went by a wire, and nobody reads them here."""
    old = Notice.objects.filter(audience=Audience.RESIDENT, created_at__lt=at - timedelta(days=RESIDENT_DAYS))
    return old.exclude(delivery=Delivery.WAITING).delete()[0]
