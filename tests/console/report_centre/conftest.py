import pytest

from tests import factories
from tests.scenes import scene


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def here():
    return factories.town()


@pytest.fixture
def desk(client, here):
    client.force_login(here.desk)
    return client
