import pytest

from tests import factories
from tests.whistles.joint import joint_town


@pytest.fixture
def here(db):
    """The small town, with a second office to call."""
    return joint_town(factories.town())
