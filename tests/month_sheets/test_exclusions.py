"""Asking that a closing be left out, and deciding it: what counts afterwards, who may, and what is told."""

from datetime import timedelta

import pytest

from tests.month_sheets.conftest import OCTOBER
from yige.assessment import figures
from yige.assessment.roll_up import roll_up
from yige.audit.models import LogEntry
from yige.cases.models import Card, Case, Exclusion
from yige.cases.words import Colour
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.month_sheets.exclusions import (
    ask_exclusion,
    decide_exclusion,
    exclusions_to_read,
    left_out,
    waiting_for,
)
from yige.notices.models import Notice

SAID = {"reason": "force", "words": "全城停电，当天谁都修不了", "document": "供电公司停电通知"}


def asked(here, n=0, *, by=None, **said):
    at = here.closings[n].at + timedelta(days=1)
    return ask_exclusion(here.closings[n], by=by or here.grid_head, at=at, **SAID | said)


def decided(here, exclusion, granted=True, *, by=None, words="查过了，确实停电"):
    at = exclusion.at + timedelta(hours=1)
    return decide_exclusion(exclusion, by=by or here.desk, at=at, granted=granted, words=words)


def told(here):
    return {
        name: figure[1:] for name, figure in figures.figures(OCTOBER, figures.of_unit(here.team_unit)).items()
    }


def test_what_is_agreed_to_leaves_every_figure_and_nothing_else_changes(closed):
    before, case = told(closed), Case.objects.values().get(pk=closed.cases[2].pk)
    exclusion = asked(closed, 2)
    assert told(closed) == before  # it counts until it is decided
    decided(closed, exclusion)

    assert (before["reopened"], told(closed)["reopened"]) == ((1, 3), (0, 2))
    assert {of for name, (_, of) in told(closed).items() if name in ("kept", "asked", "parked")} == {2}
    assert Case.objects.values().get(pk=case["id"]) == case
    assert left_out(closed.team_unit, OCTOBER).count() == before["reopened"][1] - told(closed)["reopened"][1]


def test_the_day_is_counted_again_by_its_rows(closed):
    roll_up(closed.closings[0].at + timedelta(days=1))
    before = told(closed)["reopened"]
    decided(closed, asked(closed))
    changed = told(closed)["reopened"]
    roll_up(closed.closings[0].at + timedelta(days=2))

    assert (before, changed, told(closed)["reopened"]) == ((1, 3), (1, 2), (1, 2))


def test_a_card_of_what_is_left_out_stands_in_no_month(closed):
    closing = closed.closings[0]
    Card.objects.create(
        case=closing.case, at=OCTOBER.begin, round=0, unit=closed.team_unit, mark="day1", colour=Colour.YELLOW, reason="超过当天"
    )  # fmt: skip
    before = told(closed)["kept"]
    decided(closed, asked(closed))

    assert (before, told(closed)["kept"]) == ((1, 3), (1, 2))


def test_a_refusal_counts_on_and_is_asked_about_once_more_to_the_head(closed):
    decided(closed, asked(closed), granted=False)
    again = asked(closed, words="补上停电通知")
    with pytest.raises(NotAllowed, match="第二次由一级网格长"):
        decided(closed, again)
    decided(closed, again, granted=False, by=closed.street_head)

    assert (again.turn, told(closed)["reopened"]) == (2, (1, 3))
    with pytest.raises(Conflict, match="一级网格长已经定了"):
        asked(closed)


def test_what_the_head_refused_is_final_so_that_nothing_waits_for_a_second_head(closed):
    decided(closed, asked(closed), granted=False, by=closed.street_head)
    with pytest.raises(Conflict, match="一级网格长已经定了"):
        asked(closed)


def test_a_refusal_is_asked_about_again_within_two_working_days(closed):
    refused = decided(closed, asked(closed), granted=False)
    with pytest.raises(Conflict, match="现在已经过了"):
        ask_exclusion(
            closed.closings[0], by=closed.grid_head, at=refused.again_until + timedelta(minutes=1), **SAID
        )
    again = ask_exclusion(closed.closings[0], by=closed.grid_head, at=refused.again_until, **SAID)

    assert again.turn == 2


@pytest.mark.parametrize(
    "name", ["desk", "street_head", "neighbour_head", "department", "worker", "auditor", "idle"]
)
def test_only_the_unit_and_the_heads_over_it_ask(closed, name):
    with pytest.raises(NotAllowed):
        asked(closed, by=getattr(closed, name))


@pytest.mark.parametrize(
    "name", ["grid_head", "community_head", "worker", "department", "other_desk", "idle"]
)
def test_only_the_street_decides(closed, name):
    exclusion = asked(closed)
    with pytest.raises(NotAllowed):
        decided(closed, exclusion, by=getattr(closed, name))


def test_both_need_words(closed):
    with pytest.raises(NotSaid) as missing:
        asked(closed, words="  ")
    assert "words" in missing.value.fields
    with pytest.raises(NotSaid) as missing:
        decided(closed, asked(closed), words="")
    assert "words" in missing.value.fields
    with pytest.raises(NotSaid, match="太长"):
        asked(closed, 1, words="长" * 501)


def test_asked_once_and_decided_once(closed):
    exclusion = asked(closed)
    with pytest.raises(Conflict, match="正等街道"):
        asked(closed, by=closed.community_head)
    decided(closed, exclusion)
    with pytest.raises(Conflict, match="已经定过"):
        decided(closed, exclusion, granted=False, by=closed.street_head)
    with pytest.raises(Conflict, match="已经不计入"):
        asked(closed)


def test_what_never_counts_and_what_the_street_closed_need_no_asking(closed):
    closing = closed.closings[0]
    closing.own = True
    closing.save()
    with pytest.raises(Conflict, match="本来就不计入"):
        asked(closed)
    closing.own, closing.unit = False, closed.street_unit
    closing.save()
    with pytest.raises(Conflict, match="上面没有人"):
        asked(closed, by=closed.community_head)


def test_deciders_and_then_the_asker_are_told_without_words_of_the_case(closed):
    exclusion = asked(closed)
    first = Notice.objects.filter(kind="exclusion")
    assert {notice.user_id for notice in first} == {closed.desk.pk, closed.street_head.pk}
    decided(closed, exclusion)
    last = Notice.objects.filter(kind="exclusion").latest("created_at")

    assert (last.user_id, closed.cases[0].number in last.title) == (closed.grid_head.pk, True)
    assert not Notice.objects.filter(kind="exclusion", body__contains=closed.cases[0].words).exists()


def test_each_finds_what_waits_and_the_neighbour_finds_nothing(closed):
    exclusion = asked(closed)
    at = exclusion.at

    for name in ("desk", "street_head"):
        assert list(waiting_for(getattr(closed, name), at)) == [exclusion]
    for name in ("grid_head", "community_head", "desk", "street_head"):
        assert list(exclusions_to_read(getattr(closed, name), at)) == [exclusion], name
    for name in ("neighbour_head", "department", "other_desk", "worker"):
        assert not exclusions_to_read(getattr(closed, name), at).exists(), name
        assert waiting_for(getattr(closed, name), at) == [], name


def test_both_acts_are_in_the_log(closed):
    decided(closed, asked(closed))
    verbs = LogEntry.objects.filter(verb__startswith="month_sheets.").values_list("verb", flat=True)
    assert sorted(verbs) == ["month_sheets.ask_exclusion", "month_sheets.decide_exclusion"]
    assert Exclusion.objects.get().granted is True
