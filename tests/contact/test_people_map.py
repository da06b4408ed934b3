"""The counts of the people's map: right, in reach, and never telling what a small cell holds."""

from datetime import timedelta

import pytest

from tests.factories import LONG_AGO_NOON, MONDAY_NOON, building, family, grid, household, linked_household
from yige.accounts.actors import COMMAND
from yige.archive.models import Building, Household
from yige.archive.people import actions as archive
from yige.contact import people_map
from yige.contact.models import Promise
from yige.lib.small_numbers import CountRange

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
    return {row.path: row for row in people_map.areas_in_reach(people_map.reach_of(user, AT), AT, under)}


def blocks(user):
    return {row.name: row for row in people_map.buildings_in_reach(people_map.reach_of(user, AT), AT)}


def test_head_of_the_street_reads_ranges_and_the_head_of_the_grid_numbers(here):
    fill(here, 7, name="3号楼"), fill(here, 2, name="5号楼")

    far, near = areas(here.street_head), areas(here.grid_head)

    assert far[MICRO].households == far[GRID].households == far["/zz/"].households == CountRange(8, 11)
    assert near[MICRO].households == near[GRID].households == CountRange(9, 9)
    assert (blocks(here.street_head)["向阳小院5号楼"].households.text, blocks(here.grid_head)["向阳小院5号楼"].households.text) == ("少于5", "2")  # fmt: skip


@pytest.mark.parametrize("who", ["neighbour_head", "other_desk", "other_registrar"])
def test_neighbours_see_nothing_of_it(here, who):
    fill(here, 6)
    user = getattr(here, who)

    assert not [path for path in areas(user) if path.startswith(GRID)]
    assert blocks(user) == {}
    assert people_map.building_in_reach(people_map.reach_of(user, AT), AT, Building.objects.get().pk) is None


@pytest.mark.parametrize("who", ["department", "auditor", "security", "system", "former", "idle"])
def test_offices_beside_the_tree_and_people_without_a_post_see_nothing(here, who):
    fill(here, 6)

    assert people_map.reach_of(getattr(here, who), AT) == people_map.MapReach((), ())
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

    late = set(Household.objects.filter(people_map.not_visited_for_long(AT)))

    assert late == {never, met_long_ago}
    assert areas(here.grid_head)[MICRO].late == CountRange(2, 2)
    assert areas(here.street_head)[MICRO].late.text == "少于5"


def test_promises_due_within_a_week_and_broken_ones_are_two_numbers(here):
    [one] = fill(here, 1)
    for days in (-3, -1, 0, 7, 8):
        promise(here, one, TODAY + timedelta(days=days))
    promise(here, one, TODAY - timedelta(days=1), kept_at=AT)

    row = areas(here.grid_head)[MICRO]

    assert (row.broken, row.due) == (CountRange(2, 2), CountRange(2, 2))


def test_small_areas_beside_each_other_do_not_give_themselves_away_by_their_grid(here):
    for number in (1, 2, 3):
        grid(f"/zz/js/9/{number}/")
    homes = fill(here, 4) + fill(here, 4, path="/zz/js/9/2/", name="9号楼")
    for one in homes:
        promise(here, one, TODAY)

    row = areas(here.street_head)

    assert [row[f"/zz/js/9/{n}/"].due.text for n in (1, 2, 3)] == ["少于5", "少于5", "0"]
    assert row[GRID].due.text == "7–8"


def labelled(here, count, kind="living_alone"):
    for each in range(count):
        made = family(here, room=str(201 + each))
        archive.grant_label(made.people.order_by("pk").first(), by=COMMAND, at=AT, kind=kind)


@pytest.mark.parametrize("who", ["street_head", "grid_head", "micro", "registrar"])
def test_labels_below_five_are_told_as_fewer_to_everybody(here, who):
    labelled(here, 4)

    assert blocks(getattr(here, who))["向阳小院3号楼"].labels == [("独居", CountRange(1, 4))]


def test_labels_from_five_on_are_told_and_ended_ones_are_not_counted(here):
    labelled(here, 6)
    gone = Household.objects.first().people.get(labels__isnull=False).labels.get()
    archive.withdraw_label(gone, by=COMMAND, at=AT)
    ended = Household.objects.last()
    told = blocks(here.street_head)["向阳小院3号楼"].labels
    archive.end_household(ended, by=COMMAND, at=AT)

    assert told == [("独居", CountRange(5, 5))]
    assert blocks(here.street_head)["向阳小院3号楼"].labels == [("独居", CountRange(1, 4))]


def test_labels_about_small_children_are_told_from_ten_on(here):
    labelled(here, 9, kind="infant_care")

    assert blocks(here.grid_head)["向阳小院3号楼"].labels == [("孕产婴幼", CountRange(1, 9))]
    totals = dict(people_map.label_totals(people_map.reach_of(here.grid_head, AT), AT, GRID))
    assert totals["孕产婴幼"].text == "少于10"


def test_homes_are_shown_to_those_who_open_files_there_and_to_nobody_else(here):
    linked, other = linked_household(here, room="501"), household(here, room="502")
    row = building(here)

    def doors(user):
        return [(home.room, made) for home, made in people_map.homes_with_files(row, user, AT)]

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
    labelled(here, n)
    reach = people_map.reach_of(here.street_head, AT)

    with django_assert_num_queries(5):  # grids, heads, households, those not visited, promises
        people_map.areas_in_reach(reach, AT)
    with django_assert_num_queries(2):
        people_map.areas_in_reach(reach, AT)
    with django_assert_num_queries(3):
        people_map.buildings_in_reach(reach, AT)
    with django_assert_num_queries(4):
        people_map.search_in_reach(reach, "楼")
