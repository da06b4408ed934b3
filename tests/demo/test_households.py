"""The pure rows of the people of the demo: as many, as old and as labelled as the source says; nobody real in them."""

import re
from collections import Counter

import pytest
from shapely import Point, Polygon

from config.launcher import run
from yige.archive import labels
from yige.archive.words import HomeUse, Relation
from yige.demo import families, households, invented_names, subdistrict

ROWS = list(households.everybody())
PEOPLE = [(row, each) for row in ROWS for each in row.people]
SHARED = {grid.path for grid in households.micro_grids()}
SHAPES = {grid.path: Polygon(grid.ring) for grid in subdistrict.all_grids()}


def share(count):
    return count / len(PEOPLE)


def test_as_many_households_as_the_grid_table_says():
    assert Counter(row.path for row in ROWS) == {
        grid.path: grid.households for grid in households.micro_grids()
    }
    assert 10_200 <= len(ROWS) <= 10_600
    assert 2.4 <= len(PEOPLE) / len(ROWS) <= 2.6


@pytest.mark.parametrize(
    ("low", "high", "wanted"), [(0, 13, 0.12), (14, 59, 0.64), (60, 79, 0.20), (80, 110, 0.04)]
)
def test_ages_are_shared_as_in_the_source(low, high, wanted):
    assert share(sum(low <= each.age <= high for _, each in PEOPLE)) == pytest.approx(wanted, abs=0.01)


def test_every_household_has_a_home_of_its_own_inside_its_micro_grid():
    assert len({row.home[:4] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.home.building.path == row.path
        assert SHAPES[row.path].contains(Point(row.home.building.lon, row.home.building.lat))


def test_some_homes_are_rented_some_stand_empty():
    homes = [home for grid in households.micro_grids() for home in households.homes_of(grid.path)]
    uses = Counter(home.use for home in homes)

    assert len(homes) == sum(each.homes for each in subdistrict.all_buildings() if each.path in SHARED)
    assert uses[HomeUse.RENT] + uses[HomeUse.OWN] == len(ROWS)
    assert 0.10 <= uses[HomeUse.RENT] / len(ROWS) <= 0.18
    assert uses[HomeUse.VACANT] > 500


def test_every_household_has_one_head_and_every_child_a_grown_guardian_in_it():
    for row in ROWS:
        assert [each.relation for each in row.people].count(Relation.HEAD) == 1
        for each in row.people:
            assert (each.guardian >= 0) == (each.age < families.ADULT)
            assert each.guardian < 0 or row.people[each.guardian].age >= families.ADULT + 3


def test_phones_are_of_the_demo_alone_and_nobody_under_age_has_one():
    numbers = [each.phone for _, each in PEOPLE if each.phone]
    texts = " ".join(each.emergency for _, each in PEOPLE)

    assert all(re.fullmatch(r"199000[1-9]\d{4}", number) for number in numbers)
    assert set(re.findall(r"\d{7,}", texts)) == set(re.findall(r"199000[1-9]\d{4}", texts))
    assert len(set(numbers)) == len(numbers)
    assert not any(each.phone for _, each in PEOPLE if each.age < families.ADULT)
    assert numbers.count(invented_names.DEMO_PHONE) == 1


def test_the_launcher_names_the_phone_that_signs_in():
    assert run.DEMO_PHONE == invented_names.DEMO_PHONE


def test_nobody_has_an_identity_number():
    texts = [" ".join((each.name, each.phone, each.emergency)) for _, each in PEOPLE]

    assert not any(re.search(r"\d{12}", text) for text in texts)


def test_service_labels_are_of_the_closed_list_and_nine_of_a_hundred_have_one():
    kinds = [{kind for kind, _ in each.labels} for _, each in PEOPLE]

    assert set().union(*kinds) == set(labels.LABEL_BY_NAME)
    assert share(sum(bool(found - {"party_member"}) for found in kinds)) == pytest.approx(0.09, abs=0.01)
    assert share(sum("party_member" in found for found in kinds)) == pytest.approx(0.06, abs=0.01)
    assert all(len(found) == len(each.labels) for found, (_, each) in zip(kinds, PEOPLE, strict=True))


def test_labels_fit_the_person():
    for row, each in PEOPLE:
        kinds = {kind for kind, _ in each.labels}
        assert "living_alone" not in kinds or (each.age >= 60 and len(row.people) == 1)
        assert "infant_care" not in kinds or each.age <= 2
        assert "veteran" not in kinds or each.age >= 40
        assert "party_member" not in kinds or each.age >= 22


def test_neighbours_bear_many_names_and_some_share_one():
    names = Counter(each.name for _, each in PEOPLE)

    assert 18_000 < len(names) < len(PEOPLE)
    assert all(2 <= len(name) <= 3 for name in names)


def test_the_same_seed_draws_the_same_people():
    path = households.micro_grids()[70].path
    before = households.households_of(path)
    households.households_of.cache_clear()

    assert households.households_of(path) == before
