"""Step 7, 销号跟踪: close, send back, ask the reporter, clear, reopen, look back."""

from datetime import timedelta

from django.db import transaction

from yige.accounts.roles import having
from yige.cases import case_notices, queries, rules
from yige.cases.models import Case, FollowUp, LookBack, Rating
from yige.cases.move import move
from yige.cases.words import LookBackResult, Nature, Outcome, Satisfaction, SolvedAnswer, State
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed


@move
def close(case, *, by, at, words) -> None:
    """Accept what was done after checking it; the answer goes to the reporter and to those merged in."""
    if case.handler_id == by.pk:
        raise NotAllowed("核查要由派单的人或上一级来做，不能自己核查自己办的。")
    if case.nature == Nature.MAJOR:
        plan_look_backs(case, at)


@move
def send_back(case, *, by, at, words):
    """Not good enough: back to the handler with the reason."""
    case_notices.notify_doers(case, "核查没有通过", at=at, kind="sent_back")


@move("rate")
def record_rating(
    case, *, by, at, contacted, solved, satisfied, words=""
) -> dict[str, Satisfaction | SolvedAnswer]:
    """Record the reporter's three answers, once for each round; who was merged in rates when the other is closed."""
    leader = queries.leading_case(case)
    if leader.state not in (State.CLOSED, State.CLEARED):
        raise Conflict("这件事还在办，办结以后再请您评价。")
    answers = {"contacted": contacted, "solved": solved, "satisfied": satisfied, "words": words}
    by_phone = by.actor_kind == "staff"
    _, made = Rating.objects.get_or_create(
        case=case, round=leader.reopen_no, defaults={"at": at, "by_phone": by_phone, **answers}
    )
    if not made:
        raise Conflict("这一次已经评价过了，谢谢您。")
    case_notices.notify_doers(leader, "反映人已评价", at=at, kind="rated")
    return {"solved": solved, "satisfied": satisfied}


def rate(case, *, by, at, contacted, solved, satisfied, words="", key=None, seen=None) -> Case:
    """Take the three answers and do what follows: “solved” clears, “not solved” reopens, also for the merged."""
    with transaction.atomic():
        rated = record_rating(
            case, by=by, at=at, key=key, seen=seen,
            contacted=contacted, solved=solved, satisfied=satisfied, words=words,
        )  # fmt: skip
        leader = queries.leading_case(rated)
        if not (is_fresh(rated, leader) and rated.ratings.filter(round=leader.reopen_no).exists()):
            return rated  # a replay of the same answers
        if solved == SolvedAnswer.NO:
            reopened = reopen(leader, by=by, at=at, words=words or "反映人表示没有解决。")
            return reopened if leader.pk == rated.pk else rated
        if solved == SolvedAnswer.YES and leader.pk == rated.pk and may_clear(rated):
            how = Outcome.CONFIRMED if by.actor_kind == "reporter" else Outcome.FOLLOWED_UP
            return clear(rated, by=by, at=at, outcome=how)
        return rated


def is_fresh(rated, leader) -> bool:
    """Say whether these answers can still change something: the case, or the one it was merged into, is at its end."""
    return rated.state == State.CLOSED or (rated.state == State.MERGED and leader.closed_at is not None)


@move
def follow_up(case, *, by, at, reached, words=""):
    """Write down one attempt to reach the reporter after closing; failed ones count once a day."""
    missed = case.followups.filter(round=case.reopen_no, reached=False).values_list("at", flat=True)
    if not reached and local_day(at) in {local_day(moment) for moment in missed}:
        raise Conflict("今天已经回访过一次，没有联系上。请换一天再打。")
    FollowUp.objects.create(case=case, at=at, round=case.reopen_no, by=by, reached=reached, words=words)


@move
def clear(case, *, by, at, outcome) -> None:
    """Strike it off: confirmed, followed up, or silence after two attempts, which is never “satisfied”."""
    if not may_clear(case):
        raise Conflict("重大事项要先完成第一次回头看，才能销号。")
    check_outcome(case, outcome, by=by, at=at)
    case.outcome = outcome
    case_notices.notify_doers(case, "已销号", at=at, kind="cleared")


@move
def reopen(case, *, by, at, words) -> None:
    """It is not solved: start another round within the time the rule allows; the first one stays on record."""
    until = case.reopenable_until(rules.value("reopen_days"))
    if by.actor_kind == "reporter" and until and at > until:
        raise Conflict(
            f"办结已超过 {rules.value('reopen_days')} 天，请重新上报一件，我们会把两件事连起来看。"
        )
    case.reopen_no += 1
    case.outcome, case.plan, case.extensions, case.handler = "", "", 0, None
    case_notices.notify_heads(case, "反映人说没有解决", *having("hear_reopenings"), at=at, kind="reopened")
    case_notices.notify_staff(
        case, [case.handed_by_id] if case.handed_by_id else [], "重办", at=at, kind="reopened"
    )


@move("look_back")
def record_look_back(case, *, by, at, result, words):
    """Record whether it stayed solved; what follows when it came back is in `two_steps.look_back`."""
    if case.handler_id == by.pk:
        raise NotAllowed("回头看要由别人来做，不能自己查自己办的。")
    due = case.lookbacks.filter(held_at=None).order_by("-round", "due_on").first()
    if due is None:
        raise Conflict("这件事没有要做的回头看。")
    due.held_at, due.by, due.result, due.words = at, by, result, words
    due.save()
    return {"result": result}


def plan_look_backs(case, at):
    """A major case is looked back on twice."""
    day = local_day(at)
    for rule in ("look_back_first", "look_back_second"):
        due = day + timedelta(days=rules.value(rule))
        LookBack.objects.update_or_create(case=case, due_on=due, defaults={"at": at, "round": case.reopen_no})


def may_clear(case) -> bool:
    """A major case is cleared only after its first look-back."""
    if case.nature != Nature.MAJOR:
        return True
    return case.lookbacks.filter(round=case.reopen_no, held_at__isnull=False).exists()


def check_outcome(case, outcome, *, by, at) -> None:
    """Refuse an end that did not happen: nobody confirmed, nobody was called, or somebody else handled it."""
    if (outcome == Outcome.LIGHT) != (case.outcome == Outcome.LIGHT):
        raise Conflict("“自行处置”的事项按“自行处置”销号，别的事项不能这样销号。")
    if outcome == Outcome.CONFIRMED and by.actor_kind == "staff":
        raise NotAllowed("“反映人确认解决”只能由反映人自己来说；电话里说的，请记为回访。")
    if outcome == Outcome.FOLLOWED_UP and not has_an_answer(case):
        raise Conflict("还没有回访到反映人，请先打电话回访并记下来。")
    if outcome == Outcome.NO_ANSWER:
        check_silence(case, at)


def has_an_answer(case) -> bool:
    """Say whether the reporter was asked in this round, or a look-back saw that it holds."""
    return (
        case.followups.filter(round=case.reopen_no, reached=True).exists()
        or case.ratings.filter(round=case.reopen_no).exists()
        or case.lookbacks.filter(round=case.reopen_no, result=LookBackResult.HOLDS).exists()
    )


def check_silence(case, at):
    """No answer: two attempts on record (none where no number was left), and the waiting time is over."""
    attempts = case.followups.filter(round=case.reopen_no, reached=False).count()
    if attempts < rules.value("follow_up_attempts") and queries.has_phone(case):
        raise Conflict(f"要先回访 {rules.value('follow_up_attempts')} 次，现在是 {attempts} 次。")
    if at < case.closed_at + timedelta(days=rules.value("silence_days")):
        raise Conflict(f"办结满 {rules.value('silence_days')} 天还联系不上的，才能按“未联系上”销号。")
