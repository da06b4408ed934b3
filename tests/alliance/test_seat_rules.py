"""The pure table of seats: every state against every verb, offers, overlaps, reminders."""

from datetime import datetime, timedelta

import pytest

from yige.alliance import seat_rules as rules
from yige.alliance.words import SeatState
from yige.lib.local_time import SHANGHAI

STATES = (None, *SeatState)
# What may be done from which state, written by hand.
ALLOWED = {
    "sign_up": {None},
    "wait": {None},
    "offer": {"waiting"},
    "confirm_offer": {"offered"},
    "decline_offer": {"offered"},
    "lapse": {"offered"},
    "leave": {"signed_up", "waiting", "offered", "confirmed"},
    "remove": {"signed_up", "waiting", "offered", "confirmed"},
}


def when(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ALLOWED)
def test_every_verb_from_every_state(verb, state):
    may = state in ALLOWED[verb]

    assert (state in rules.BY_VERB[verb].start) is may
    if may or rules.BY_VERB[verb].who == "person":
        assert (rules.refusal(verb, state) == "") is may


def test_the_table_has_these_verbs():
    assert {move.verb for move in rules.SEAT_MOVES} == set(ALLOWED)


@pytest.mark.parametrize(
    ("verb", "state", "frees"),
    [("leave", "signed_up", True), ("leave", "confirmed", True), ("leave", "offered", True), ("leave", "waiting", False),
     ("remove", "confirmed", True), ("remove", "waiting", False), ("decline_offer", "offered", True), ("lapse", "offered", True),
     ("confirm_offer", "offered", False)],
)  # fmt: skip
def test_what_frees_a_place(verb, state, frees):
    assert rules.frees_a_place(verb, state) is frees


@pytest.mark.parametrize(
    ("at", "starts", "until"),
    [
        (when(2, 9), when(5, 10), when(3, 9)),
        (when(4, 12), when(5, 10), when(5, 10)),  # a day would end after the start
        (when(5, 9), when(5, 15), when(5, 11)),  # on the day: two hours
        (when(5, 14), when(5, 15), when(5, 15)),
        (when(4, 22), when(5, 15), when(5, 10)),  # heard at eight, two hours from then
        (when(2, 23), when(5, 10), when(4, 8)),
    ],
)
def test_until_when_an_offer_stands(at, starts, until):
    assert rules.offer_until(at, starts) == until


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ((9, 12), (12, 14), ""),
        ((9, 12), (11, 14), "warn"),
        ((9, 12), (10.5, 14), "refuse"),
        ((9, 10), (9.5, 12), "warn"),  # half of the short one
        ((9, 10), (9.25, 12), "refuse"),
        ((9, 12), (9, 12), "refuse"),
        ((14, 15), (9, 12), ""),
    ],
)
def test_two_calls_at_once(one, other, said):
    def span(pair):
        return tuple(when(2, 0) + timedelta(hours=hours) for hours in pair)

    assert rules.clash(span(one), span(other)) == rules.clash(span(other), span(one)) == said


@pytest.mark.parametrize(
    ("at", "which"),
    [(when(4, 17, 59), ""), (when(4, 18), "evening"), (when(4, 20, 55), "evening"), (when(4, 21), ""), (when(5, 7), ""),
     (when(5, 8), "morning"), (when(5, 14, 59), "morning"), (when(5, 15), ""), (when(3, 18), "")],
)  # fmt: skip
def test_when_a_reminder_goes(at, which):
    assert rules.reminder_due(when(5, 15), at) == which


def test_leaving_is_late_within_a_day():
    assert not rules.leaves_late(when(4, 15), when(5, 15))
    assert rules.leaves_late(when(4, 15, 1), when(5, 15))
