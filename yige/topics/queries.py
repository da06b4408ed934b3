"""Which topics wait for whom, and what everybody may read of one."""

from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from yige.topics.models import Milestone, Topic, TopicResult


def late_topics(user, at) -> QuerySet:
    """Return the topics on this person's desk that have a step whose day is over: the line of a desk and its rows."""
    return Topic.objects.minded_by(user, at).late(at)


class PublicTopic(NamedTuple):
    """What everybody reads of a topic: what the matter was, the steps, what came of it; no case, no reporter, no address."""

    topic: Topic
    steps: list[Milestone]
    results: list[TopicResult]
    is_back: bool


def public_topics() -> QuerySet:
    """Return the topics of which a result was published, the newest result first."""
    told = TopicResult.objects.filter(published_at__isnull=False).order_by("-published_at")
    rows = (
        Topic.objects.public()
        .select_related("owner")
        .prefetch_related(Prefetch("results", told, to_attr="told"))
    )
    return rows.order_by("-published_at", "-id")


def public_topic(topic) -> PublicTopic:
    """Return the published parts of a topic; steps that were set after the last result are not told yet."""
    steps = [step for step in topic.milestones.all() if step.done_at and step.done_at <= topic.published_at]
    return PublicTopic(topic, steps, topic.told, topic.is_open)
