"""What the list of topics shows: which, in which order, and of each what is next."""

from typing import NamedTuple

from django.db.models import Count, Q

from yige.lib.local_time import local_day
from yige.topics.models import Milestone, Topic
from yige.topics.queries import late_topics
from yige.topics.words import TopicState

NOTHING = {
    "open": "现在没有专题。在“反复反映”里看到同一处同一件事，可以从那里提一个。",
    "late": "没有一步过了日子。",
    "ended": "还没有公布过结果的专题。",
}
TONES = {
    TopicState.PROPOSED: "care",
    TopicState.RUNNING: "accent",
    TopicState.WRITTEN: "accent",
    TopicState.PUBLISHED: "good",
}


class TopicRow(NamedTuple):
    """`step` is the first open step, late when its day is over."""

    topic: Topic
    tone: str
    count: int
    step: Milestone | None
    is_late: bool


def topics_shown(user, at, show):
    if show == "late":
        found = late_topics(user, at)
    else:
        found = Topic.objects.visible_to(user, at)
        found = found.open() if show == "open" else found.exclude(pk__in=Topic.objects.open().values("pk"))
    return found.select_related("owner").annotate(case_count=Count("links", filter=Q(links__taken_at=None)))


def topic_rows(topics, at):
    topics = list(topics)
    steps = {}
    for step in Milestone.objects.open().filter(topic__in=topics).order_by("due_on", "id"):
        steps.setdefault(step.topic_id, step)
    return [topic_row(topic, steps.get(topic.pk) if topic.is_open else None, at) for topic in topics]


def topic_row(topic, step, at):
    late = bool(step and step.due_on < local_day(at))
    return TopicRow(topic, TONES.get(topic.state, ""), topic.case_count, step, late)
