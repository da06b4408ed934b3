"""Scenes: what many tests begin with is built once in an outer transaction; each test gets a copy and undoes its own acts.

A scene is a fixture that builds rows out of nothing but other scenes:

    @scene
    def here():
        return factories.town()

    @scene
    def lamps(here):
        here.lamps = [life(here, "handling") for _ in range(3)]
        return here

Before each test the scenes it asks for stand, one savepoint on the other, and no others. Tests that follow one another
on the same scenes share them; before a test that asks for none, or that commits, all are taken down.
"""

import copy
import inspect
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.db import transaction

_standing = []  # from the ground up: the builder, its savepoint, and what each builder up to here returned
COPIES = pytest.StashKey()


def scene(build):
    """Return the fixture of a scene. Its builder gets copies of the scenes below, by their names."""
    below = tuple(inspect.signature(build).parameters)

    def fixture(request, **asked):
        item = request.node
        if not _standing:  # a test that commits builds for itself
            return build(*(asked[name] for name in below))
        if COPIES not in item.stash:  # together, so that one row in two scenes is one object for the test too
            item.stash[COPIES] = copy.deepcopy(_standing[-1].values)
        return item.stash[COPIES][build]

    kind = inspect.Parameter.KEYWORD_ONLY
    fixture.__signature__ = inspect.Signature(
        [inspect.Parameter(name, kind) for name in ("request", "db", *below)]
    )
    fixture.__name__, fixture.__doc__, fixture.__module__ = build.__name__, build.__doc__, build.__module__
    fixture.build = build
    return pytest.fixture(fixture)


def raise_scenes(item):
    """Let the scenes stand that this test asks for, and no others."""
    wanted = _wanted(item)
    kept = 0
    for level, (build, _) in zip(_standing, wanted, strict=False):
        if level.build is not build:
            break
        kept += 1
    _down_to(kept)
    for build, below in wanted[kept:]:
        _raise(build, below)


def take_down():
    """Undo every scene that stands."""
    _down_to(0)


def _wanted(item):
    """Return [(builder, builders of its arguments)] of the scenes of a test, those below first."""
    definitions = item._fixtureinfo.name2fixturedefs
    found = {}

    def add(name, turn=-1):
        mine = definitions.get(name, ())
        if len(mine) < -turn:
            return None
        below = [
            add(other, turn - 1 if other == name else -1) for other in mine[turn].argnames
        ]  # a fixture that asks for its own name means the one it stands in front of
        build = getattr(mine[turn].func, "build", None)
        if build and build not in found:
            found[build] = [one for one in below if one]
        return build

    for name in item.fixturenames:
        add(name)
    return list(found.items())


def _raise(build, below):
    with ExitStack() as undo:
        ground = transaction.atomic()
        ground._from_testcase = (
            True  # as that of a test: what must be the outermost transaction may begin in it
        )
        undo.enter_context(ground)
        undo.callback(transaction.set_rollback, True)
        values = copy.deepcopy(_standing[-1].values) if _standing else {}
        values[build] = build(*(values[one] for one in below))
        _standing.append(SimpleNamespace(build=build, undo=undo.pop_all(), values=values))


def _down_to(kept):
    while len(_standing) > kept:
        _standing.pop().undo.close()
