"""The topic of a case, for the rows of the list and for its filter."""

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast

from yige.topics.models import Topic, TopicCase
from yige.topics.words import TopicState


def topic_of_case(field="topic__title"):
    """Return the title, or another field, of the topic that takes up a case, as an expression."""
    return Subquery(TopicCase.objects.filter(case=OuterRef("pk"), taken_at=None).values(field)[:1])


def narrow_to_topic(cases, topic):
    """Keep the cases of a topic."""
    links = TopicCase.objects.filter(topic=topic, taken_at=None)
    return cases.filter(pk__in=list(links.values_list("case", flat=True)))


def topics_to_choose(areas):
    """Return ("topic", id, title) of the topics in these areas, as rows of the one statement that asks for all choices."""
    below = Q(pk__in=[])
    for path in areas:
        below |= Q(path__startswith=path)
    found = Topic.objects.filter(below).exclude(state=TopicState.DROPPED).order_by()
    return found.values_list(Value("topic"), Cast("pk", CharField()), "title")
