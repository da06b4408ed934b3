"""What a called unit does and what the street says to it: sign, contact, arrive, deliver, confirm, release, assess."""

from datetime import timedelta

from yige.accounts.roles import having
from yige.cases import queries as cases
from yige.cases.public_lines import in_words
from yige.duty_list import actions as duties
from yige.lib.refusals import Conflict, NotSaid, Refusal
from yige.whistles import call_moves, calling, gate, limits
from yige.whistles.gate import call_act, check_text
from yige.whistles.models import CallLink, Dispute, PlanStep
from yige.whistles.words import NO_TRACE, ReleaseReason, Ruling

LONGEST_PERSON, LONGEST_LINE = 100, 200
FARTHEST_PROMISE = timedelta(days=366)


@call_act
def sign(call, *, by, at, person) -> None:
    """Take the call: who comes and how to reach whom."""
    call.person = check_text(person, "person", longest=LONGEST_PERSON)


@call_act
def contact(call, *, by, at, person, discussed, measure, until) -> dict[str, str]:
    """Agree with the street: who, with whom it was discussed, what measure, until when (the four elements)."""
    call.person = check_text(person, "person", longest=LONGEST_PERSON)
    call.discussed = check_text(discussed, "discussed", longest=LONGEST_LINE)
    call.measure = check_text(measure, "measure")
    set_until(call, until, at)
    calling.tell_street(
        call.whistle, f"{call.unit}来联系了", at=at, roles=having("whistle"), body=call.measure
    )
    return {"until": in_words(until)}


def set_until(call, until, at) -> None:
    check_until(until, at)
    call.until, call.first_until = until, call.first_until or until


def check_until(until, at) -> None:
    """Refuse to promise a day that is over, or one that is more than a year off."""
    if until <= at:
        raise NotSaid("这个日子已经过了。", until="请写今天或以后的日子。")
    if until > at + FARTHEST_PROMISE:
        raise NotSaid("这个日子太远了。", until="最多写到一年以后。更久的请分成几步写进计划。")


@call_act
def arrive(call, *, by, at, words) -> None:
    """Say that the unit is on site, and what it found; no position, no compelled photo."""
    check_text(words, "words")


@call_act
def note_progress(call, *, by, at, words, until=None) -> None:
    """Say how it is going; and, where that is known now, until when it will be done."""
    check_text(words, "words")
    if until is not None:
        set_until(call, until, at)


def disputes_of(call) -> list[Dispute]:
    """Return the disputes about a call; a page has fetched them for all calls already."""
    return call.all_disputes if hasattr(call, "all_disputes") else list(call.disputes.all())


def open_dispute_of(call) -> Dispute | None:
    return next((dispute for dispute in disputes_of(call) if dispute.decided_at is None), None)


def open_steps_of(call) -> list[PlanStep]:
    """Return the steps of the plan that are still asked of the unit of a call."""
    whistle = call.whistle
    steps = whistle.all_steps if hasattr(whistle, "all_steps") else list(whistle.steps.all())
    return [step for step in steps if step.unit_id == call.unit_id and step.is_open]


def check_deliver(call, by, at) -> None:
    """Refuse to call the part done while steps of the plan are not."""
    if any(step.done_at is None for step in open_steps_of(call)):
        raise Conflict("计划里还有这家单位没做完的步骤，请先一步一步写明做完了。")


@call_act(guard=check_deliver)
def deliver(call, *, by, at, words) -> None:
    """Say that its part is done, and how; its steps of the plan have to be done too."""
    check_text(words, "words")
    calling.tell_street(
        call.whistle, f"{call.unit}说办完了，等街道看", at=at, roles=having("whistle"), body=words
    )


def check_refuse_duty(call, by, at) -> None:
    if open_dispute_of(call):
        raise Conflict("已经说过不是这家单位的事，正等一级网格长来定。")
    if any(dispute.ruling == Ruling.STAYS for dispute in disputes_of(call)):
        raise Conflict("一级网格长已经定了由这家单位来办。有困难请写在进展里。")


@call_act(guard=check_refuse_duty)
def refuse_duty(call, *, by, at, words, basis="", suggested=None) -> None:
    """Say that it is not this unit's duty, and whose it is; the level-1 head decides while the clock goes on."""
    words = check_text(words, "words")
    decide_until = limits.decide_until(call.whistle.trigger, at, cases.work_calendar())
    Dispute.objects.create(
        call=call, at=at, words=words, basis=(basis or "").strip()[:LONGEST_LINE], suggested=suggested, decide_until=decide_until
    )  # fmt: skip
    calling.tell_street(
        call.whistle, f"{call.unit}说不是它的事，请定", at=at, roles=having("decide_hard_cases"), body=words
    )


def check_decide_duty(call, by, at) -> None:
    if open_dispute_of(call) is None:
        raise Conflict("没有等着定的争议，也许已经定过了。")


@call_act(guard=check_decide_duty)
def decide_duty(call, *, by, at, ruling, words, instead=None, reached="") -> dict[str, str]:
    """Decide whose duty it is: it stays, the unit is released, or another one is called in its place."""
    words = check_text(words, "words")
    check_instead(call, ruling, instead)
    open_dispute = call.disputes.get(decided_at=None)
    open_dispute.decided_at, open_dispute.decided_by = at, by
    open_dispute.ruling, open_dispute.decision = ruling, words
    open_dispute.save()
    if ruling != Ruling.STAYS:
        check_links_answered(call)
        gate.end_call(call, ReleaseReason.NOT_THEIRS, at)
        drop_steps(call, at, "这家单位不用来了")
    if ruling == Ruling.OTHER:
        call_instead(call, instead, reached, at)
    if ruling != Ruling.RELEASED:
        lead = call.unit if ruling == Ruling.STAYS else instead
        duties.propose_from(call.whistle.case, lead, by=by, at=at, basis=f"联办中由一级网格长定：{words}")
    told = "由你们来办" if ruling == Ruling.STAYS else "不用你们来了"
    calling.tell_unit(call, at=at, words=f"定了：{told}", kind="whistle_told", body=words)
    return {"outcome": call_moves.RULING_LINES[ruling].format(unit=call.unit, instead=instead)}


def check_instead(call, ruling, instead) -> None:
    """Refuse a decision for another unit that names none, and one that names a unit which it does not call."""
    if ruling == Ruling.OTHER and (instead is None or instead.pk == call.unit_id):
        raise NotSaid("请选改请哪家单位。", instead="请选一家单位。")
    if ruling != Ruling.OTHER and instead is not None:
        raise NotSaid("两处对不上。", instead=f"只有定为“{Ruling.OTHER.label}”才选。")


def call_instead(call, instead, reached, at) -> None:
    """Call another unit to the part of one that is released, unless it is there already."""
    calling.check_not_called(call.whistle, instead, field="instead")
    call.save()  # the part of who leads is free before somebody else takes it
    one = calling.CallAsked(instead, call.part, call.asked, reached)
    calling.check_call(one, at, field="instead")
    calling.make_calls(call.whistle, [one], at)


def drop_steps(call, at, words) -> None:
    """Drop what the plan still asks of a unit that is released; it says why."""
    open_steps = call.whistle.steps.filter(unit=call.unit_id, accepted_at=None, dropped_at=None)
    open_steps.update(dropped_at=at, dropped_words=words)


def check_no_dispute(call, by, at) -> None:
    """Refuse to settle by another way what the level-1 head has to decide."""
    if open_dispute_of(call):
        raise Conflict("这家单位说不是它的事，先由一级网格长来定。")


def check_links_answered(call) -> None:
    """Refuse to end a part while something that its unit said by a one-time link has been read by nobody."""
    answers = (getattr(link, "answered", None) for link in links_of(call))
    if any(answer and answer.decided_at is None for answer in answers):
        raise Conflict("这家单位用链接来的答复还没有处理，请先看过，照此记下或者退回。")


def links_of(call) -> list[CallLink]:
    """Return the one-time links of a call with what came by them; a page has fetched them for all calls already."""
    return call.all_links if hasattr(call, "all_links") else list(call.links.select_related("answered"))


def check_release(call, by, at) -> None:
    check_no_dispute(call, by, at)
    check_links_answered(call)


def check_confirm(call, by, at) -> None:
    """Refuse to accept a part whose steps are not accepted."""
    check_release(call, by, at)
    if open_steps_of(call):
        raise Conflict("计划里还有这家单位的步骤没有认可，请先看过每一步。")


@call_act(guard=check_confirm)
def confirm(call, *, by, at, words="") -> None:
    """Accept what the unit delivered."""
    calling.tell_unit(call, at=at, words="街道认可了", kind="whistle_told", body=words)


@call_act
def turn_back(call, *, by, at, words) -> None:
    """Say that it is not done yet, and what is missing."""
    calling.tell_unit(
        call, at=at, words="街道看过，还没办好", kind="whistle_told", body=check_text(words, "words")
    )


@call_act(guard=check_release)
def release(call, *, by, at, reason, words) -> None:
    """Let a unit go, with the reason; one that was called by mistake keeps no trace in its figures."""
    check_text(words, "words")
    if reason == ReleaseReason.NOT_THEIRS:
        raise NotSaid("请另选原因。", reason="是不是它的职责，由一级网格长在单位提出以后来定。")
    call.release_reason = reason
    drop_steps(call, at, "这家单位不用来了")
    calling.tell_unit(call, at=at, words="不用你们来了", kind="whistle_told", body=words)


def check_assess(call, by, at) -> None:
    """Refuse a second word about a unit, and any about one that should never have been called."""
    if call.assessed_at:
        raise Conflict("已经说过这家单位办得怎样。")
    if call.release_reason in NO_TRACE:
        raise Conflict("叫错的单位不作评价。")


@call_act(guard=check_assess)
def assess(call, *, by, at, passed, words) -> None:
    """Say in words, and pass or not, how the unit did; it reads that before it is final, and may answer once."""
    call.passed, call.assessment, call.assessed_at = bool(passed), check_text(words, "words"), at
    calling.tell_unit(
        call, at=at, words="街道说你们办得怎样，您可以回应一次", kind="whistle_told", body=words
    )


def check_answer(call, by, at) -> None:
    if call.assessed_at is None:
        raise Conflict("街道还没有说办得怎样。")
    if call.answered_at:
        raise Conflict("已经回应过一次。")
    if at > limits.final_at(call.assessed_at, None, cases.work_calendar()):
        raise Conflict("过了五个工作日，街道说的已经定下来了。")


@call_act(guard=check_answer)
def answer(call, *, by, at, words) -> None:
    """Answer once to what the street says; both stand on the whistle."""
    call.answer, call.answered_at = check_text(words, "words"), at


CALL_VERBS = {
    act.row.verb: act
    for act in (
        sign,
        contact,
        arrive,
        note_progress,
        deliver,
        refuse_duty,
        decide_duty,
        confirm,
        turn_back,
        release,
        assess,
        answer,
    )
}


def why_call_refused(verb, call, by, at, held) -> str:
    """Return the sentence with which this would be refused now whatever is said, or "" when it may be done."""
    if call_moves.verdict(verb, call.state, held):
        return call_moves.why_not(verb, call.state, held)
    try:
        if guard := CALL_VERBS[verb].guard:
            guard(call, by, at)
    except Refusal as refusal:
        return refusal.sentence
    return ""
