"""What the gate writes when a round of a case is closed, when it is taken up again, and when what it says changes."""

from datetime import timedelta

from yige.accounts.models import Post
from yige.audit.bulk_insert import insert_rows
from yige.cases import hearing, same_place
from yige.cases.models import ChangedDay, Closing
from yige.cases.nearness import nearness
from yige.cases.words import Outcome, State
from yige.lib.local_time import local_day

A_WEEK = timedelta(days=7)
MOST_COPIES = 100  # looked through, the latest first

# What of the case a closing keeps: the name on the case → the name on the closing.
KEPT = {
    name: name
    for name in (
        "unit_id", "grid_path", "tier", "category_id", "channel", "nature", "urgency",
        "dispatched_at", "contacted_at", "handled_at", "parked_at",
    )
} | {"reopen_no": "round", "clock_from": "started_at"}  # fmt: skip


def note(row, case, was, at) -> None:
    """Write the closing when this act closed the case, and the reopening on the one it takes up again."""
    if row.to == State.CLOSED and was["state"] != State.CLOSED:
        closing = Closing(case=case, at=at, own=is_own(case, at), copy=is_copy(case), **kept_of(case))
        insert_rows(closing, ChangedDay(day=local_day(at)))
    elif case.reopen_no != was["reopen_no"]:
        Closing.objects.filter(case=case, round=was["reopen_no"], reopened_at=None).update(reopened_at=at)
        count_again(case, was["reopen_no"])


def count_again(case, number) -> None:
    """Say that the closing of this round, if there is one, may count otherwise now.

    Whatever writes what `assessment.bases.closings` reads calls this in the same transaction: a rating, an attempt to
    ask, a card, its lifting.
    """
    closed_at = Closing.objects.filter(case=case, round=number).values_list("at", flat=True).first()
    if closed_at is not None:
        ChangedDay.objects.create(day=local_day(closed_at))


def note_again(closing, at) -> None:
    """Write on a closing that the same problem came again."""
    closing.came_again_at = at
    closing.save(update_fields=["came_again_at"])
    ChangedDay.objects.create(day=local_day(closing.at))


def kept_of(case) -> dict:
    return {there: getattr(case, here) for here, there in KEPT.items()}


def is_own(case, at) -> bool:
    """Say whether nobody but its finder, or the finder's own unit, handled it: it is on record, and in no rate."""
    if case.outcome == Outcome.LIGHT:
        return True
    return case.reported_by_id is not None and (
        case.reported_by_id == case.handler_id or is_found_by_its_unit(case, at)
    )


def is_found_by_its_unit(case, at) -> bool:
    """Say whether a colleague of whoever handled it found it, with no resident behind it."""
    if case.unit_id is None or not hearing.on_file(case).own_find:
        return False
    held = Post.objects.held_on(local_day(at))
    return held.filter(user=case.reported_by_id, unit=case.unit_id).exists()


def is_copy(case) -> bool:
    """Say whether the unit closed the same before: the same category at the same place, begun within a week of this."""
    began = case.clock_from
    others = Closing.objects.countable().filter(
        unit=case.unit_id, category=case.category_id, started_at__range=(began - A_WEEK, began + A_WEEK)
    )
    rows = others.exclude(case=case).select_related("case").order_by("-at")[:MOST_COPIES]
    here = same_place.where(case)
    return any(same_place.is_same(nearness(here, same_place.where(row.case))) for row in rows)
