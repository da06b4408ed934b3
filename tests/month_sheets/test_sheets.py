"""The sheet of a month: shown, waiting for what was asked, frozen with its rows, and the same to the digit for ever."""

from datetime import timedelta

import pytest

from tests.factories import act
from tests.month_sheets.conftest import MORNING, OCTOBER
from tests.month_sheets.test_exclusions import SAID, asked, decided
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.accounts.models import User
from yige.assessment import figures
from yige.assessment.indicators import INDICATORS
from yige.assessment.scorecard import scorecard
from yige.cases import rules
from yige.cases.models import Card, RuleValue
from yige.cases.words import Colour
from yige.lib.refusals import Conflict, NotAllowed
from yige.month_sheets import definition, frozen_figures
from yige.month_sheets.exclusions import ask_exclusion, decide_exclusion
from yige.month_sheets.models import MonthSheet, SheetRow
from yige.month_sheets.sheets import note_correction, turn_sheets
from yige.notices.models import Notice
from yige.web.subject_pages import staff_page

AFTER = MORNING + timedelta(days=8)  # past the five working days that follow the first


def turned(*moments):
    return [dict(turn_sheets(at)) for at in moments]


def sheet_of(here):
    return MonthSheet.objects.get(path=here.street.path, first=OCTOBER.first)


def told(sheet, **where):
    return {
        unit: {name: figure[1:] for name, figure in found.items()}
        for unit, found in frozen_figures.figures_of(sheet, **where).items()
    }


@scene
def frozen(closed):
    turned(MORNING, AFTER)
    return closed


def test_shown_on_the_first_working_day_and_frozen_after_five_more(closed):
    weekend = turned(MORNING - timedelta(days=1))
    assert (weekend, MonthSheet.objects.count()) == ([{}], 0)

    turned(MORNING, MORNING + timedelta(hours=1))
    sheet = sheet_of(closed)
    assert (sheet.frozen_at, f"{sheet.objections_until:%m-%d}") == (None, "11-09")
    assert turned(sheet.objections_until - timedelta(seconds=1)) == [{}]
    assert turned(AFTER, AFTER)[1] == {}
    assert sheet_of(closed).frozen_at == AFTER
    assert MonthSheet.objects.filter(path=closed.street.path).count() == 1


def test_units_and_heads_are_told_once_that_it_is_shown(closed):
    turned(MORNING, MORNING + timedelta(hours=2))
    ids = list(Notice.objects.filter(kind="month_sheet").values_list("user_id", flat=True))
    people = [User.objects.get(pk=pk).username for pk in ids]

    assert len(people) == len(set(people))
    assert {"desk", "street_head", "community_head", "grid_head"} <= set(people)
    assert not {"worker", "department", "auditor", "idle"} & set(people)
    assert {staff_page(notice) for notice in Notice.objects.filter(kind="month_sheet")} == {
        f"/console/assessment/sheets/{sheet.pk}/" for sheet in MonthSheet.objects.all()
    }


def test_whoever_is_told_of_a_sheet_opens_it_by_the_notice(client, closed):
    turned(MORNING)
    for notice in Notice.objects.filter(kind="month_sheet"):
        client.force_login(User.objects.get(pk=notice.user_id))
        assert client.get(staff_page(notice)).status_code == 200


def test_what_waits_to_be_decided_holds_the_freezing_and_late_is_told_to_the_head(closed):
    turned(MORNING)
    exclusion = asked(closed)
    exclusion.decide_until = MORNING + timedelta(days=3)
    exclusion.save()
    told_of = [done.get("told", 0) for done in turned(AFTER, AFTER)]
    assert (told_of, sheet_of(closed).frozen_at) == ([1, 0], None)
    late = Notice.objects.filter(kind="exclusion", title__contains="还没有定")
    assert [notice.user_id for notice in late] == [closed.street_head.pk]

    decided(closed, exclusion)
    turned(AFTER + timedelta(hours=1))
    assert sheet_of(closed).frozen_at == AFTER + timedelta(hours=1)
    assert told(sheet_of(closed))[closed.team_unit.pk]["reopened"] == (1, 2)


def test_figures_of_the_day_of_freezing_are_those_of_its_rows(closed):
    turned(MORNING)
    counted = told(sheet_of(closed))
    turned(AFTER)
    sheet = sheet_of(closed)

    assert counted == told(sheet) != {}
    by_door = figures.figures(OCTOBER, figures.of_unit(closed.team_unit))
    assert told(sheet)[closed.team_unit.pk] == {name: figure[1:] for name, figure in by_door.items()}
    for unit, found in told(sheet).items():
        rows = SheetRow.objects.filter(sheet=sheet, unit=unit)
        for name, (met, of) in found.items():
            assert (
                rows.filter(**{f"met__{name}": True}).count(),
                rows.filter(met__has_key=name).count(),
            ) == (met, of)


def test_nothing_that_comes_later_moves_a_frozen_sheet_and_the_difference_is_told(frozen):
    sheet = sheet_of(frozen)
    before, card = (
        told(sheet),
        scorecard(frozen_figures.frozen(sheet)[frozen.team_unit.pk], sheet.definition["weights"]),
    )
    team, case = frozen.team_unit, frozen.cases[0]
    act("rate", case, by=LinkHolder(case.pk), at=AFTER, contacted=True, solved="no", satisfied="no", words="")
    Card.objects.create(
        case=case, at=OCTOBER.begin, round=0, unit=team, mark="day1", colour=Colour.YELLOW, reason="超过当天"
    )
    team.name = "改了名的单位"
    team.save()
    frozen.closings[1].delete()
    RuleValue.objects.create(name="weight_reopened", value=1)
    rules.reread_values()
    sheet = sheet_of(frozen)

    assert told(sheet) == before
    again = scorecard(frozen_figures.frozen(sheet)[team.pk], sheet.definition["weights"])
    assert [(part.weight, part.points, part.figure[1:]) for part in again.parts] == [
        (part.weight, part.points, part.figure[1:]) for part in card.parts
    ]
    assert [unit["name"] for unit in sheet.units if unit["id"] == str(team.pk)] == ["单位team"]
    changed = {change.row.number: (change.was, change.now) for change in frozen_figures.changes_since(sheet)}
    rated, gone = changed[case.number], changed[frozen.cases[1].number]
    assert (rated[0].get("solved"), rated[1].get("solved"), gone[1]) == (None, False, None)
    assert turned(AFTER + timedelta(days=1)) == [{}]


def test_an_indicator_that_came_later_changes_no_row_of_a_frozen_sheet(frozen):
    """A sheet of before has no word about it; of one that has it the difference is told."""
    sheet, closing = sheet_of(frozen), frozen.closings[0]
    closing.came_again_at = AFTER
    closing.save()
    of_now = frozen_figures.changes_since(sheet)
    sheet.definition["indicators"] = [
        each for each in sheet.definition["indicators"] if each["name"] != "again"
    ]
    for row in (rows := list(SheetRow.objects.filter(sheet=sheet))):
        row.met.pop("again", None)
    SheetRow.objects.bulk_update(rows, ["met"])

    assert [(each.was["again"], each.now["again"]) for each in of_now] == [(False, True)]
    assert frozen_figures.changes_since(sheet) == []


def test_after_the_freezing_nothing_is_asked_or_decided(closed):
    turned(MORNING)
    exclusion = asked(closed)
    MonthSheet.objects.update(frozen_at=AFTER)

    with pytest.raises(Conflict, match="已经定了"):
        asked(closed, 1)
    with pytest.raises(Conflict, match="已经定了"):
        decided(closed, exclusion)


def test_two_rows_that_change_places_are_told_though_no_sum_moves(frozen):
    first, _, third = frozen.closings
    first.reopened_at, third.reopened_at = AFTER, None
    first.save()
    third.save()
    sheet = sheet_of(frozen)

    assert frozen_figures.counted_now(sheet)[frozen.team_unit.pk]["reopened"][1:] == (1, 3)
    assert {change.row.number for change in frozen_figures.changes_since(sheet)} == {
        frozen.cases[0].number, frozen.cases[2].number,
    }  # fmt: skip


def test_no_more_is_asked_after_the_days_of_objection_but_what_was_refused_late(closed):
    turned(MORNING)
    late = asked(closed)
    until = sheet_of(closed).objections_until
    refused = decide_exclusion(
        late, by=closed.desk, at=until - timedelta(minutes=5), granted=False, words="不符合"
    )
    with pytest.raises(Conflict, match="公示期已经过了"):
        ask_exclusion(closed.closings[1], by=closed.grid_head, at=until + timedelta(hours=1), **SAID)
    turned(until + timedelta(hours=9))
    assert sheet_of(closed).frozen_at is None  # the second asking has its days
    again = ask_exclusion(closed.closings[0], by=closed.grid_head, at=until + timedelta(hours=20), **SAID)
    turned(refused.again_until + timedelta(hours=9))
    assert sheet_of(closed).frozen_at is None
    decide_exclusion(
        again, by=closed.street_head, at=refused.again_until, granted=True, words="补来的通知看过了"
    )
    turned(refused.again_until + timedelta(hours=9))

    assert sheet_of(closed).frozen_at is not None


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (1, False)])
def test_an_appeal_of_a_card_that_came_in_time_holds_the_freezing(closed, days, holds):
    turned(MORNING)
    until = sheet_of(closed).objections_until
    card = Card.objects.create(
        case=closed.cases[0], at=OCTOBER.begin, round=0, unit=closed.team_unit, mark="day1", colour=Colour.YELLOW,
        reason="超过当天", appeal="停电", appealed_at=until + timedelta(days=days),
    )  # fmt: skip
    done = turned(until + timedelta(days=10), until + timedelta(days=11))
    assert ([each.get("told", 0) for each in done], sheet_of(closed).frozen_at is None) == ([1, 0], holds)
    card.refresh_from_db()
    card.answered_at = until + timedelta(days=11)
    card.save()
    turned(until + timedelta(days=12))

    assert sheet_of(closed).frozen_at is not None


def test_a_clock_that_stood_still_skips_no_month(closed):
    turned(MORNING, MORNING + timedelta(days=65))
    sheets = MonthSheet.objects.filter(path=closed.street.path)
    assert [f"{sheet.first:%m}" for sheet in sheets] == ["12", "11", "10"]


def test_a_correction_is_a_line_under_the_sheet_written_by_its_street(frozen):
    sheet = sheet_of(frozen)
    before = told(sheet)
    note_correction(sheet, by=frozen.desk, at=AFTER, words="第三件应算邻网格的", unit=frozen.team_unit)

    assert ([note.words for note in sheet.notes.all()], told(sheet)) == (["第三件应算邻网格的"], before)
    for name in ("grid_head", "community_head", "other_desk", "department", "seat"):
        with pytest.raises(NotAllowed):
            note_correction(sheet, by=getattr(frozen, name), at=AFTER, words="改")


def test_no_correction_before_the_freezing(closed):
    turned(MORNING)
    with pytest.raises(Conflict, match="还没有定"):
        note_correction(sheet_of(closed), by=closed.desk, at=MORNING, words="改")


def test_a_definition_with_another_word_condition_or_weight_has_another_name():
    now = {
        "indicators": [{"name": "kept", "label": "时限都做到", "met": "(late)"}],
        "weights": {"weight_kept": 25},
        "enough": 20,
    }
    others = [
        now | {"indicators": [{**now["indicators"][0], "label": "都按时"}]},
        now | {"indicators": [{**now["indicators"][0], "met": "(not late)"}]},
        now | {"weights": {"weight_kept": 24}},
        now | {"enough": 10},
    ]
    names = {definition.version_of(each) for each in (now, *others)}

    assert (len(names), definition.version_of(dict(reversed(now.items()))) in names) == (5, True)


@pytest.mark.django_db
def test_a_kept_definition_gives_the_indicators_back():
    now = definition.definition_now()
    kept = definition.indicators_of(now)
    assert all("copy" in each.among for each in kept if each.base == "closings")
    assert now["asked_from"] == 0.5
    assert [(each.name, each.label, each.weight) for each in kept] == [
        (each.name, each.label, each.weight) for each in INDICATORS
    ]


def test_a_reader_counts_what_lies_in_his_reach(frozen):
    sheet = sheet_of(frozen)
    assert told(sheet, where=figures.below(frozen.neighbour_grid.path)) == {}
    assert told(sheet, where=figures.below(frozen.grid.path)) == told(sheet)
