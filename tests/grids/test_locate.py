import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grids.conftest import KEEPER, NOON, box
from tests.scenes import scene
from yige.grids import actions, locate
from yige.grids.locate import LocatedGrid

WEST, SOUTH = 113.28, 34.80


@scene
def two_by_two(community):
    """Four micro-grids that share edges and one corner, inside one grid."""
    grid = actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-01", name="一", shape=box(WEST, SOUTH, 0.02)
    )
    return [
        actions.make(
            grid,
            by=KEEPER,
            at=NOON,
            code=f"410106003004-01-0{n + 1}",
            name=f"微{n}",
            shape=box(WEST + n % 2 * 0.01, SOUTH + n // 2 * 0.01),
        )
        for n in range(4)
    ]


def found(grid):
    return LocatedGrid(grid.pk, grid.path)


def test_locate_finds_the_leaf(two_by_two):
    places = [(0.005, 0.005), (0.015, 0.005), (0.005, 0.015), (0.015, 0.015)]

    assert [locate.locate(WEST + x, SOUTH + y) for x, y in places] == [found(grid) for grid in two_by_two]


def test_locate_decides_a_shared_edge_the_same_way_always(two_by_two):
    corner = two_by_two[0].outlines.get()

    assert locate.locate(corner.east, corner.north) == found(two_by_two[0])
    assert locate.locate(corner.east, SOUTH + 0.015) == found(two_by_two[2])


def test_locate_where_only_the_parent_is_drawn(two_by_two):
    actions.retire(two_by_two[3], by=KEEPER, at=NOON)

    assert locate.locate(WEST + 0.015, SOUTH + 0.015).path == "/410106003/004/01/"


def test_an_exclusive_grid_wins(two_by_two, community):
    mall = actions.make(
        community,
        by=KEEPER,
        at=NOON,
        code="410106003004-90",
        name="商圈",
        shape=box(WEST + 0.002, SOUTH + 0.002, 0.004),
    )

    assert locate.locate(WEST + 0.004, SOUTH + 0.004) == found(mall)


@pytest.mark.parametrize("point", [(0, 0), (113.0, 34.8), (181, 95), (float("nan"), 34.8), (float("inf"), 1)])
def test_locate_outside_is_none(two_by_two, point):
    assert locate.locate(*point) is None


def test_nearest_says_how_far(two_by_two):
    near = locate.nearest(WEST - 0.001, SOUTH + 0.005)

    assert near.path == two_by_two[0].path
    assert near.metres == pytest.approx(91.4, abs=0.5)


def test_nearest_counts_metres_and_not_degrees(community):
    make = {"by": KEEPER, "at": NOON}
    actions.make(community, **make, code="410106003004-01", name="北", shape=box(100, 60.0, 0.01))
    east = actions.make(community, **make, code="410106003004-02", name="东", shape=box(100.017, 59.98, 0.01))

    assert locate.nearest(100.009, 59.994) == (east.pk, "/410106003/004/02/", pytest.approx(630, abs=3))


def test_nearest_from_afar_names_some_grid(two_by_two):
    assert locate.nearest(0, 0).metres > 5_000_000


def test_without_a_map_nothing_is_found(db):
    assert (locate.locate(113.3, 34.8), locate.nearest(113.3, 34.8)) == (None, None)


def test_the_map_is_read_again_after_a_change(two_by_two, monkeypatch):
    point = (WEST + 0.105, SOUTH + 0.005)
    assert locate.locate(*point) is None

    actions.redraw(two_by_two[0], by=KEEPER, at=NOON, shape=box(WEST + 0.1, SOUTH))

    assert locate.locate(*point) is None
    monkeypatch.setattr(locate, "LOOK_AGAIN_AFTER", 0)
    assert locate.locate(*point) == found(two_by_two[0])


def test_asking_again_reads_nothing(two_by_two, django_assert_num_queries):
    locate.locate(WEST, SOUTH)

    with django_assert_num_queries(0):
        locate.locate(WEST + 0.001, SOUTH)


def test_an_unchanged_map_is_not_read_again(two_by_two, django_assert_num_queries, monkeypatch):
    locate.locate(WEST, SOUTH)
    monkeypatch.setattr(locate, "LOOK_AGAIN_AFTER", 0)

    with django_assert_num_queries(1):
        locate.locate(WEST, SOUTH)


@given(lon=st.floats(), lat=st.floats())
def test_locate_takes_any_numbers(lon, lat):
    if not locate.is_point(lon, lat):
        assert locate.locate(lon, lat) is None
