"""The duty list in use: proposed, decided, ended; from three returns and a dispute to the row that answers the next case."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.duty_list.rows import in_force, proposed, row_on
from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.scenes import scene
from tests.whistles.joint import SAID, joint_town, sounded
from yige.accounts.actors import COMMAND
from yige.duty_list import actions
from yige.duty_list.models import DutyRow
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.forms import form_for
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS

TODAY = local_day(MONDAY_NOON)
LATER = MONDAY_NOON + timedelta(hours=6)


@scene
def here():
    return joint_town(factories.town())


def test_a_row_changes_nothing_until_the_head_has_decided(here):
    row = proposed(here)
    assert row_on(TODAY) is None
    with pytest.raises(NotAllowed):
        actions.decide_row(row, by=here.desk, at=LATER, agreed=True)
    actions.decide_row(row, by=here.street_head, at=LATER, agreed=True)

    assert row_on(TODAY).lead == here.bureau_unit
    with pytest.raises(Conflict, match="已经定过"):
        actions.decide_row(row, by=here.street_head, at=LATER, agreed=False, words="不")


@pytest.mark.parametrize("who", ["community_head", "grid_head", "worker", "department", "system"])
def test_nobody_else_proposes(here, who):
    with pytest.raises(NotAllowed):
        proposed(here, by=getattr(here, who))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"basis": "长" * 301}, "basis"),
        ({"valid_from": date(2000, 1, 1)}, "valid_from"),
    ],
)
def test_a_wrong_row_says_where(here, said, field):
    with pytest.raises(NotSaid) as refusal:
        proposed(here, **said)
    assert field in refusal.value.fields


def test_a_new_row_ends_the_one_before_and_both_stay(here):
    in_force(here)
    tomorrow = TODAY + timedelta(days=1)
    row = proposed(here, lead=here.water_unit, valid_from=tomorrow)
    actions.decide_row(row, by=here.street_head, at=LATER, agreed=True)

    assert [row_on(day).lead.slug for day in (TODAY, tomorrow)] == [
        "bureau",
        "water",
    ]
    assert DutyRow.objects.count() == 2
    with pytest.raises(Conflict, match="重叠"):
        actions.decide_row(proposed(here, valid_from=TODAY), by=here.street_head, at=LATER, agreed=True)


def test_a_row_with_an_end_gives_back_to_the_one_before(here):
    in_force(here)
    begin, end = TODAY + timedelta(days=1), TODAY + timedelta(days=8)
    row = proposed(here, lead=here.water_unit, valid_from=begin, valid_until=end)
    actions.decide_row(row, by=here.street_head, at=LATER, agreed=True)

    days = (TODAY, begin, end - timedelta(days=1), end, end + timedelta(days=90))
    assert [row_on(day).lead.slug for day in days] == [
        "bureau", "water", "water", "bureau", "bureau",
    ]  # fmt: skip


def test_a_row_is_ended_with_a_reason_and_not_in_the_past(here):
    row = in_force(here)
    for said in (
        {"words": " ", "valid_until": TODAY},
        {"words": "撤并", "valid_until": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(NotSaid):
            actions.end_row(row, by=here.street_head, at=LATER, **said)
    actions.end_row(row, by=here.street_head, at=LATER, words="单位撤并", valid_until=TODAY)

    assert row_on(TODAY) is None
    with pytest.raises(Conflict):
        actions.end_row(row, by=here.street_head, at=LATER, words="再", valid_until=TODAY)


def test_what_is_decided_late_does_not_rewrite_the_days_before(here):
    in_force(here)
    row = proposed(here, lead=here.water_unit, valid_from=TODAY)
    later = LATER + timedelta(days=9)
    with pytest.raises(NotSaid, match="已经过了"):
        actions.decide_row(row, by=here.street_head, at=later, agreed=True, valid_from=TODAY)
    actions.decide_row(row, by=here.street_head, at=later, agreed=True)

    days = [TODAY + timedelta(days=passed) for passed in (0, 8, 9)]
    leads = [row_on(day).lead for day in days]
    assert leads == [here.bureau_unit, here.bureau_unit, here.water_unit]


def test_a_row_with_an_end_holds_until_it_and_never_on_no_day(here):
    ends = TODAY + timedelta(days=3)
    with pytest.raises(NotSaid) as refusal:
        proposed(here, valid_until=TODAY)
    assert "valid_until" in refusal.value.fields
    row = in_force(here, valid_until=ends)
    gone = proposed(here, lead=here.water_unit, valid_until=ends)

    assert row_on(ends - timedelta(days=1)) == row
    assert row_on(ends) is None
    with pytest.raises(NotSaid):
        actions.decide_row(gone, by=here.street_head, at=LATER + timedelta(days=3), agreed=True)


def dispatch_form(here, case):
    return form_for("dispatch", case=case, by=here.desk, at=LATER)


def test_a_dispatch_begins_with_the_unit_of_the_list_and_says_why(here):
    in_force(here)
    form = dispatch_form(here, life(here, "accepted"))

    assert form.initial["unit"] == str(here.bureau_unit.pk)
    assert "街道会定" in form.fields["unit"].help_text


def test_where_it_depends_on_the_place_nothing_is_guessed(here):
    in_force(here, place_kind="road")
    in_force(here, place_kind="estate", lead=here.water_unit)
    form = dispatch_form(here, life(here, "accepted"))

    assert form.initial["unit"] == ""
    assert "市政道路归单位bureau" in form.fields["unit"].help_text


def test_a_whistle_begins_with_the_units_of_the_list(here):
    in_force(here, assists=[here.water_unit])
    form = form_for("whistle", case=life(here, "accepted"), by=here.desk, at=LATER)

    assert (form.initial["unit_0"], form.initial["unit_1"]) == (
        str(here.bureau_unit.pk),
        str(here.water_unit.pk),
    )
    assert "街道会定" in form.fields["unit_0"].help_text


def test_three_returns_end_in_a_row_that_answers_the_next_case(here):
    case = life(here, "dispatched")
    for _ in range(3):
        said = {"reason": "not_mine", "words": "不是我们的", "suggested": here.bureau_unit}
        case = act("hand_back", case, by=here.worker, at=LATER, **said)
        if case.return_count < 3:
            case = act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit, person=here.worker)
    act("dispatch", case, by=here.street_head, at=LATER, unit=here.bureau_unit)
    row = DutyRow.objects.get()
    assert (row.state, row.lead, row.case_id) == ("proposed", here.bureau_unit, case.pk)
    actions.decide_row(row, by=here.street_head, at=LATER, agreed=True)

    following = act(
        "accept",
        reported(here),
        by=here.desk,
        at=LATER,
        category=category(),
        urgency="normal",
        nature="public",
    )
    assert dispatch_form(here, following).initial["unit"] == str(here.bureau_unit.pk)


@pytest.mark.parametrize(("who", "rows"), [("street_head", 1), ("desk", 0)])
def test_not_mine_ends_in_a_row_when_the_head_has_decided(here, who, rows):
    said = {"reason": "not_mine", "words": "不是我们的", "suggested": here.bureau_unit}
    case = act("hand_back", life(here, "dispatched"), by=here.worker, at=LATER, **said)
    act("dispatch", case, by=getattr(here, who), at=LATER, unit=here.bureau_unit)

    assert DutyRow.objects.filter(state="proposed", lead=here.bureau_unit).count() == rows


def test_the_wrong_place_says_nothing_of_whose_it_is(here):
    case = act(
        "hand_back",
        life(here, "dispatched"),
        by=here.worker,
        at=LATER,
        reason="wrong_place",
        words="不在这里",
    )
    act("dispatch", case, by=here.street_head, at=LATER, unit=here.bureau_unit)

    assert not DutyRow.objects.exists()


def test_a_dispute_of_duty_becomes_a_proposed_row_once(here):
    for _ in range(2):
        joint = sounded(here, case=life(here, "progressed"), at=LATER)
        CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=LATER, **SAID["refuse_duty"])
        CALLS["decide_duty"](
            joint.calls["water"], by=here.street_head, at=LATER, ruling="stays", words="主管归供水"
        )

    row = DutyRow.objects.get()
    assert (row.lead, "主管归供水" in row.basis) == (here.water_unit, True)


def test_the_command_line_lays_rows_for_a_new_district(here):
    row = actions.propose(category(), by=COMMAND, at=MONDAY_NOON, lead=here.bureau_unit, basis="街道分工")

    assert actions.decide_row(row, by=COMMAND, at=MONDAY_NOON, agreed=True).state == "in_force"
