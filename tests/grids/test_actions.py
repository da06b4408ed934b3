import datetime

import pytest

from tests.grids.conftest import KEEPER, NOON, PASSER_BY, box
from yige.audit.models import LogEntry
from yige.grids import actions, shapes
from yige.grids.models import Grid, QrToken, TreeVersion
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

LATER = NOON + datetime.timedelta(days=30)


def test_make_reads_level_and_path_from_the_code(community):
    grid = actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-91", name=" 商圈  网格 ", phone="０371 12345"
    )

    grid.refresh_from_db()
    assert (grid.level, grid.path, grid.kind) == (3, "/410106003/004/91/", "exclusive")
    assert (grid.name, grid.phone, grid.valid_from) == ("商圈 网格", "0371 12345", NOON.date())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "nonsense"}, "code"),
        ({"code": "410106003005-01"}, "code"),
        ({"code": "410106003004"}, "code"),
        ({"name": "\x00 "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"phone": "打给我"}, "phone"),
        ({"national_code": "12"}, "national_code"),
        ({"household_count": -1}, "household_count"),
        ({"shape": b"not wkb"}, "shape"),
        ({"shape": shapes.shapely.to_wkb(shapes.shapely.Point(1, 1))}, "shape"),
        ({"shape": box(500, 34)}, "shape"),
    ],
)
def test_make_refuses_with_a_sentence_beside_the_field(community, said, field):
    with pytest.raises(NotSaid) as refusal:
        actions.make(community, by=KEEPER, at=NOON, **{"code": "410106003004-03", "name": "第三网格"} | said)

    assert list(refusal.value.fields) == [field]
    assert not Grid.objects.filter(parent=community).exists()


def test_make_refuses_a_code_in_use(community, grid):
    with pytest.raises(Conflict):
        actions.make(community, by=KEEPER, at=NOON, code=grid.code, name="又一个")


def test_make_happens_once_for_a_key(street):
    first, second = (
        actions.make(street, by=KEEPER, at=NOON, key="k1", code="410106003001", name="一社区")
        for _ in range(2)
    )

    assert first == second
    assert LogEntry.objects.filter(verb="grids.make", subject_id=first.pk).count() == 1


@pytest.mark.parametrize("verb", ["rename", "retire", "redraw", "issue_qr"])
def test_a_passer_by_may_not(grid, verb):
    said = {"rename": {"name": "别名"}, "redraw": {"shape": box(1, 1)}}.get(verb, {})

    with pytest.raises(NotAllowed):
        getattr(actions, verb)(grid, by=PASSER_BY, at=NOON, **said)


def test_redraw_keeps_the_old_boundary_with_its_dates(grid):
    actions.redraw(grid, by=KEEPER, at=LATER, shape=box(113.29, 34.80))

    kept = list(grid.outlines.values_list("west", "valid_from", "valid_until"))
    assert kept == [(113.28, NOON.date(), LATER.date()), (113.29, LATER.date(), None)]


def test_retire_needs_an_empty_grid_and_ends_its_codes(community, grid):
    qr = actions.issue_qr(grid, by=KEEPER, at=NOON)
    with pytest.raises(NotAllowed, match="下面还有"):
        actions.retire(community, by=KEEPER, at=LATER)

    actions.retire(grid, by=KEEPER, at=LATER)

    grid.refresh_from_db()
    qr.refresh_from_db()
    assert (grid.valid_until, qr.retired_at) == (LATER.date(), LATER)
    assert not grid.outlines.filter(valid_until__isnull=True).exists()
    with pytest.raises(NotAllowed, match="已经停用"):
        actions.rename(grid, by=KEEPER, at=LATER, name="再来")


def test_a_retired_code_can_be_given_again(community, grid):
    actions.retire(grid, by=KEEPER, at=LATER)

    again = actions.make(community, by=KEEPER, at=LATER, code=grid.code, name="新第二网格")

    assert list(Grid.objects.filter(path=grid.path)) == [grid, again]


def test_replace_qr_ends_the_old_one(grid):
    old = actions.issue_qr(grid, by=KEEPER, at=NOON, place=" 3号楼 \n 1单元门口 ")

    new = actions.replace_qr(old, by=KEEPER, at=LATER)

    old.refresh_from_db()
    assert (old.retired_at, old.replaced_by) == (LATER, new)
    assert (new.place, len(new.token), new.token != old.token) == ("3号楼 1单元门口", 16, True)
    assert list(QrToken.objects.public()) == [new]
    with pytest.raises(Conflict):
        actions.replace_qr(old, by=KEEPER, at=LATER)


def test_every_change_of_the_map_counts(grid):
    before = TreeVersion.objects.get().number

    actions.redraw(grid, by=KEEPER, at=LATER, shape=box(113.29, 34.80))

    assert TreeVersion.objects.get().number == before + 1
