import pytest

from tests import factories


@pytest.fixture
def here(db):
    """A small town with one person for each role."""
    return factories.town()
