from django.core.cache import cache

from tests import factories
from tests.scenes import scene


@scene
def here():
    """A small town, and nobody has tried a password yet."""
    cache.clear()
    return factories.town()
