"""What is published of areas: once a week or a month, of enough households, counted right, the same until the next time."""

from datetime import timedelta

import pytest

from tests.factories import LONG_AGO_NOON, MONDAY_NOON, building, family
from yige.accounts.actors import COMMAND
from yige.archive.models import Home, Household
from yige.archive.people import actions as archive
from yige.contact import published_figures
from yige.contact.models import AreaFigure
from yige.contact.published_figures import groups_of, publish_figures, published_below

AT = MONDAY_NOON  # a Monday
GRID = "/zz/js/9/"


def down(base):
    return 0


def up(base):
    return base - 1


def fill(here, count, path="/zz/js/9/1/", name="3号楼"):
    block = building(here, path=path, name=name)
    homes = Home.objects.bulk_create(
        Home(building=block, grid_path=path, room=str(101 + number)) for number in range(count)
    )
    return Household.objects.bulk_create(
        Household(grid=block.grid, grid_path=path, home=one, made_at=LONG_AGO_NOON) for one in homes
    )


def told(path, *names):
    published = published_below(("/zz/",)).of(path)
    return tuple(published[name].text if name in published else None for name in names)


def test_a_grid_is_told_with_its_micro_grids_and_its_community_by_adding(here):
    fill(here, 20), fill(here, 13, path=GRID, name="4号楼"), fill(here, 40, path="/zz/js/9x/", name="5号楼")
    met = Household.objects.filter(grid_path=GRID).values_list("pk", flat=True)
    Household.objects.filter(pk__in=list(met)).update(met_at=AT - timedelta(days=1))

    publish_figures(AT, down)

    assert told(GRID, "households", "met", "late") == ("33", "约10", "约20")
    assert told("/zz/js/9x/", "households", "met", "late") == ("40", "不到5", "约40")
    assert told("/zz/js/", "households", "met", "late") == told("/zz/", "households", "met", "late")
    assert told("/zz/js/", "households", "met", "late") == ("73", "约10", "约60")
    assert told("/zz/js/9/1/", "households") == (None,)  # nothing is published below a grid


@pytest.mark.parametrize(("pick", "text"), [(down, "约5"), (up, "约10")])
def test_labels_and_homes_are_rounded_and_of_grids_alone(here, pick, text):
    fill(here, 40)
    for room in range(6):
        made = family(here, room=f"90{room}")
        archive.grant_label(made.contact, by=COMMAND, at=AT, kind="living_alone")
    Home.objects.filter(pk__in=Home.objects.values_list("pk", flat=True)[:7]).update(gas="yes")

    publish_figures(AT, pick)

    assert told(GRID, "living_alone", "bottled_gas") == (text, text)
    assert told(GRID, "infant_care") == ("不到10",)
    assert set(AreaFigure.objects.values_list("path", flat=True)) == {GRID}


def test_a_label_that_was_taken_back_or_whose_household_left_is_not_counted(here):
    fill(here, 40)
    made = [family(here, room=f"90{room}") for room in range(2)]
    for one in made:
        archive.grant_label(one.contact, by=COMMAND, at=AT, kind="living_alone")
    archive.withdraw_label(made[0].contact.labels.get(), by=COMMAND, at=AT)
    archive.end_household(made[1], by=COMMAND, at=AT)

    publish_figures(AT, up)

    assert AreaFigure.objects.get(path=GRID, name="living_alone").count == 0
    assert AreaFigure.objects.get(path=GRID, name="households").count == 41


def test_numbers_stay_until_the_next_week_and_labels_until_the_next_month(here):
    fill(here, 40)
    publish_figures(AT, up)
    before = list(AreaFigure.objects.order_by("path", "name").values())
    fill(here, 30, name="9号楼")

    for days in range(1, 7):
        publish_figures(AT + timedelta(days=days), up)
        assert list(AreaFigure.objects.order_by("path", "name").values()) == before
    publish_figures(AT + timedelta(days=7), up)
    assert told(GRID, "households") == ("70",)
    assert set(AreaFigure.objects.filter(name="living_alone").values_list("published_on", flat=True)) == {
        AT.date().replace(day=1)
    }
    publish_figures(AT + timedelta(days=31), up)
    assert AreaFigure.objects.filter(
        name="living_alone", published_on=AT.date().replace(month=4, day=1)
    ).exists()
    assert (
        AreaFigure.objects.filter(path=GRID, name="households").count() == 1
    )  # what was told before is gone


@pytest.mark.parametrize(
    ("households", "groups"),
    [
        ({"/z/a/1/": 30, "/z/a/2/": 29}, {"/z/a/1/": "/z/a/1/", "/z/a/2/": ""}),
        ({"/z/a/1/": 15, "/z/a/2/": 15}, {"/z/a/1/": "/z/a/", "/z/a/2/": "/z/a/"}),
        ({"/z/a/1/": 15, "/z/b/2/": 15}, {"/z/a/1/": "/z/", "/z/b/2/": "/z/"}),
        ({"/z/a/1/": 20, "/z/a/": 10}, {"/z/a/1/": "/z/a/", "/z/a/": "/z/a/"}),
        ({"/z/a/1/": 99, "/z/": 3}, {"/z/a/1/": "/z/a/1/", "/z/": ""}),
        ({}, {}),
    ],
)
def test_too_few_households_are_told_with_the_rest_of_the_area_above_or_not_at_all(households, groups):
    assert groups_of(households) == groups


@pytest.mark.parametrize("n", [1, 3])
def test_publishing_asks_the_same_for_one_and_three_grids(here, n, django_assert_num_queries):
    for number in range(n):
        fill(here, 31, path=f"/zz/js/{number}/", name=f"{number}号楼")

    with django_assert_num_queries(11):
        publish_figures(AT, down)
    assert published_figures.published_below(("/zz/",)).week == AT.date()


def test_an_empty_district_publishes_nothing_and_tries_again(here):
    assert publish_figures(AT, down) == {"weekly": 0, "monthly": 0}
    fill(here, 40)

    assert publish_figures(AT + timedelta(days=1), down)["weekly"] == 3
