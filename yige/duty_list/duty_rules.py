"""Which row of the duty list holds on a day, and which rows cannot stand together. Pure. Rule: docs/policy/duty-list.md.

A row holds from its first day up to, but not including, its end; the kind of place goes before “any place”.
"""

from datetime import date

from yige.duty_list.words import PlaceKind, RowState


def holds_on(row, day: date) -> bool:
    """Say whether a decided row holds on a day."""
    return (
        row.state == RowState.IN_FORCE
        and row.valid_from <= day
        and (row.valid_until is None or day < row.valid_until)
    )


def rows_that_hold(rows, day) -> list:
    """Return the rows that hold on a day, those of a kind of place before that of any place."""
    return sorted(
        (row for row in rows if holds_on(row, day)), key=lambda row: row.place_kind == PlaceKind.ANY
    )


def overlap(one, other) -> bool:
    """Say whether two rows of one category and one kind of place hold on a common day."""
    if one.place_kind != other.place_kind:
        return False
    return (other.valid_until is None or one.valid_from < other.valid_until) and (
        one.valid_until is None or other.valid_from < one.valid_until
    )


def rows_after(rows, added=(), ended=()) -> list:
    """Return the rows of a category that hold, as they would stand after a change.

    A new row takes the place of that of its kind; of several the first to begin. When it begins does not matter here.
    """
    new = {row.place_kind: row for row in sorted(added, key=lambda row: row.valid_from, reverse=True)}
    stay = [row for row in rows if row not in ended and row.place_kind not in new]
    return stay + list(new.values())
