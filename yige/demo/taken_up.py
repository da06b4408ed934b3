"""What the demo takes up as topics: of what came together one with a published result, one at work."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from yige.accounts.models import Unit, UnitKind
from yige.cases.clusters import keep_clusters
from yige.cases.models import Case, KeptCluster
from yige.demo.month_bulletins import holder_of
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import Refusal
from yige.topics import actions
from yige.topics.models import Topic

IN_COMMON = "同一处先后几户说的是同一个毛病：每次都修了当场坏的那一样，没有查到根上，所以不久又来。"
STEP, DONE = "请专业单位查到根上，列出要换的", "查清了，要换的已经换完"
RESULT = "查到了根上的原因，该换的一次换完；以后每个季度由网格去看一次，看的日子写在巡查里。"


def take_up(now):
    """Count what came together, and make topics of the two largest, once."""
    keep_clusters(now)
    if Topic.objects.exists():
        return
    for kept, ends in zip(KeptCluster.objects.all()[:2], (True, False), strict=False):
        with suppress(Refusal), transaction.atomic():  # an invented name may be one that the screen refuses
            make_topic(kept, now, ends=ends)


def make_topic(kept, now, *, ends):
    """Bring the topic of one cluster to its result, or to work."""
    desk, head = (holder_of(role, now) for role in ("desk", "street_head"))
    grid = Grid.objects.current().get(path=kept.grid_path)
    owner = Unit.objects.filter(path=kept.grid_path, kind=UnitKind.GRID_TEAM, active=True).first()
    if owner is None:
        return
    cases = list(Case.objects.filter(pk__in=kept.case_ids).select_related("category").order_by("serial"))
    said = {"title": f"{grid.name}一带“{cases[0].category.label}”反复出现", "words": IN_COMMON}
    topic = actions.propose(grid, by=desk, at=now, owner=owner, cases=cases, **said)
    step = actions.set_milestone(topic, by=desk, at=now, step=STEP, due_on=local_day(now) + timedelta(days=5))
    topic = actions.agree(topic, by=head, at=now)
    if not ends:
        return
    actions.finish_milestone(step, by=desk, at=now, done=DONE)
    actions.publish(actions.write_result(topic, by=desk, at=now, result=RESULT), by=head, at=now)
