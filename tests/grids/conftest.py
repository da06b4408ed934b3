import datetime
from types import SimpleNamespace

import pytest
import shapely

from yige.grids import actions


class Actor(SimpleNamespace):
    """Somebody who acts, as `accounts` describes it, without an account."""

    actor_kind, actor_id, label = "command", None, "命令行"

    def posts_at(self, at):
        return ()


NOON = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
KEEPER = Actor()
PASSER_BY = Actor(actor_kind="stranger")


def box(west, south, size=0.01):
    return shapely.to_wkb(shapely.box(west, south, west + size, south + size))


@pytest.fixture
def street(db):
    return actions.make(None, by=KEEPER, at=NOON, code="410106003", name="演示街道")


@pytest.fixture
def community(street):
    return actions.make(street, by=KEEPER, at=NOON, code="410106003004", name="演示社区")


@pytest.fixture
def grid(community):
    return actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-02", name="第二网格", shape=box(113.28, 34.80)
    )
