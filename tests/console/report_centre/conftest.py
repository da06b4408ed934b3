import pytest

from tests import factories


@pytest.fixture
def here(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.YIGE_SECOND_FACTOR = False
    return factories.town()


@pytest.fixture
def desk(client, here):
    client.force_login(here.desk)
    return client
