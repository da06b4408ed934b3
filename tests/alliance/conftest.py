from tests import factories
from tests.policy.volunteer_calls import neighbours
from tests.scenes import scene


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 4)
    return town
