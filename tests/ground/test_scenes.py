"""What the tests of the whole house stand on: each finds its scenes, whatever ran before it, and nothing else."""

import pytest

from tests import factories
from tests.scenes import scene
from yige.accounts.models import Unit, User
from yige.cases.models import Case


@scene
def here():
    return factories.town()


@scene
def lit(here):
    here.case = factories.reported(here)
    return here


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_did_the_next_does_not_find(lit, turn):
    assert (Case.objects.count(), lit.case.place, hasattr(lit, "mark")) == (1, "3号楼", False)

    factories.reported(lit)
    Case.objects.filter(pk=lit.case.pk).update(place="改了")
    lit.case.place, lit.mark = "改了", turn


def test_a_scene_above_is_gone_for_who_asks_only_for_the_one_below(here):
    assert (Case.objects.count(), Unit.objects.exists(), hasattr(here, "case")) == (0, True, False)


def test_two_scenes_of_one_test_are_of_one_piece(here, lit):
    assert here is lit
    assert lit.case.pk == Case.objects.get().pk


@pytest.mark.django_db
def test_who_asks_for_no_scene_finds_no_rows():
    assert (Unit.objects.exists(), User.objects.exists(), Case.objects.exists()) == (False, False, False)


@pytest.mark.django_db(transaction=True)
def test_who_commits_builds_a_scene_of_its_own(lit):
    assert Case.objects.get().pk == lit.case.pk


@pytest.mark.django_db
def test_and_what_was_committed_is_gone():
    assert not Unit.objects.exists()
