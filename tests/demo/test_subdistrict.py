from collections import Counter

import pytest
import shapely
from shapely import Point, Polygon

from yige.demo import subdistrict
from yige.grids import codes

GRIDS = subdistrict.all_grids()
SHAPES = {grid.path: Polygon(grid.ring) for grid in GRIDS}
LEAVES = [grid for grid in GRIDS if grid.level == 4 or grid.kind == "exclusive"]


def test_numbers_of_the_source():
    ordinary = Counter(grid.level for grid in GRIDS if grid.kind == "ordinary")
    per_community = Counter(grid.parent for grid in GRIDS if grid.level == 3 and grid.kind == "ordinary")
    per_grid = Counter(Counter(grid.parent for grid in GRIDS if grid.level == 4).values())

    assert ordinary == {1: 1, 2: 5, 3: 33, 4: 139}
    assert list(per_community.values()) == [7, 7, 7, 6, 6]
    assert per_grid == {5: 7, 4: 26}


def test_codes_and_paths_agree():
    for grid in GRIDS:
        read = codes.read_code(grid.code)
        assert (read.level, read.path, read.exclusive) == (grid.level, grid.path, grid.kind == "exclusive")
        assert grid.parent == (codes.read_code(read.parent).path if read.parent else "")


def test_codes_and_names_are_unique():
    assert len({grid.code for grid in GRIDS}) == len({grid.name for grid in GRIDS}) == len(GRIDS)


def test_what_is_invented_says_so():
    assert all("演示" in grid.name for grid in GRIDS if grid.level == 3)


def test_leaves_cover_the_subdistrict_without_gap_or_overlap():
    shapes = [SHAPES[grid.path] for grid in LEAVES]

    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(SHAPES[GRIDS[0].path].area, rel=1e-9)


@pytest.mark.parametrize("level", [2, 3])
def test_each_level_is_seamless(level):
    assert shapely.coverage_is_valid([SHAPES[grid.path] for grid in GRIDS if grid.level == level])


def test_children_fill_their_parent():
    for grid in GRIDS:
        children = [SHAPES[each.path] for each in GRIDS if each.parent == grid.path]
        if children:
            assert shapely.union_all(children).equals(SHAPES[grid.path])


def test_micro_grids_are_of_similar_size():
    areas = sorted(SHAPES[grid.path].area for grid in GRIDS if grid.level == 4)

    assert areas[-1] < 3 * areas[0]
    assert areas[-1] < 2 * areas[len(areas) // 2]


def test_households_add_up():
    assert all(70 <= grid.households <= 80 for grid in GRIDS if grid.level == 4)
    assert GRIDS[0].households == sum(grid.households for grid in GRIDS if grid.level == 4)
    assert 9_730 <= GRIDS[0].households <= 11_120


def test_buildings_stand_inside_their_grid_and_have_one_number_each():
    buildings = subdistrict.all_buildings()

    assert {each.path for each in buildings} == {grid.path for grid in LEAVES}
    assert all(SHAPES[each.path].contains(Point(each.lon, each.lat)) for each in buildings)
    assert len({(each.estate, each.number) for each in buildings}) == len(buildings)


def test_a_code_hangs_at_every_building_and_every_grid():
    assert len(set(subdistrict.qr_places())) == len(subdistrict.all_buildings()) + 36


def test_the_same_seed_draws_the_same_map():
    before = subdistrict.all_grids()
    for name in ("all_grids", "_leaves", "_areas", "_households"):
        getattr(subdistrict, name).cache_clear()

    assert subdistrict.all_grids() == before
