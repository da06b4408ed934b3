"""Two grids that want the same ground at the same moment: one gets it, the other is told, and they never overlap."""

import pytest
import shapely

from tests.factories import MONDAY_NOON
from tests.races.conftest import ACTORS, all_at_once, tally
from yige.accounts.models import User
from yige.grids import outline_drawing
from yige.grids.models import GridOutline

pytestmark = pytest.mark.django_db(transaction=True)
GROUND = shapely.to_wkb(shapely.box(113.28, 34.80, 113.29, 34.81))


@pytest.mark.parametrize("again", range(3))
def test_neighbours_drawn_over_the_same_ground_at_once_never_both_get_it(here, again):
    def draw(grid):
        keeper = User.objects.get(pk=here.system.pk)
        return outline_drawing.redraw(grid, by=keeper, at=MONDAY_NOON, shape=GROUND, sure=True)

    grids = [here.grid, here.neighbour_grid] * (ACTORS // 2)
    results = all_at_once([lambda grid=grid: draw(grid) for grid in grids])

    # the three others of the winner's grid hear that nothing changed, the four of the neighbour that it overlaps
    assert tally(results) == {"won": 1, 422: ACTORS // 2 - 1, 403: ACTORS // 2}
    assert GridOutline.objects.count() == 1
