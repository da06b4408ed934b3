from types import SimpleNamespace

import pytest

from tests import factories
from tests.factories import MONDAY_NOON, life, reported
from tests.scenes import scene


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def here():
    return factories.town()


@pytest.fixture
def ledger(here):
    """One matter in the grid, one in its neighbour, one of a person in the grid; all told in secret words."""
    said = {"contact": {"phone": "19900000023", "name": "王小英"}}
    return SimpleNamespace(
        inside=life(here, "handling", at=MONDAY_NOON, words="秘密的话", place="3号楼501", **said),
        beside=reported(here, at=MONDAY_NOON, grid=here.neighbour_grid),
        personal=reported(here, at=MONDAY_NOON),
    )
