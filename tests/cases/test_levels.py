"""The tables of levels, cell by cell: who raises what where, who sends it down, where a case lies, how long it may wait."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from yige.cases import levels, rules, workflow
from yige.cases.words import BEFORE_HANDLED, State, Tier, Urgency
from yige.cases.work_calendar import WorkCalendar

# Written by hand: standing → where each level is raised to ("" nowhere).
RAISED_TO = {
    #                 grid         community   street      department  district    city
    "handler":        ("community", "street",   "",         "street",   "district", ""),
    "unit":           ("community", "street",   "",         "street",   "district", ""),
    "grid_head":      ("community", "",         "",         "",         "",         ""),
    "community_head": ("street",    "street",   "",         "",         "",         ""),
    "desk":           ("district",  "district", "district", "district", "",         ""),
    "street_head":    ("district",  "district", "district", "district", "",         ""),
}  # fmt: skip
SENT_DOWN = {"community": "grid", "street": "community", "district": "street"}
VALUES = {rule.name: rule.value for rule in rules.RULES}
# Spring festival of 2026 as an example: off from 16 to 20 February (Mon–Fri), Saturday 28 made up.
DAYS = WorkCalendar(frozenset(date(2026, 2, day) for day in range(16, 21)), frozenset([date(2026, 2, 28)]))


def test_every_standing_raises_every_level_as_written():
    for standing, tier in product(workflow.STANDINGS, Tier):
        expected = dict(zip(Tier.values, RAISED_TO.get(standing, ("",) * 6), strict=True))[tier]
        assert (levels.raised_to(tier, {standing}) or "") == expected, (standing, tier)


def test_whoever_raises_may_escalate_and_nobody_else():
    assert set(workflow.BY_VERB["escalate"].who) == set(RAISED_TO)


def test_who_has_a_case_raises_it_one_level_even_when_also_its_head():
    assert levels.raised_to("grid", {"handler", "community_head"}) == "community"
    assert levels.raised_to("grid", {"grid_head", "community_head"}) == "street"


def test_every_level_goes_down_one_rung_and_the_city_by_its_answer():
    assert levels.BELOW == SENT_DOWN
    senders = {role for level in levels.LEVELS for role in level.answered_by}
    assert senders == set(workflow.BY_VERB["send_down"].who)
    assert levels.LEVEL_OF["city"].below == "district"


def test_every_level_has_somebody_who_arranges_and_somebody_who_hears():
    assert [level.tier for level in levels.LEVELS] == list(Tier)
    assert all(level.arranged_by and level.heads and level.sentence for level in levels.LEVELS)
    assert set(levels.LIMIT_OF) == set(Tier) - {Tier.DEPARTMENT}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("raised", [True, False])
def test_a_case_lies_at_exactly_one_place_until_it_is_checked(state, raised):
    fits = [place for place in levels.PLACES if state in place.states and place.raised in (None, raised)]

    assert len(fits) == (state in (*BEFORE_HANDLED, State.HANDLED))
    assert levels.place_of(state, raised) == (fits[0] if fits else None)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(("tier", "urgency", "since", "until"), [
    # working days end with their day (15:59:59 UTC)
    ("community", "normal", utc(2026, 3, 2, 4), utc(2026, 3, 3, 15, 59, 59)),       # Monday noon
    ("community", "hard", utc(2026, 3, 2, 15, 59), utc(2026, 3, 3, 15, 59, 59)),    # a minute to midnight
    ("grid", "normal", utc(2026, 3, 6, 9), utc(2026, 3, 9, 15, 59, 59)),            # Friday evening
    ("street", "normal", utc(2026, 3, 7, 2), utc(2026, 3, 10, 15, 59, 59)),         # Saturday counts as Monday
    ("street", "normal", utc(2026, 2, 13, 9), utc(2026, 2, 23, 15, 59, 59)),        # before the holiday week
    ("district", "normal", utc(2026, 2, 26, 2), utc(2026, 3, 2, 15, 59, 59)),       # over the Saturday that is made up
    ("city", "normal", utc(2026, 2, 13, 2), utc(2026, 3, 5, 15, 59, 59)),           # ten working days over the holidays
    # hours and minutes run through everything
    ("community", "urgent", utc(2026, 3, 6, 15), utc(2026, 3, 6, 19)),              # into the night
    ("district", "urgent", utc(2026, 2, 14, 2), utc(2026, 2, 15, 2)),               # on a holiday weekend
    ("street", "emergency", utc(2026, 3, 6, 18), utc(2026, 3, 6, 18, 30)),          # at two in the morning
    ("city", "emergency", utc(2026, 2, 17, 15, 30), utc(2026, 2, 17, 16, 30)),      # over midnight on a holiday
])  # fmt: skip
def test_how_long_it_may_wait(tier, urgency, since, until):
    got = levels.wait_until(Tier(tier), Urgency(urgency), since, VALUES, DAYS)

    assert got.replace(microsecond=0) == until


def test_every_limit_can_be_set():
    for limit in levels.LIMITS:
        assert {limit.workdays, limit.hours, limit.minutes} <= set(rules.RULE_BY_NAME)
