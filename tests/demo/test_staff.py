import re
from collections import Counter

from yige.accounts import roles
from yige.cases import categories
from yige.demo import staff, subdistrict

PEOPLE = staff.invented_staff()
UNITS = {unit.slug: unit for unit in staff.invented_units()}
PATHS = {grid.path for grid in subdistrict.all_grids()}


def test_the_twelve_named_accounts_come_first():
    assert [person.username for person in PEOPLE[:12]] == (
        [
            "street",
            "desk",
            "community",
            "grid",
            "worker",
            "micro",
            "chengguan",
            "member",
            "hotline",
            "auditor",
            "security",
            "admin",
        ]
    )


def test_every_post_has_a_role_a_unit_and_a_place_that_exist():
    assert {person.role for person in PEOPLE} == set(roles.ROLE_BY_NAME)
    assert all(person.unit in UNITS and person.path in PATHS for person in PEOPLE)


def test_every_micro_grid_has_one_worker_and_every_grid_one_head():
    workers = Counter(person.path for person in PEOPLE if person.role == "micro_worker")
    heads = Counter(person.path for person in PEOPLE if person.role == "grid_head")

    assert workers == {grid.path: 1 for grid in subdistrict.all_grids() if grid.level == 4}
    assert heads == {grid.path: 1 for grid in subdistrict.all_grids() if grid.level == 3}


def test_the_named_people_of_one_grid_work_together():
    named = {person.username: person for person in staff.invented_staff()}

    assert named["worker"].path == named["grid"].path
    assert named["micro"].path.startswith(named["grid"].path)
    assert named["grid"].path.startswith(named["community"].path)


def test_about_350_accounts_with_names_and_usernames_of_their_own():
    assert 330 <= len(PEOPLE) <= 370
    assert (
        len({person.username for person in PEOPLE}) == len({person.name for person in PEOPLE}) == len(PEOPLE)
    )


def test_every_category_has_a_unit_in_every_grid():
    for path in PATHS:
        if path.count("/") > 4:
            assert all(staff.unit_for(each.unit, path) in UNITS for each in categories.CATEGORIES)


def test_every_unit_that_may_get_a_case_has_somebody():
    staffed = {person.unit for person in PEOPLE}

    assert set(UNITS) - {staff.WITHOUT_ACCOUNT} == staffed  # which answers by one-time links


def test_phones_cannot_be_dialled():
    assert all(re.fullmatch(r"0371-0000\d{4}", unit.phone) for unit in UNITS.values())
    assert all(re.fullmatch(r"(0371-0000\d{4})?", grid.phone) for grid in subdistrict.all_grids())
