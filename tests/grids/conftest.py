import datetime
from types import SimpleNamespace

import shapely

from tests.scenes import scene
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


@scene
def street():
    return actions.make(None, by=KEEPER, at=NOON, code="410106003", name="演示街道")


@scene
def community(street):
    return actions.make(street, by=KEEPER, at=NOON, code="410106003004", name="演示社区")


@scene
def grid(community):
    return actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-02", name="第二网格", shape=box(113.28, 34.80)
    )
