"""The database of the tests: one private cluster for a run, one database a worker."""

import os

import pytest

CLUSTER = pytest.StashKey()


def pytest_configure(config):
    """Start the tests' own cluster, unless DATABASE_URL names another server; workers use the first process's."""
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL") or config.option.collectonly:
        return
    from config.launcher.postgres import Cluster
    from config.launcher.var import var_folder

    config.stash[CLUSTER] = Cluster(var_folder(), durable=False)
    config.stash[CLUSTER].start()


def pytest_unconfigure(config):
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()
