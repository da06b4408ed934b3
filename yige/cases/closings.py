"""What the gate writes when a round of a case is closed, and when it is taken up again."""

from yige.cases.models import Closing
from yige.cases.words import Outcome, State

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
        Closing.objects.create(case=case, at=at, own=is_own(case), **kept_of(case))
    elif case.reopen_no != was["reopen_no"]:
        Closing.objects.filter(case=case, round=was["reopen_no"], reopened_at=None).update(reopened_at=at)


def kept_of(case) -> dict:
    return {there: getattr(case, here) for here, there in KEPT.items()}


def is_own(case) -> bool:
    """Say whether nobody but its finder handled it: such a case is on record, and in no rate."""
    return case.outcome == Outcome.LIGHT or (
        case.reported_by_id is not None and case.reported_by_id == case.handler_id
    )
