import pytest

from tests import factories
from tests.scenes import scene


@scene
def here():
    """A small town with one person for each role."""
    return factories.town()


@pytest.fixture
def there(transactional_db):
    """The same town where several connections see it."""
    yield factories.town()
