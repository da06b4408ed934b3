"""What a topic tells: each case a line that its reporter reads, the owner and the heads what is late or came back."""

from collections import Counter

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.audit import log
from yige.cases.came_again import is_same_problem
from yige.cases.clusters import MOST_COMPARED, matters
from yige.cases.models import Case
from yige.cases.move import write_side_line
from yige.lib.local_time import date_words, local_day
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind
from yige.topics.models import Milestone, Topic
from yige.topics.words import AT_WORK, TopicState


def tell_cases(topic, cases, sentence, *, by, at, result="") -> None:
    """Write the sentence on the timeline of each of these locked cases; whoever was merged into one of them reads it there."""
    line = sentence.format(title=topic.title, owner=topic.owner.name, result=result)
    here = {case.pk for case in cases}
    for case in cases:
        if case.leader_id not in here:
            write_side_line(case, "tell_topic", line, {"topic": topic.title}, by=by, at=at)


def tell_topics(at) -> Counter:
    """Tell what is late, and which published problem came back."""
    return tell_late_steps(at) + tell_came_back(at)


def tell_came_back(at) -> Counter:
    """Tell the owner and the heads, once, of a published topic that somebody reported the same problem since."""
    counted = Counter()
    topics = Topic.objects.filter(state=TopicState.PUBLISHED, came_back_at=None).select_related("owner")
    for topic in topics:
        if (case := came_back_with(topic)) is None:
            continue
        with transaction.atomic():
            log.write("topics.tell_back", by=CLOCK, at=at, kind=Topic._meta.label_lower, pk=topic.pk)
            Topic.objects.filter(pk=topic.pk).update(came_back_at=at)
            notices.tell_staff(
                readers_of(topic, at), kind="topic", title=f"专题“{topic.title}”公布以后又有人反映",
                body=f"{case.number} 说的看起来是同一个问题。请看看要不要重新办。", at=at,
                subject=Subject(SubjectKind.TOPIC, topic.pk),
            )  # fmt: skip
        counted["came_back"] += 1
    return counted


def came_back_with(topic) -> Case | None:
    """Return the first case that was reported after the publication and is the same problem as one of the topic."""
    rows = Case.objects.select_related("category").defer("grams", "search_text")
    known = rows.filter(topic_links__topic=topic, topic_links__taken_at=None)
    old = list(known.filter(reported_at__lte=topic.published_at).order_by("-serial")[:MOST_COMPARED])
    new = matters(rows.below(topic.path)).filter(reported_at__gt=topic.published_at).order_by("serial")
    return next((case for case in new if any(is_same_problem(other, case) for other in old)), None)


def tell_late_steps(at) -> Counter:
    """Tell the owner and the heads of each step that passed its day, once for each day it was given."""
    counted = Counter()
    with transaction.atomic():
        rows = Milestone.objects.late(at).filter(told_at=None, topic__state__in=AT_WORK)
        rows = rows.select_for_update(of=("self",), skip_locked=True).select_related("topic__owner")
        for row in rows.order_by("due_on", "id"):
            log.write("topics.tell_late", by=CLOCK, at=at, kind=Milestone._meta.label_lower, pk=row.pk)
            readers = readers_of(row.topic, at)
            notices.tell_staff(
                readers, kind="topic", title=f"专题“{row.topic.title}”有一步过了日子",
                body=f"“{row.words}”原定{date_words(row.due_on)}以前。请写明办成什么样，或者写明理由改日子。",
                at=at, subject=Subject(SubjectKind.TOPIC, row.topic_id),
            )  # fmt: skip
            row.told_at = at
            row.save(update_fields=["told_at"])
            counted.update(steps=1, notices=len(readers))
    return counted


def readers_of(topic, at) -> list:
    """Return the ids of who works on it: the people of the unit that leads it, and the heads who decide over just its place."""
    held = Post.objects.held_on(local_day(at)).filter(user__is_active=True)
    owners = held.filter(unit=topic.owner, role__in=having("work_on_topics"))
    heads = held.filter(path=topic.path, role__in=having("decide_topics")) or held.over(topic.path).filter(
        role__in=having("decide_topics")
    )
    return sorted({post.user_id for post in (*owners, *heads)})
