import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.grids.conftest import KEEPER, NOON
from yige.grids import actions
from yige.grids.models import Grid, QrToken

DAY = datetime.timedelta(days=1)


def plain(path, parent, **more):
    kept = {"code": path, "name": path, "level": parent.level + 1, "valid_from": NOON.date(), **more}
    return Grid.objects.create(path=path, parent=parent, **kept)


def test_below_holds_the_grid_and_no_neighbour(street):
    nine, neighbour = plain("/410106003/9/", street), plain("/410106003/9x/", street)
    inside = plain("/410106003/9/01/", nine)
    plain("/410106003/9x/01/", neighbour)

    assert list(Grid.objects.below("/410106003/9/")) == [nine, inside]
    assert list(Grid.objects.below("/410106003/9")) == [nine, inside]


def test_leaves_have_nothing_below(street, community, grid):
    assert list(Grid.objects.leaves()) == [grid]

    actions.retire(grid, by=KEEPER, at=NOON)

    assert list(Grid.objects.current().leaves()) == [community]


def test_valid_is_a_question_of_the_day(grid):
    actions.retire(grid, by=KEEPER, at=NOON + 10 * DAY)

    def was_valid(at):
        return Grid.objects.valid(at).filter(pk=grid.pk).exists()

    assert [was_valid(NOON + n * DAY) for n in (-1, 0, 9, 10)] == [False, True, True, False]
    assert was_valid(datetime.datetime(2026, 3, 11, 15, 59, tzinfo=datetime.UTC))
    assert not was_valid(datetime.datetime(2026, 3, 11, 16, 0, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"path": "/410106003/004/02/"}, "one_current_grid_for_each_path"),
        ({"code": "410106003004-02"}, "one_current_grid_for_each_code"),
        ({"path": "no-slash"}, "grid_path_begins_and_ends_with_a_slash"),
        ({"parent": None}, "only_a_subdistrict_has_no_parent"),
        ({"level": 2, "kind": "exclusive"}, "only_a_grid_can_be_exclusive"),
        ({"kind": "secret"}, "grid_kind_is_known"),
        ({"valid_until": NOON.date() - DAY}, "grid_ends_after_it_begins"),
    ],
)
def test_what_must_never_be_true(community, grid, change, name):
    row = {
        "path": "/410106003/004/03/",
        "code": "410106003004-03",
        "name": "第三网格",
        "level": 3,
        "parent": community,
        "valid_from": NOON.date(),
    }

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Grid.objects.create(**row | change)


def test_qr_token_has_eighty_bits(grid):
    with pytest.raises(IntegrityError, match="qr_token_cannot_be_guessed"), transaction.atomic():
        QrToken.objects.create(token="SHORT", grid=grid, issued_at=NOON)
