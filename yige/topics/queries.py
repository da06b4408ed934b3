"""Which topics wait for whom, and what everybody may read of one."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from yige.topics.models import Milestone, Topic, TopicResult


def late_topics(user, at) -> QuerySet:
    """Return the topics on this person's desk that have a step whose day is over: the line of a desk and its rows."""
    return Topic.objects.minded_by(user, at).late(at)


class PublicTopic(NamedTuple):
    """What everybody reads of a topic: what the matter was, the steps, what came of it; no case, no reporter, no address.

    `told` says what the matter was, as it was published last: what was changed since waits for the next publication.
    """

    topic: Topic
    told: TopicResult
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


def told_on(lines) -> dict[str, UUID]:
    """Return {title: id} of the published topics that these lines of one reporter's page speak of."""
    told = [line.entry for line in lines if line.entry.verb == "tell_topic"]
    if not told:
        return {}
    cases, titles = {entry.case_id for entry in told}, {entry.said.get("topic") for entry in told}
    rows = TopicResult.objects.filter(
        published_at__isnull=False, topic__links__case__in=cases, title__in=titles
    )
    return dict(rows.order_by("published_at").values_list("title", "topic"))


def published_in(path, first, after) -> QuerySet:
    """Return the topics below a path of which a result was published from this moment up to that one."""
    told = Q(results__published_at__gte=first, results__published_at__lt=after)
    return public_topics().filter(told, path__startswith=path).distinct()


def public_topic(topic) -> PublicTopic:
    """Return the published parts of a topic; steps that were set after the last result are not told yet."""
    steps = [step for step in topic.milestones.all() if step.done_at and step.done_at <= topic.published_at]
    return PublicTopic(topic, topic.told[0], steps, topic.told, topic.is_open)
