"""A topic at work with a step, and one whose result is published: the values of the routes of topics."""

from datetime import timedelta

from tests.factories import life
from yige.lib.local_time import local_day
from yige.topics import actions

SAID = {"title": "路灯反复不亮", "words": "同一个路口的灯，修好不久又不亮，是老电缆进水。"}
RESULT = "换了全部电缆，一个月里没有再灭。"
NO_PAGE = ("topic_act", "topic_step")


def proposed(here, at, *, cases=None, area=None, owner=None, by=None, **said):
    """Propose a topic of lamps in the grid of the town, led by its team."""
    cases = cases or [life(here, "handling", at=at)]
    known = {"owner": owner or here.team_unit, "cases": cases, **SAID, **said}
    return actions.propose(area or here.grid, by=by or here.desk, at=at, **known)


def running(here, at, *, days=5, **said):
    """Bring a topic to work, with one step whose day comes in some days."""
    topic = proposed(here, at, **said)
    actions.set_milestone(
        topic, by=here.desk, at=at, step="换电缆", due_on=local_day(at) + timedelta(days=days)
    )
    return actions.agree(topic, by=here.street_head, at=at)


def written(here, at, **said):
    """Bring a topic to a written result."""
    topic = running(here, at, **said)
    actions.finish_milestone(topic.milestones.get(), by=here.grid_head, at=at, done="全部换好")
    return actions.write_result(topic, by=here.grid_head, at=at, result=RESULT)


def published(here, at, **said):
    """Bring a topic to a published result."""
    return actions.publish(written(here, at, **said), by=here.street_head, at=at)


BROUGHT = {"proposed": proposed, "running": running, "written": written, "published": published}


def own(here, at):
    """Return the values of the addresses of a topic at work, and of a published one."""
    topic, told = running(here, at), published(here, at, title="楼道灯反复不亮")
    step = topic.milestones.get()
    return {
        "console/topics/<uuid:pk>/": {"uuid:pk": topic.pk},
        "console/topics/<uuid:pk>/<slug:verb>/": {"uuid:pk": topic.pk, "slug:verb": "put_in"},
        "console/topics/steps/<uuid:pk>/<slug:verb>/": {"uuid:pk": step.pk, "slug:verb": "finish_milestone"},
        "topics/<uuid:pk>/": {"uuid:pk": told.pk},
    }


def parts(values, surface):
    """Return the values of the address of the page of a topic, by its name, for those who open every page in a browser."""
    address = "topics/<uuid:pk>/" if surface == "portal" else "console/topics/<uuid:pk>/"
    return {"topic": {"pk": values[address]["uuid:pk"]}}
