"""The dry run: what a change of the list would have done with the cases of three months, counted by hand."""

from datetime import timedelta

from tests import factories
from tests.duty_list.rows import in_force, proposed
from tests.factories import MONDAY_NOON, act, category, life
from tests.scenes import scene
from tests.whistles.joint import joint_town
from yige.duty_list import trial
from yige.duty_list.models import DutyRow

NOW = MONDAY_NOON + timedelta(days=2)
BIN = "sanitation.overflowing-bin"


@scene
def here():
    """A town whose bureau and team have handled lamps; one lamp was handed back by the team, one is too long ago."""
    here = joint_town(factories.town())
    life(here, "dispatched", at=NOW - timedelta(days=200))
    life(here, "dispatched", category=category(BIN))
    for unit in (here.bureau_unit, here.team_unit, here.team_unit):
        case = life(here, "accepted")
        here.last = act("dispatch", case, by=here.desk, at=MONDAY_NOON + timedelta(hours=1), unit=unit)
    said = {"reason": "not_mine", "words": "不是我们的", "suggested": here.bureau_unit}
    act("hand_back", here.last, by=here.worker, at=MONDAY_NOON + timedelta(hours=2), **said)
    return here


def told(dry):
    return [(one.category, one.now, one.then, one.count, one.returned) for one in dry.handovers]


def test_a_new_row_says_from_whom_to_whom_and_writes_nothing(here, django_assert_num_queries):
    row = proposed(here)
    list(here.desk.posts_at(NOW))
    with django_assert_num_queries(4):
        dry = trial.dry_run(here.desk, NOW, added=[row])

    assert told(dry) == [(row.category.label, "单位team", "单位bureau", 2, 1)]
    assert (dry.checked, dry.same, dry.moved, dry.cases[0]) == (3, 1, 2, here.last)
    assert DutyRow.objects.get().state == "proposed"


def test_only_what_the_reader_sees_is_counted(here):
    assert trial.dry_run(here.neighbour_head, NOW, added=[proposed(here)]).checked == 0


def test_an_ended_row_leaves_it_to_whoever_dispatches(here):
    row = in_force(here)
    dry = trial.dry_run(here.desk, NOW, ended=[row])

    assert [(one.now, one.then, one.count) for one in dry.handovers] == [
        ("单位team", trial.NO_ROW, 2),
        ("单位bureau", trial.NO_ROW, 1),
    ]


def test_where_the_kind_of_place_decides_either_unit_is_right(here):
    in_force(here, lead=here.water_unit, place_kind="road")
    dry = trial.dry_run(here.desk, NOW, added=[proposed(here, place_kind="estate")])

    assert told(dry) == [
        (category().label, "单位team", f"市政道路归{here.water_unit}；小区公共部位归单位bureau", 2, 1)
    ]


def test_a_change_that_changes_nothing_looks_at_no_case(here):
    assert trial.dry_run(here.desk, NOW).checked == 0


def test_a_large_change_asks_no_more_than_a_small_one(here, django_assert_num_queries):
    rows = [
        proposed(here),
        *(proposed(here, about=category(BIN), place_kind=kind) for kind in ("road", "any", "shop")),
    ]
    list(here.desk.posts_at(NOW))
    with django_assert_num_queries(4):
        dry = trial.dry_run(here.desk, NOW, added=rows)

    assert (dry.checked, dry.moved) == (4, 3)
