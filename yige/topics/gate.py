"""What every verb of a topic goes through: lock the topic, ask the table, act, count, write the history, tell.

A topic is locked before its cases, and these in the order of their ids.
"""

from yige.accounts.scope import posts_of, posts_with
from yige.cases.models import Case
from yige.cases.screening import faults_of, heard_of, names_of
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.topics import telling, topic_moves
from yige.topics.models import Milestone, Topic, TopicLine

MISSING_WORDS = "请填写这一项。"


def standings(by, topic, at) -> set:
    """Return how somebody stands to a topic."""
    if by.actor_kind != "staff":
        return set()
    names = (("desk", "propose_topics"), ("head", "decide_topics"))
    held = {name for name, capability in names if posts_with(by, at, capability, topic.path)}
    owns = any(post.unit_id == topic.owner_id and post.may("work_on_topics") for post in posts_of(by, at))
    return held | ({"owner"} if owns else set())


def lock(topic, verb, by, at, seen=None) -> Topic:
    """Lock the topic, read it again and ask the table."""
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    row.owner = type(row.owner).objects.get(pk=row.owner_id)
    held = standings(by, row, at)
    refusal = topic_moves.verdict_on_topic(verb, row.state, held)
    if refusal == "who":
        raise NotAllowed(topic_moves.why_topic_refuses(verb, row.state, held))
    if refusal == "state":
        raise Conflict(topic_moves.why_topic_refuses(verb, row.state, held))
    if seen is not None and str(seen) != str(row.version):
        raise Conflict("您打开页面之后，这个专题有了变化。请看过再办。")
    return row


def lock_step(row, verb, by, at) -> tuple[Topic, Milestone]:
    topic = lock(row.topic, verb, by, at)
    row = Milestone.objects.get(pk=row.pk)
    if row.done_at:
        raise Conflict("这一步已经办完了。")
    return topic, row


def lock_cases(cases) -> list[Case]:
    """Lock these cases in the order of their ids and return them as they are now, with their categories."""
    ids = [case.pk for case in cases]
    locked = list(Case.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    rows = {case.pk: case for case in Case.objects.filter(pk__in=ids).select_related("category__parent")}
    return [rows[case.pk] for case in locked]


def cases_of(topic) -> list[Case]:
    return list(Case.objects.filter(topic_links__topic=topic, topic_links__taken_at=None).order_by("pk"))


def cases_ever_of(topic) -> list[Case]:
    """Return its cases and those that were taken out: whose words were read here is not told of either."""
    return list(Case.objects.filter(topic_links__topic=topic).distinct().order_by("pk"))


def workers_on(topic) -> list[str]:
    return list(topic.lines.values_list("by__name", flat=True).order_by().distinct())


def settle_topic(topic, verb, *, by, at, words="", result="", tell=True) -> Topic:
    """Apply what the row says, write the history, tell the reporters what the row tells them."""
    row = topic_moves.BY_VERB[verb]
    topic.state = row.to or topic.state
    topic.version += 1
    topic.save()
    write_line(topic, verb, by=by, at=at, words=words)
    if row.public and tell:
        telling.tell_cases(topic, lock_cases(cases_of(topic)), row.public, by=by, at=at, result=result)
    return topic


def write_line(topic, verb, *, by, at, words="") -> TopicLine:
    post = next(
        (post for post in posts_of(by, at) if post.covers(topic.path) or post.unit_id == topic.owner_id), None
    )
    unit = post.unit.name if post else ""
    return TopicLine.objects.create(topic=topic, at=at, verb=verb, by=by, unit=unit, words=words[:1000])


def writers_of(topic) -> set:
    """Return the ids of all who wrote anything of the result that waits."""
    lines = topic.lines.filter(verb="write_result")
    if topic.published_at:
        lines = lines.filter(at__gt=topic.published_at)
    return set(lines.values_list("by", flat=True))


def screen_topic(topic, texts) -> None:
    """Refuse in words that everybody may come to read what tells of its cases or of who worked on it."""
    screen(texts, cases_ever_of(topic), workers_on(topic))


def screen_reason(field, text) -> None:
    """Refuse a reason that tells who somebody is: it is read by all who see the topic, also without the case."""
    if faults := faults_of(text):
        raise NotSaid("不能这样写。", **{field: "".join(faults)})


def screen(texts, cases, staff=()) -> None:
    """Refuse what may tell who somebody is, or was copied from a reporter, at the field where it stands."""
    cases = list(
        Case.objects.filter(pk__in=[case.pk for case in cases]).select_related(
            "handler", "handed_by", "reported_by"
        )
    )
    heard = [words for case in cases for words in heard_of(case)]
    names = [*staff, *(name for case in cases for name in names_of(case))]
    wrong = {}
    for field, text in texts.items():
        if not text:
            wrong[field] = MISSING_WORDS
        elif faults := faults_of(text, heard=heard if field != "title" else (), names=names):
            wrong[field] = "".join(faults)
    if wrong:
        raise NotSaid("不能这样写。", **wrong)
