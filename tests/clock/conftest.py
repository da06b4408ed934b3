import pytest

from tests import factories
from yige.cases import queries, rules


@pytest.fixture
def here(db):
    """A small town with one person for each role."""
    return factories.town()


@pytest.fixture
def there(transactional_db):
    """The same town where several connections see it."""
    yield factories.town()
    queries._calendar["at"] = 0.0
    rules._kept.update(at=0.0, values={})
