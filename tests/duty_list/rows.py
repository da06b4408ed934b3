"""Rows of the duty list as they come about: proposed by the desk, put in force by the level-1 head."""

from tests.factories import MONDAY_NOON, category
from yige.duty_list import actions, queries


def proposed(here, *, by=None, lead=None, at=MONDAY_NOON, about=None, **said):
    said = {"basis": "街道会定", **said}
    return actions.propose(
        about or category(), by=by or here.desk, at=at, lead=lead or here.bureau_unit, **said
    )


def in_force(here, **said):
    return actions.decide_row(
        proposed(here, **said), by=here.street_head, at=said.get("at", MONDAY_NOON), agreed=True
    )


def row_on(day, *, kind="any"):
    """Return the row of a kind of place that holds on a day; None where there is none."""
    return next((row for row in queries.rows_holding(category(), day) if row.place_kind == kind), None)
