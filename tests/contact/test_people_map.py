"""The figures of the people's map: exact to those who visit there, as published to everybody else, and in reach."""

from datetime import timedelta

import pytest

from tests.factories import LONG_AGO_NOON, MONDAY_NOON, building, grid, household, linked_household, staff
from yige.archive.models import Building, Household
from yige.console.places.rows.buildings import sees_doors
from yige.contact import people_map
from yige.contact.models import AreaFigure, Promise
from yige.contact.published_figures import not_visited_for_long
from yige.contact.reach import MapReach, reach_of

AT = MONDAY_NOON
TODAY = AT.date()
MICRO, GRID = "/zz/js/9/1/", "/zz/js/9/"


def fill(here, count, **where):
    return [household(here, room=str(101 + n), **where) for n in range(count)]


def promise(here, to, due_on, **more):
    return Promise.objects.create(
        household=to, grid_path=to.grid_path, words="来修灯", due_on=due_on, first_due_on=due_on,
        made_at=LONG_AGO_NOON, by=here.worker, unit=here.team_unit, **more,
    )  # fmt: skip


def areas(user, under=""):
    return {row.path: row for row in people_map.areas_in_reach(reach_of(user, AT), AT, under)}


def households(user, path):
    """Return what somebody reads of the households of an area; None where its figures do not stand there."""
    row = areas(user)[path]
    return row.figures.households and row.figures.households.text if row.is_told else None


def blocks(user):
    return {row.name: row for row in people_map.buildings_in_reach(reach_of(user, AT))}


def publish(path, **counts):
    for name, count in counts.items():
        AreaFigure.objects.create(path=path, name=name, count=count, published_on=TODAY)


def test_who_visits_reads_what_is_and_everybody_else_what_was_published(here):
    fill(here, 7, name="3号楼"), fill(here, 2, name="5号楼")
    publish(GRID, households=40, met=20, late=15)

    assert {who: households(getattr(here, who), GRID) for who in ("grid_head", "worker")} == {
        "grid_head": "9", "worker": "9",
    }  # fmt: skip
    for who in ("street_head", "desk", "community_head", "registrar"):
        row = areas(getattr(here, who))[GRID].figures
        assert (row.households.text, row.met.text, row.late.text) == ("40", "约20", "约15")
        assert areas(getattr(here, who))["/zz/js/"].figures == row  # the sum of what is published in it


def test_nothing_is_told_before_it_is_published(here):
    fill(here, 7)

    assert areas(here.street_head)[GRID].figures == (None, None, None)


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("street_head", None), ("desk", None), ("community_head", None), ("registrar", None), ("worker", None),
        ("member", None), ("grid_head", "3"), ("micro", "3"),
    ],
)  # fmt: skip
def test_figures_of_a_micro_grid_are_for_its_worker_and_the_head_above(here, who, told):
    fill(here, 3)

    assert households(getattr(here, who), MICRO) == told


@pytest.mark.parametrize(
    ("who", "sees"), [("street_head", False), ("desk", False), ("community_head", True), ("lone", True)]
)
def test_figures_of_a_grid_of_one_person_are_for_that_person_and_the_head_above(here, who, sees):
    here.lone = staff("lone", "grid_head", "/zz/js/8/", here.community_unit)
    grid("/zz/js/8/")

    assert areas(getattr(here, who))["/zz/js/8/"].is_told == sees
    assert areas(here.street_head)[GRID].is_told  # a head, a worker and a micro-grid worker
    staff("second", "grid_worker", "/zz/js/8/", here.community_unit)
    people_map._kept.forget()
    assert areas(getattr(here, who))["/zz/js/8/"].is_told


def test_buildings_say_their_doors_and_nothing_of_who_lives_behind(here):
    fill(here, 2, name="5号楼")

    for who in ("street_head", "grid_head", "member"):
        assert blocks(getattr(here, who))["向阳小院5号楼"].homes == 2


@pytest.mark.parametrize("who", ["neighbour_head", "other_desk", "other_registrar"])
def test_neighbours_see_nothing_of_it(here, who):
    fill(here, 6)
    user = getattr(here, who)

    assert not [path for path in areas(user) if path.startswith(GRID)]
    assert blocks(user) == {}
    assert people_map.building_in_reach(reach_of(user, AT), Building.objects.get().pk) is None


@pytest.mark.parametrize("who", ["department", "auditor", "security", "system", "former", "idle"])
def test_offices_beside_the_tree_and_people_without_a_post_see_nothing(here, who):
    fill(here, 6)

    assert reach_of(getattr(here, who), AT) == MapReach((), ())
    assert areas(getattr(here, who)) == blocks(getattr(here, who)) == {}


def test_not_visited_for_long_counts_neither_the_young_nor_the_tried_nor_those_who_wish_no_visit(here):
    long_ago, lately = AT - timedelta(days=76), AT - timedelta(days=74)
    never, met_long_ago, met, tried, young, declines = fill(here, 6)
    said = {
        met_long_ago: {"met_at": long_ago, "tried_at": long_ago},
        met: {"met_at": lately},
        tried: {"met_at": long_ago, "tried_at": lately},
        young: {"made_at": lately},
        declines: {"declines_until": TODAY},
    }
    for made, fields in said.items():
        Household.objects.filter(pk=made.pk).update(**fields)

    late = set(Household.objects.filter(not_visited_for_long(AT)))

    assert late == {never, met_long_ago}
    assert areas(here.grid_head)[MICRO].figures.late.text == "2"


def test_promises_due_within_a_week_and_broken_ones_are_two_numbers(here):
    [one] = fill(here, 1)
    for days in (-3, -1, 0, 7, 8):
        promise(here, one, TODAY + timedelta(days=days))
    promise(here, one, TODAY - timedelta(days=1), kept_at=AT)

    for who in ("grid_head", "street_head"):
        row = areas(getattr(here, who))[GRID]
        assert (row.broken, row.due) == (2, 2)  # a duty of the unit, as in the list of promises


def test_homes_are_shown_to_those_who_open_files_there_and_to_nobody_else(here):
    linked, other = linked_household(here, room="501"), household(here, room="502")
    row = building(here)

    def doors(user):
        return [
            (home.room, made)
            for home, made in people_map.homes_with_files(row, user, AT, sees_all=sees_doors(user, row, AT))
        ]

    assert doors(here.grid_head) == doors(here.micro) == [("501", linked), ("502", other)]
    assert doors(here.member) == [("501", linked)]
    for who in (
        "street_head",
        "desk",
        "community_head",
        "neighbour_worker",
        "intake",
        "department",
        "former",
    ):
        assert doors(getattr(here, who)) == []


@pytest.mark.parametrize("n", [1, 3])
def test_counts_ask_the_same_for_one_and_three(here, n, django_assert_num_queries):
    fill(here, n)
    for number in range(n):
        publish(f"/zz/js/{number}/", households=40)
    far, near = reach_of(here.street_head, AT), reach_of(here.grid_head, AT)

    with django_assert_num_queries(4):  # grids, who visits where, what is published, promises
        people_map.areas_in_reach(far, AT)
    with django_assert_num_queries(1):
        people_map.areas_in_reach(far, AT)
    with django_assert_num_queries(5):  # and the households that one visits
        people_map.areas_in_reach(near, AT)
    with django_assert_num_queries(2):
        people_map.areas_in_reach(near, AT)
    with django_assert_num_queries(1):
        people_map.buildings_in_reach(far)
    with django_assert_num_queries(4):
        people_map.search_in_reach(far, "楼")
