"""Which places wait: the cadence as a pure rule and the same in the database; counts by place and grid, never by person."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import MONDAY_NOON
from yige.contact import patrols, retention
from yige.contact.models import Look, Patrol, Route, Spot
from yige.lib.local_time import SHANGHAI
from yige.steps.s2_discover import actions, planning

AT = MONDAY_NOON  # Monday 2 March 2026, 12:00 in Shanghai


def at(day, hour=12, minute=0):
    return datetime(2026, 2, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


# fmt: off
CADENCE = (
    # looked at          every   on Monday 2 March it is
    (None,               7,      "never"),
    (at(22),             7,      "late"),
    (at(23),             7,      "due"),
    (at(23, 23, 59),     7,      "due"),    # the hour does not matter, the day does
    (at(24, 0, 0),       7,      "later"),
    (at(28, 8),          1,      "late"),
    (AT,                 1,      "later"),
    (at(1),              30,     "later"),
    (at(1),              28,     "late"),
)
# fmt: on


@pytest.mark.parametrize(("looked_at", "every_days", "state"), CADENCE)
def test_place_is_due_by_its_own_cadence(looked_at, every_days, state):
    assert patrols.standing_of(looked_at, every_days, AT).state == state


def spots(here, rows=CADENCE, grid=None, by=None):
    made = []
    for number, (looked_at, every_days, _) in enumerate(rows):
        spot = planning.make_spot(
            grid or here.grid, by=by or here.grid_head, at=AT, kind="facility", name=f"地点{number}", every_days=every_days
        )  # fmt: skip
        Spot.objects.filter(pk=spot.pk).update(looked_at=looked_at)
        made.append(spot)
    return made


def test_database_says_the_same_as_the_rule(here):
    spots(here)
    rows = Spot.objects.all()

    found = {
        "due": set(rows.filter(patrols.spot_is_due(AT)).values_list("name", flat=True)),
        "late": set(rows.filter(patrols.spot_is_late(AT)).values_list("name", flat=True)),
    }

    named = {f"地点{number}": state for number, (_, _, state) in enumerate(CADENCE)}
    assert found["due"] == {name for name, state in named.items() if state != "later"}
    assert found["late"] == {name for name, state in named.items() if state == "late"}


def coverage(user):
    return patrols.patrol_coverage(user, AT, patrols.areas_of_rounds(user, AT))


def test_coverage_counts_places_by_grid(here):
    spots(here)
    spots(here, rows=CADENCE[:1], grid=here.micro_grid)

    def rows(user):
        return [row[:6] for row in coverage(user)]

    assert rows(here.grid_head) == [
        ("/zz/js/9/", "网格zz-js-9", 9, 6, 3, 1), ("/zz/js/9/1/", "网格zz-js-9-1", 1, 1, 0, 1),
    ]  # fmt: skip
    # a micro-grid is one person: to those who are not the head directly above it counts in its grid
    assert rows(here.community_head) == rows(here.desk) == [("/zz/js/9/", "网格zz-js-9", 10, 7, 3, 2)]


def test_coverage_stays_in_the_own_area(here):
    spots(here)
    spots(here, rows=CADENCE[:1], grid=here.neighbour_grid, by=here.neighbour_head)

    seen = {
        name: [row.places for row in coverage(getattr(here, name))]
        for name in ("grid_head", "neighbour_head", "street_head", "micro", "department", "idle")
    }

    assert seen == {
        "grid_head": [9], "neighbour_head": [1], "street_head": [9, 1], "micro": [], "department": [], "idle": [],
    }  # fmt: skip


def test_most_pressing_places_come_first(here):
    rows = ((at(28), 30, ""), (None, 7, ""), (at(20), 7, ""), (at(1), 30, ""))
    spots(here, rows=rows)

    pressing = patrols.most_pressing_first(patrols.spots_in_use(here.grid_head, AT), AT)

    assert [spot.name for spot in pressing] == ["地点1", "地点2", "地点3", "地点0"]


def test_not_looked_at_since_names_places(here):
    spots(here, rows=((at(1), 90, ""), (at(28), 90, ""), (None, 90, "")))

    found = patrols.not_looked_at_since(here.grid_head, AT, days=14)

    assert [spot.name for spot in found] == ["地点2", "地点0"]


def test_rounds_offer_routes_with_places_and_the_whole_grid(here):
    lane = planning.make_route(here.grid, by=here.grid_head, at=AT, name="东院一圈")
    planning.make_route(here.grid, by=here.grid_head, at=AT, name="空的一圈")
    planning.make_spot(here.grid, by=here.grid_head, at=AT, kind="shop", name="一", route=lane)
    planning.make_spot(here.grid, by=here.grid_head, at=AT, kind="shop", name="二")

    found = patrols.rounds_to_walk(here.worker, AT, ["/zz/js/9/"])

    assert [(round.name, round.places, round.due, round.never) for round in found] == [
        ("东院一圈", 1, 1, 1),
        ("全部地点", 2, 2, 2),
    ]


def test_places_of_a_round_stand_in_the_order_they_are_walked(here):
    lane = planning.make_route(here.grid, by=here.grid_head, at=AT, name="一圈")
    for name, place in (("后", 2), ("前", 1)):
        planning.make_spot(
            here.grid, by=here.grid_head, at=AT, kind="shop", name=name, route=lane, place_in_route=place
        )
    planning.make_spot(here.grid, by=here.grid_head, at=AT, kind="shop", name="不在路线上")
    patrol = actions.start_patrol(lane, by=here.worker, at=AT)

    assert [spot.name for spot in patrols.spots_of_patrol(patrol, here.worker, AT)] == ["前", "后"]


def test_history_of_a_place_names_the_unit_and_not_the_person(here):
    (spot,) = spots(here, rows=CADENCE[:1])
    patrol = actions.start_patrol(here.grid, by=here.worker, at=AT)
    actions.look(patrol, by=here.worker, at=AT + timedelta(minutes=3), spot=spot)

    (look,) = patrols.looks_at(spot)

    assert look.patrol.unit == here.team_unit
    assert "by" not in look.patrol._state.fields_cache


def test_no_table_of_rounds_holds_where_somebody_was():
    """A round knows which place was looked at; the only points are those of the places themselves."""
    fields = {
        model: {field.name for field in model._meta.concrete_fields} for model in (Route, Spot, Patrol, Look)
    }
    points = {
        model
        for model, names in fields.items()
        if names & {"lon", "lat", "position", "location", "track", "way"}
    }

    assert points == {Spot}
    assert fields[Patrol] == {"id", "route", "grid_path", "by", "unit", "started_at", "finished_at"}
    assert fields[Look] == {"id", "patrol", "spot", "at", "result", "case"}


def test_rounds_are_forgotten_after_a_year_finished_or_not_and_the_place_keeps_its_day(here):
    (spot,) = spots(here, rows=CADENCE[:1])
    patrol = actions.start_patrol(here.grid, by=here.worker, at=AT)
    actions.look(patrol, by=here.worker, at=AT, spot=spot)

    kept = retention.remove_old_patrols(AT + timedelta(days=364))
    gone = retention.remove_old_patrols(AT + timedelta(days=367))

    assert (kept, gone, Patrol.objects.count(), Look.objects.count()) == (0, 1, 0, 0)
    assert Spot.objects.get().looked_at == AT
