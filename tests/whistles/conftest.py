from tests import factories
from tests.scenes import scene
from tests.whistles.joint import asked, joint_town, sounded
from yige.whistles.calling import CallAsked


@scene
def here():
    """The small town, with a second office to call."""
    return joint_town(factories.town())


@scene
def joint(here):
    """An emergency: a bureau leads, the water works and a firm without an account assist."""
    more = (
        CallAsked(here.water_unit, "assist", "送水"),
        CallAsked(here.property_unit, "assist", "开门", "李师傅"),
    )
    return sounded(here, trigger="emergency", calls=asked(here, *more))
