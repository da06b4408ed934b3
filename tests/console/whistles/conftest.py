from datetime import timedelta

from django.utils import timezone

from tests import factories
from tests.scenes import scene
from tests.whistles.joint import joint_town


@scene
def here():
    """The small town, with a second office to call."""
    return joint_town(factories.town())


@scene
def handled(here):
    """A case of some hours ago that a team handles."""
    return factories.life(here, "progressed", at=timezone.now().replace(microsecond=0) - timedelta(hours=5))
