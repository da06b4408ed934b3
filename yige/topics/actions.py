"""Every write to a topic.

A topic changes no case: it writes a line on the timeline of each, which its reporter is told of, and nothing else.
"""

from yige.audit.log import action
from yige.lib.local_time import date_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.lib.typed_text import shorten
from yige.topics import telling, topic_moves
from yige.topics.gate import (
    cases_of,
    lock,
    lock_cases,
    lock_step,
    screen,
    screen_reason,
    screen_topic,
    settle_topic,
    write_line,
    writers_of,
)
from yige.topics.models import Milestone, Topic, TopicCase, TopicResult
from yige.topics.topic_checks import check_area, check_case, check_day, check_owner, refuse_taken
from yige.topics.words import AT_WORK

MOST_CASES = 200
MOST_MILESTONES = 12
PLACES = {"title": "题目", "words": "共同的地方", "result": "结果"}
SHOWN_RESULT = 120  # characters of a result on the timeline of a case; the whole stands on its page


@action("topics.propose", makes=Topic)
def propose(area, *, by, at, id, title, words, owner, cases) -> Topic:
    """Propose that these cases are taken up as one problem of an area; a head decides."""
    check_area(area, by, at)
    check_owner(owner)
    locked = lock_cases(cases)
    if not locked:
        raise NotSaid("还没有选事项。", cases="请至少选一件。")
    if len(locked) > MOST_CASES:
        raise NotSaid("太多了。", cases=f"一个专题最多 {MOST_CASES} 件。")
    for case in locked:
        check_case(case, area.path, "cases")
    refuse_taken(locked)
    screen({"title": title, "words": words}, locked, [by.name])
    topic = Topic(
        id=id,
        path=area.path,
        area=area.name,
        title=title,
        words=words,
        owner=owner,
        proposed_at=at,
        proposed_by=by,
    )
    topic.save(force_insert=True)
    TopicCase.objects.bulk_create(TopicCase(topic=topic, case=case, put_at=at, put_by=by) for case in locked)
    write_line(topic, "propose", by=by, at=at, words=f"{len(locked)} 件事项，由{owner}牵头")
    return topic


@action("topics.agree")
def agree(topic, *, by, at, seen=None) -> Topic:
    """Take the topic up: from now on its steps count, and the reporters of its cases know of it."""
    topic = lock(topic, "agree", by, at, seen)
    if not topic.milestones.open().exists():
        raise NotSaid("还没有定一步。请先写明第一步办什么、哪天以前。")
    if not topic.links.filter(taken_at=None).exists():
        raise NotSaid("这个专题里一件事项也没有，请先加进来。")
    topic.agreed_at = topic.agreed_at or at
    return settle_topic(topic, "agree", by=by, at=at)


@action("topics.change")
def change(topic, *, by, at, title, words, owner, why, seen=None) -> Topic:
    """Say it better, or let another unit lead it; with the reason."""
    topic = lock(topic, "change", by, at, seen)
    if owner != topic.owner:
        check_owner(owner)
    screen_topic(topic, {"title": title, "words": words})
    screen_reason("why", why)
    before = topic.owner
    topic.title, topic.words, topic.owner = title, words, owner
    led = f"；牵头单位由{before}改为{owner}" if before != owner else ""
    return settle_topic(topic, "change", by=by, at=at, words=why + led)


@action("topics.put_in")
def put_in(topic, *, by, at, cases) -> Topic:
    """Add cases that are the same problem."""
    topic = lock(topic, "put_in", by, at)
    locked = lock_cases(cases)
    if not locked:
        raise NotSaid("还没有选事项。", number="请写一个事项编号。")
    if topic.links.filter(taken_at=None).count() + len(locked) > MOST_CASES:
        raise NotSaid("太多了。", number=f"一个专题最多 {MOST_CASES} 件。")
    for case in locked:
        check_case(case, topic.path, "number")
    refuse_taken(locked, "number")
    TopicCase.objects.bulk_create(TopicCase(topic=topic, case=case, put_at=at, put_by=by) for case in locked)
    if topic.state in AT_WORK:
        telling.tell_cases(topic, locked, topic_moves.JOINED, by=by, at=at)
    return settle_topic(topic, "put_in", by=by, at=at, words="、".join(case.number for case in locked))


@action("topics.take_out")
def take_out(topic, *, by, at, case, reason) -> Topic:
    """Take out a case that is another problem; the reason stays."""
    topic = lock(topic, "take_out", by, at)
    link = topic.links.filter(taken_at=None, case=case).first()
    if link is None:
        raise Conflict("这件事已经不在这个专题里了。")
    if not reason:
        raise NotSaid("请写理由。", reason="请写明为什么不是同一个问题。")
    screen_reason("reason", reason)
    link.taken_at, link.taken_by, link.reason = at, by, reason
    link.save()
    if topic.state in AT_WORK:
        telling.tell_cases(topic, lock_cases([case]), topic_moves.PARTED, by=by, at=at)
    return settle_topic(topic, "take_out", by=by, at=at, words=f"{case.number}：{reason}")


@action("topics.set_milestone", makes=Milestone)
def set_milestone(topic, *, by, at, id, step, due_on) -> Milestone:
    """Say what is done next, by which day."""
    topic = lock(topic, "set_milestone", by, at)
    check_day(due_on, at)
    if topic.milestones.count() >= MOST_MILESTONES:
        raise NotSaid("太多了。", step=f"一个专题最多定 {MOST_MILESTONES} 步。")
    screen_topic(topic, {"step": step})
    row = Milestone(id=id, topic=topic, words=step, due_on=due_on, first_due_on=due_on, set_at=at, set_by=by)
    row.save(force_insert=True)
    settle_topic(topic, "set_milestone", by=by, at=at, words=f"{step}，{date_words(due_on)}以前")
    return row


@action("topics.move_milestone")
def move_milestone(row, *, by, at, due_on, why) -> Milestone:
    """Put a step on another day, with the reason; its first day stays."""
    topic, row = lock_step(row, "move_milestone", by, at)
    check_day(due_on, at)
    if due_on == row.due_on:
        raise NotSaid("日子没有变。", due_on="请写另一个日子。")
    screen_reason("why", why)
    before, row.due_on, row.why_moved, row.told_at = row.due_on, due_on, why, None
    row.save()
    words = f"{row.words}：{date_words(before)}改为{date_words(due_on)}，{why}"
    settle_topic(topic, "move_milestone", by=by, at=at, words=words)
    return row


@action("topics.finish_milestone")
def finish_milestone(row, *, by, at, done) -> Milestone:
    """Say that a step is done and what came of it."""
    topic, row = lock_step(row, "finish_milestone", by, at)
    screen_topic(topic, {"done": done})
    row.done_at, row.done_by, row.done_words = at, by, done
    row.save()
    settle_topic(topic, "finish_milestone", by=by, at=at, words=f"{row.words}：{done}")
    return row


@action("topics.write_result")
def write_result(topic, *, by, at, result) -> Topic:
    """Write what came of it, in words for everybody; somebody else publishes it."""
    topic = lock(topic, "write_result", by, at)
    if step := topic.milestones.open().first():
        raise NotSaid("还有一步没有办完。", result=f"“{step.words}”还没有办完，先写明办成什么样，再写结果。")
    screen_topic(topic, {"result": result})
    row = topic.results.filter(published_at=None).first() or TopicResult(topic=topic)
    row.words, row.written_at, row.written_by = result, at, by
    row.save()
    return settle_topic(topic, "write_result", by=by, at=at, words=result)


@action("topics.send_back")
def return_result(topic, *, by, at, why) -> Topic:
    """Give a written result back to those who wrote it, with what is to be changed."""
    topic = lock(topic, "send_back", by, at)
    screen_reason("why", why)
    return settle_topic(topic, "send_back", by=by, at=at, words=why)


@action("topics.publish")
def publish(topic, *, by, at, seen=None) -> Topic:
    """Show the result to everybody, as somebody who wrote nothing of it; each reporter is told once."""
    topic = lock(topic, "publish", by, at, seen)
    if by.pk in writers_of(topic):
        raise NotAllowed("自己写过的结果，要由另一位网格长来公布。")
    row = topic.results.filter(published_at=None).get()
    refuse_publishing(topic, row)
    row.published_at, row.published_by = at, by
    row.title, row.problem = topic.title, topic.words
    row.save()
    topic.published_at, topic.came_back_at = at, None
    return settle_topic(topic, "publish", by=by, at=at, result=shorten(row.words, SHOWN_RESULT))


def refuse_publishing(topic, result) -> None:
    """Screen once more all that the verb shows to everybody; a button has no fields, so that the refusal names them."""
    texts = {"title": topic.title, "words": topic.words, "result": result.words}
    try:
        screen_topic(topic, texts)
    except NotSaid as refusal:
        told = "".join(f"{PLACES[field]}：{fault}" for field, fault in refusal.fields.items())
        raise NotSaid(f"还不能公布。{told}请退回去改。", **refusal.fields) from None


@action("topics.drop")
def drop(topic, *, by, at, why) -> Topic:
    """Give the topic up, with the reason; its cases are free for another."""
    topic = lock(topic, "drop", by, at)
    screen_reason("why", why)
    if topic.state in AT_WORK:
        telling.tell_cases(
            topic, lock_cases(cases_of(topic)), topic_moves.BY_VERB["drop"].public, by=by, at=at
        )
    topic.links.filter(taken_at=None).update(taken_at=at, taken_by=by, reason="专题不办了")
    return settle_topic(topic, "drop", by=by, at=at, words=why, tell=False)


@action("topics.reopen")
def reopen(topic, *, by, at, case, why) -> Topic:
    """Take a published topic up anew, because the same problem came back: `case` is the one that says so."""
    topic = lock(topic, "reopen", by, at)
    found = lock_cases([case] if case else [])
    if not found or found[0].reported_at <= topic.published_at:
        raise NotSaid("请另选一件。", number="请写公布结果以后才反映的一件事的编号。")
    check_case(found[0], topic.path, "number")
    screen_reason("why", why)
    if not topic.links.filter(taken_at=None, case=found[0]).exists():
        refuse_taken(found, "number")
        TopicCase.objects.create(topic=topic, case=found[0], put_at=at, put_by=by)
    topic.came_back_at = None
    return settle_topic(topic, "reopen", by=by, at=at, words=f"{found[0].number}：{why}")
