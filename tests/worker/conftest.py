from tests import factories
from tests.scenes import scene


@scene
def here():
    """A small town with one person for each role."""
    return factories.town()
