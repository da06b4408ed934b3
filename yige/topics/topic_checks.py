"""What is refused before anything is written: a place, a unit, a case, a day that cannot stand."""

from datetime import timedelta

from yige.accounts.models import UnitKind
from yige.accounts.scope import posts_with
from yige.cases.clusters import LEFT_OUT, NO_MATTER
from yige.cases.words import Nature
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.topics.models import TopicCase

FARTHEST_DAY = timedelta(days=366)
NOT_LEADING = (UnitKind.STATION,)


def check_area(area, by, at) -> None:
    if not posts_with(by, at, "propose_topics", area.path):
        raise NotAllowed("专题由这个范围的事件处置岗、一级或二级网格长来提。")


def check_owner(owner) -> None:
    if not owner.active or owner.kind in NOT_LEADING:
        raise NotSaid("请另选。", owner="这个单位不能牵头，请另选一个在用的单位。")


def check_case(case, path, field) -> None:
    """Refuse a case that is no public matter of the area."""
    if not case.grid_path.startswith(path):
        raise NotSaid("请另选。", **{field: f"{case.number} 不在这个专题的范围里。"})
    if case.nature == Nature.PERSONAL or case.category.parent.slug in LEFT_OUT:
        raise NotSaid("请另选。", **{field: f"{case.number} 是个人、邻里之间或帮扶的事，不进专题。"})
    if case.state in NO_MATTER:
        raise NotSaid("请另选。", **{field: f"{case.number} 没有受理或已经撤回。"})


def refuse_taken(cases, field="cases") -> None:
    """Refuse cases that a topic takes up already, naming it."""
    link = TopicCase.objects.filter(taken_at=None, case__in=cases).select_related("topic", "case").first()
    if link:
        sentence = f"{link.case.number} 已经列在专题“{link.topic.title}”里，一件事只在一个专题里。"
        raise Conflict(sentence, **{field: sentence})


def check_day(day, at) -> None:
    today = local_day(at)
    if day < today:
        raise NotSaid("这个日子已经过了。", due_on="请写今天或以后的日子。")
    if day - today > FARTHEST_DAY:
        raise NotSaid("这个日子太远了。", due_on="请写一年以内的日子。")
