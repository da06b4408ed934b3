"""What was handed back: after three returns the level-1 head decides, and a reopened case starts its returns afresh."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life
from yige.accounts.actors import LinkHolder
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict
from yige.steps.verbs import why_refused

AT = MONDAY_NOON + timedelta(hours=2)
UNTIL = AT + timedelta(days=9)
RAISED = {"tried": "说明", "asked": "要动主管道"}


def thrice(here):
    """Return a case that came back three times and was then given to the bureau by the level-1 head."""
    case = life(here, "accepted")
    for number in range(3):
        case = act("dispatch", case, by=here.desk, at=AT, unit=here.team_unit)
        case = act("hand_back", case, by=here.worker, at=AT, reason="wrong_place", words=f"第{number}次")
    return act("dispatch", case, by=here.street_head, at=AT, unit=here.bureau_unit)


def test_after_the_decision_of_the_level_1_head_there_is_no_fourth_return(here):
    case = thrice(here)

    with pytest.raises(Conflict, match="已经退回三次"):
        act("hand_back", case, by=here.department, at=AT, reason="wrong_place", words="还是不归我们")
    case = act("sign", case, by=here.department, at=AT)
    with pytest.raises(Conflict, match="已经退回三次"):  # nor one by another name
        act("escalate", case, by=here.department, at=AT, **RAISED)
    case = act("contact", case, by=here.department, at=AT, how="no_way", words="直接去")
    assert act(
        "ask", case, by=here.department, at=AT, kind="parking", until=UNTIL, words="要排计划"
    ).asks.exists()


def test_a_reopened_case_starts_its_returns_afresh_and_is_dispatched_on_its_same_day_clock(here):
    case = thrice(here)
    for verb, by, said in (
        ("sign", here.department, {}),
        ("contact", here.department, {"how": "no_way", "words": "直接去"}),
        ("finish", here.department, {"words": "办好了"}),
        ("close", here.desk, {"words": "看过了"}),
    ):
        case = act(verb, case, by=by, at=AT, **said)
    said = {"contacted": True, "solved": "no", "satisfied": "no"}

    case = act("rate", case, by=LinkHolder(case.pk), at=AT, **said)

    assert (case.return_count, case.first_unit, case.unit, case.tier) == (0, None, None, "grid")
    assert (case.next_mark, local_day(case.next_mark_at)) == ("day1", local_day(AT))
    case = act("dispatch", case, by=here.desk, at=AT, unit=here.team_unit)
    case = act("sign", case, by=here.worker, at=AT)
    case = act("contact", case, by=here.worker, at=AT, how="no_way", words="再去看")
    assert case.next_mark == "day3"
    case = act("transfer", case, by=here.desk, at=AT, unit=here.bureau_unit, words="换")
    assert not why_refused("hand_back", case, here.department, AT)
