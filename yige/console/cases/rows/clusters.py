"""What the list of clusters shows: each with the topic that takes it up, so that nobody makes a second one of it."""

from typing import NamedTuple

from yige.cases.clusters import Cluster
from yige.topics.models import Topic, TopicCase


class ClusterRow(NamedTuple):
    """`free` is how many of its cases are in no topic yet, `first` the case that a topic would be made from."""

    cluster: Cluster
    topics: list[Topic]
    free: int
    first: object


def cluster_rows(clusters):
    cases = [case.pk for cluster in clusters for case in cluster.cases]
    links = TopicCase.objects.filter(taken_at=None, case__in=cases).select_related("topic")
    topic_of = {link.case_id: link.topic for link in links}
    return [cluster_row(cluster, topic_of) for cluster in clusters]


def cluster_row(cluster, topic_of):
    topics = {topic.pk: topic for case in cluster.cases if (topic := topic_of.get(case.pk))}
    free = [case for case in cluster.cases if case.pk not in topic_of]
    return ClusterRow(cluster, list(topics.values()), len(free), next(iter(free), None))
