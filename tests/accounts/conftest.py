import pytest
from django.core.cache import cache

from tests import factories


@pytest.fixture
def here(db):
    """A small town, and nobody has tried a password yet."""
    cache.clear()
    return factories.town()
