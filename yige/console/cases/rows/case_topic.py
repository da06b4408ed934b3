"""What the page of a case says of topics: the one that it belongs to, or those that it could be put into."""

from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef
from django.db.models.functions import Cast

from yige.accounts.scope import posts_with
from yige.cases.came_again import is_same_problem
from yige.cases.clusters import LEFT_OUT, NO_MATTER
from yige.cases.models import Case
from yige.cases.words import Nature
from yige.console.cases.rows.queue_topics import topic_of_case
from yige.topics.models import Topic, TopicCase

MOST_COMPARED = 60


class CaseTopic(NamedTuple):
    """`topic` is (id, title) of the one that the case belongs to; else `fits` are open ones of the place: (topic, is it alike)."""

    topic: tuple | None
    may_open: bool
    fits: list
    may_propose: bool


def topic_fields():
    """Return what says in the row of a case which topic it belongs to, and whether an open one lies over its place."""
    over = (
        Topic.objects.open()
        .alias(place=Cast(OuterRef("grid_path"), CharField()))
        .filter(place__startswith=F("path"))
    )
    return {
        "topic_id": topic_of_case("topic"),
        "topic_title": topic_of_case(),
        "topics_here": Exists(over),
    }


def topic_of_page(case, user, at):
    """Return what the page shows, or None where there is nothing to show or to do."""
    if case.topic_id:
        opens = Topic.objects.visible_to(user, at).filter(pk=case.topic_id).exists()
        return CaseTopic((case.topic_id, case.topic_title), opens, [], False)
    if case.nature == Nature.PERSONAL or case.state in NO_MATTER or case.category.parent.slug in LEFT_OUT:
        return None
    fits = topics_that_fit(case, user, at) if case.topics_here else []
    proposes = bool(posts_with(user, at, "propose_topics", case.grid_path))
    return CaseTopic(None, False, fits, proposes) if fits or proposes else None


def topics_that_fit(case, user, at):
    """Return the open topics over the place of a case that somebody works on, those of the same problem first."""
    topics = [row for row in Topic.objects.minded_by(user, at).open() if case.grid_path.startswith(row.path)]
    links = TopicCase.objects.filter(taken_at=None, topic__in=topics).order_by("-put_at")[:MOST_COMPARED]
    topic_of = dict(links.values_list("case", "topic"))
    cases = Case.objects.visible_to(user, at).filter(pk__in=topic_of).select_related("category")
    alike = {
        topic_of[other.pk] for other in cases.defer("grams", "search_text") if is_same_problem(case, other)
    }
    return sorted(((topic, topic.pk in alike) for topic in topics), key=lambda row: not row[1])
