from tests import factories
from tests.scenes import scene
from tests.whistles.joint import joint_town


@scene
def here():
    """The small town, with a second office to call."""
    return joint_town(factories.town())
