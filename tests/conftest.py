"""The database of the tests: one private cluster for a run, one database a worker."""

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

# A property is true or false, however busy the machine is that tries it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

CLUSTER = pytest.StashKey()
# The folders whose few tests take long. They begin a parallel run: at its end one of them would keep a single worker
# busy while the others have nothing left.
LONG = ("e2e", "ground", "crash", "core", "races", "demo", "policy")
TRUNCATE = 32  # the bit of pg_trigger.tgtype


def pytest_configure(config):
    """Start the tests' own cluster, unless DATABASE_URL names another server; workers use the first process's."""
    _let_the_flush_pass()
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL") or config.option.collectonly:
        return
    from config.launcher.postgres import Cluster
    from config.launcher.var import var_folder

    config.stash[CLUSTER] = Cluster(var_folder(), durable=False)
    config.stash[CLUSTER].start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):
        places = {name: place for place, name in enumerate(LONG)}
        items.sort(key=lambda item: places.get(item.nodeid.split("/")[1], len(LONG)))


@pytest.fixture(scope="session")
def struck_at_the_end(django_db_setup, django_db_blocker):
    """No scene outlives the run, or the database could not be dropped."""
    yield
    from tests.scenes import take_down

    with django_db_blocker.unblock():
        take_down()


def pytest_unconfigure(config):
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Copy the database of a worker from one that is migrated already."""
    from django.db import connection

    from tests.migrated_database import copy_in_turn, prepare_database

    with django_db_blocker.unblock():
        connection.settings_dict["TEST"] |= {"TEMPLATE": prepare_database(connection), "MIGRATE": False}
    copy_in_turn(connection.creation)


@pytest.fixture
def scenes(request, struck_at_the_end, django_db_blocker):
    from tests.scenes import raise_scenes, take_down

    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    with django_db_blocker.unblock():
        if commits or (marker and marker.kwargs.get("transaction")):
            take_down()
        else:
            raise_scenes(request.node)


@pytest.fixture
def _django_db_helper(scenes, _django_db_helper):
    """A test's own transaction begins in that of its scenes (`tests/scenes.py`)."""


@pytest.fixture(autouse=True)
def own_map():
    """Every test has a tree of its own, so the map that a process keeps ends with it."""
    yield
    if locate := sys.modules.get("yige.grids.locate"):
        locate.forget_map()


def _let_the_flush_pass():
    """After a transactional test the tables are emptied, the log too; nothing but this may pass its triggers."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **how):
        guarded = [self.quote_name(table) for table in _guarded(self.connection) if table in tables]
        open_, shut = (
            [f"ALTER TABLE {table} {act} TRIGGER USER;" for table in guarded] for act in ("DISABLE", "ENABLE")
        )
        return [*open_, *plain(self, style, tables, **how), *shut]

    DatabaseOperations.sql_flush = sql_flush


def _guarded(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgtype & %s <> 0",
            [TRUNCATE],
        )
        return [name.strip('"') for (name,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def nothing_kept():
    """What a process keeps for some seconds must not outlive the test that made it."""
    from yige.lib import short_cache

    short_cache.forget_all()
