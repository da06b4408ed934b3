"""Every write to a deliberation after its result: objections and answers, the end of the publicity, steps, the feedback."""

from datetime import timedelta

from yige.audit.log import action
from yige.deliberation import telling
from yige.deliberation.ballots import waiting_vote
from yige.deliberation.gate import lock_deliberation, lock_step, settle_stage
from yige.deliberation.models import Deliberation, Objection, Step
from yige.deliberation.public_words import screen
from yige.deliberation.telling import shown_day
from yige.deliberation.words import TO_CARRY_OUT, Stage
from yige.lib.local_time import local_day, moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, TooOften

MOST_STEPS = 12
MOST_OBJECTIONS_OF_A_PERSON = 3
FARTHEST_STEP = timedelta(days=3 * 366)
A_DAY = 24 * 3600


@action("deliberation.object", makes=Objection)
def object_to(row, *, by, at, id, words, person=None) -> Objection:
    """Say another opinion while the result or the roll is shown, oneself or through the office."""
    row = lock_deliberation(row, "object", by, at)
    if row.stage == Stage.MET and not is_roll_open(row):
        raise Conflict("现在没有在公示的名册，也没有在公示的结果。")
    if row.stage == Stage.SHOWN and row.shown_until < at:
        raise Conflict(f"公示到 {shown_day(local_day(row.shown_until))} 就完了，不能再提。")
    if by.actor_kind == "resident":
        check_objector(row, person, by)
    if not words:
        raise NotSaid("还没有写。", words="请写一写您的意见和理由。")
    noted_by = by if by.actor_kind == "staff" else None
    made = Objection(id=id, deliberation=row, person=person, words=words, made_at=at, noted_by=noted_by)
    made.save(force_insert=True)
    settle_stage(row, "object", by=by, at=at)
    return made


def is_roll_open(row) -> bool:
    """Say whether a roll is written that no vote has frozen yet."""
    vote = waiting_vote(row)
    return vote is not None and vote.opened_at is None


def check_objector(row, person, by) -> None:
    if person is None or person.pk != by.person_id:
        raise NotAllowed("只能替自己提。")
    if row.objections.filter(person=person).count() >= MOST_OBJECTIONS_OF_A_PERSON:
        raise TooOften(f"同一件事最多提 {MOST_OBJECTIONS_OF_A_PERSON} 次，都会答复。", wait=A_DAY)


@action("deliberation.answer_objection")
def answer_objection(objection, *, by, at, gist, answer) -> Objection:
    """Answer another opinion; everybody reads what it was, in the office's words, and the answer."""
    row = lock_deliberation(objection.deliberation, "answer_objection", by, at)
    objection = Objection.objects.get(pk=objection.pk)
    if objection.answered_at:
        raise Conflict("这条意见已经答复过了。")
    screen({"gist": gist, "answer": answer}, [objection.words])
    objection.gist, objection.answer, objection.answered_at, objection.answered_by = gist, answer, at, by
    objection.save()
    telling.tell_objector(objection, at=at)
    settle_stage(row, "answer_objection", by=by, at=at, words=f"{gist}：{answer}")
    return objection


@action("deliberation.settle")
def end_publicity(row, *, by, at, seen=None) -> Deliberation:
    """End the publicity: seven days are over and every objection is answered."""
    row = lock_deliberation(row, "settle", by, at, seen)
    if row.shown_until >= at:
        raise NotSaid(f"公示到 {moment_words(row.shown_until, at)}，期满了才能定下来。")
    if waiting := row.objections.filter(answered_at=None).count():
        raise NotSaid(f"还有 {waiting} 条不同意见没有答复，答复了才能定下来。")
    return settle_stage(row, "settle", by=by, at=at, words=row.decisions.first().get_verdict_display())


@action("deliberation.take_back")
def take_back(row, *, by, at, why) -> Deliberation:
    """Deliberate anew, because an objection holds; what was decided stays in the record."""
    row = lock_deliberation(row, "take_back", by, at)
    screen({"why": why})
    return settle_stage(row, "take_back", by=by, at=at, words=why)


@action("deliberation.set_step", makes=Step)
def set_step(row, *, by, at, id, step, unit, due_on) -> Step:
    """Say what is done next, by which unit, by which day."""
    row = lock_deliberation(row, "set_step", by, at)
    check_step_day(due_on, at)
    if row.steps.count() >= MOST_STEPS:
        raise NotSaid("太多了。", step=f"一件议事最多定 {MOST_STEPS} 步。")
    screen({"step": step})
    made = Step(
        id=id,
        deliberation=row,
        words=step,
        unit=unit,
        due_on=due_on,
        first_due_on=due_on,
        set_at=at,
        set_by=by,
    )
    made.save(force_insert=True)
    telling.tell_unit(made, at=at)
    settle_stage(row, "set_step", by=by, at=at, words=f"{step}，{unit}，{shown_day(due_on)}以前")
    return made


def check_step_day(day, at) -> None:
    if day < local_day(at):
        raise NotSaid("这个日子已经过了。", due_on="请写今天或以后的日子。")
    if day - local_day(at) > FARTHEST_STEP:
        raise NotSaid("这个日子太远了。", due_on="请写三年以内的日子。")


@action("deliberation.move_step")
def move_step(step, *, by, at, due_on, why) -> Step:
    """Put a step on another day, with the reason; its first day stays."""
    row, step = lock_step(step, "move_step", by, at)
    check_step_day(due_on, at)
    if due_on == step.due_on:
        raise NotSaid("日子没有变。", due_on="请写另一个日子。")
    screen({"why": why})
    before, step.due_on, step.why_moved = step.due_on, due_on, why
    step.save()
    words = f"{step.words}：{shown_day(before)}改为{shown_day(due_on)}，{why}"
    settle_stage(row, "move_step", by=by, at=at, words=words)
    return step


@action("deliberation.finish_step")
def finish_step(step, *, by, at, done) -> Step:
    """Say that a step is done and what came of it."""
    row, step = lock_step(step, "finish_step", by, at)
    screen({"done": done})
    step.done_at, step.done_by, step.done_words = at, by, done
    step.save()
    settle_stage(row, "finish_step", by=by, at=at, words=f"{step.words}：{done}")
    return step


@action("deliberation.feed_back")
def feed_back(row, *, by, at, words) -> Deliberation:
    """Tell everybody in the area what came of it, when its steps are done."""
    row = lock_deliberation(row, "feed_back", by, at)
    if step := row.steps.open().first():
        raise NotSaid("还有一步没有办完。", words=f"“{step.words}”还没有办完，先写明办成什么样。")
    if row.decisions.first().verdict in TO_CARRY_OUT and not row.steps.exists():
        raise NotSaid("定了的事还没有办。", words="请先定一步：办什么、哪个单位、哪天以前。")
    screen({"words": words})
    return settle_stage(row, "feed_back", by=by, at=at, words=words)
