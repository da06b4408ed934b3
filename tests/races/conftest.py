"""Threads on real connections that start at once; they keep their connections for the test and give them back."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests import factories
from yige.accounts.models import User
from yige.lib.refusals import Refusal

ACTORS = 8
_pools = []


@pytest.fixture
def here(transactional_db):
    _pools.append(ThreadPoolExecutor(ACTORS))
    yield factories.town()
    with _pools.pop() as pool:
        gone = threading.Barrier(ACTORS)
        list(pool.map(lambda _: (gone.wait(30), connections["default"].close()), range(ACTORS)))


def all_at_once(acts):
    """Run these functions at the same moment, each on its own connection; return what each gave or raised."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            connections["default"].ensure_connection()
            start.wait(30)
            return act()
        except Exception as error:
            return error

    return list(_pools[-1].map(run, acts))


def tally(results):
    """Count the results by their kind: "won", the status of a refusal, or the name of an error."""
    return Counter(kind_of(result) for result in results)


def kind_of(result):
    if isinstance(result, Refusal):
        return result.status
    return type(result).__name__ if isinstance(result, BaseException) else "won"


def fresh(person):
    """The same person in another browser."""
    return User.objects.get(pk=person.pk)


def put_back(*rows):
    """Put rows back to where they stood, so that a hundred rounds need one life."""
    for row in rows:
        values = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        values.pop("serial", None)
        type(row).objects.filter(pk=row.pk).update(**values)
