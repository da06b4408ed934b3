"""The demo's ground, laid once for a module inside a transaction that is rolled back."""

from contextlib import contextmanager
from datetime import datetime

import pytest
from django.conf import settings
from django.db import transaction

from tests.scenes import take_down
from yige.demo import fill_cases, grids_and_accounts
from yige.lib.local_time import SHANGHAI

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def demo_ground(django_db_setup, django_db_blocker, tmp_path_factory):
    """Lay the ground with the texts that the project ships; each test of the module works in a savepoint."""
    with shipped_texts(tmp_path_factory.mktemp("demo")), django_db_blocker.unblock():
        take_down()  # a ground laid on a scene would go with it
        with transaction.atomic():
            fill_cases.begin()
            grids_and_accounts.lay(NOW)
            yield NOW
            take_down()
            transaction.set_rollback(True)


@contextmanager
def shipped_texts(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "YIGE_TEXTS", str(folder))
        patch.setattr(settings, "MEDIA_ROOT", folder / "media")
        yield
