from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.whistles.joint import joint_town


@pytest.fixture
def here(db):
    """The small town, with a second office to call."""
    return joint_town(factories.town())


@pytest.fixture
def handled(here):
    """A case of some hours ago that a team handles."""
    return factories.life(here, "progressed", at=timezone.now().replace(microsecond=0) - timedelta(hours=5))
