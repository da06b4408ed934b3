"""Step 7, 销号跟踪: close, send back, ask the reporter, clear, reopen, look back."""

from django.db import transaction

from yige.accounts.roles import having, leading
from yige.cases import case_notices, closings, hearing, look_backs, queries
from yige.cases.after_closing import said_of
from yige.cases.models import Case, FollowUp, Rating
from yige.cases.move import move
from yige.cases.words import (
    HeardHow,
    Outcome,
    Satisfaction,
    SolvedAnswer,
    State,
    Tier,
)
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotSaid
from yige.steps.s7_clear import end_checks as checks
from yige.steps.s7_clear.end_checks import calls_of, may_clear, rating_of

ASKED = {"contacted": "有没有人联系过", "solved": "解决了没有", "satisfied": "满不满意"}
RESULTS = {
    SolvedAnswer.YES: "您说解决了",
    SolvedAnswer.PARTLY: "您说部分解决",
    SolvedAnswer.NO: "您说没有解决",
}


@move(guard=checks.check_others_work)
def close(case, *, by, at, words) -> None:
    """Accept what was done after checking it; the answer goes to the reporter and to those merged in."""
    look_backs.plan_for_weighty(case, at)


@move(guard=checks.check_others_work)
def send_back(case, *, by, at, words) -> None:
    """Not good enough: back to the handler with the reason."""
    case_notices.notify_doers(case, "核查没有通过", at=at, kind="sent_back")


@move("rate", guard=checks.check_rate)
def record_rating(
    case, *, by, at, contacted, solved, satisfied, words=""
) -> dict[str, Satisfaction | SolvedAnswer]:
    """Record the three answers, once for each round; who was merged in rates when the other is closed."""
    answers = {"contacted": contacted, "solved": solved, "satisfied": satisfied, "words": words}
    leader = queries.leading_case(case)
    Rating.objects.create(case=case, **said_of(leader), at=at, by_phone=by.actor_kind == "staff", **answers)
    closings.count_again(leader, leader.reopen_no)
    case_notices.notify_doers(leader, "反映人已评价", at=at, kind="rated")
    return {"solved": solved, "satisfied": satisfied}


def rate(case, *, by, at, contacted, solved, satisfied, words="", key=None, seen=None, heard="") -> Case:
    """Take the three answers and do what follows: “solved” clears, “not solved” reopens, also for the merged."""
    with transaction.atomic():
        rated = record_rating(
            case, by=by, at=at, key=key, seen=seen, heard=heard,
            contacted=contacted, solved=solved, satisfied=satisfied, words=words,
        )  # fmt: skip
        return follow_the_answer(rated, solved, by=by, at=at, words=words, heard=heard)


def follow_the_answer(case, solved, *, by, at, words, heard) -> Case:
    """Reopen or clear as the answer says; a replay of an old answer does nothing."""
    leader = queries.leading_case(case)
    if not is_fresh(case, leader) or not rating_of(case):
        return case
    if solved == SolvedAnswer.PARTLY and leader.state == State.CLEARED:
        case_notices.notify_heads(
            leader, "销号以后，并案的反映人说部分解决", *leading(1), at=at, kind="rated"
        )
    if solved == SolvedAnswer.NO:
        words = words or "反映人表示没有解决。"
        reopened = reopen(leader, by=by, at=at, words=words, heard=heard)
        return reopened if leader.pk == case.pk else case
    if solved == SolvedAnswer.YES and leader.pk == case.pk and may_clear(case):
        how = Outcome.CONFIRMED if by.actor_kind == "reporter" else Outcome.FOLLOWED_UP
        return clear(case, by=by, at=at, outcome=how)
    return case


def is_fresh(rated, leader) -> bool:
    """Say whether these answers can still change something: the case, or the one it was merged into, is at its end."""
    return rated.state == State.CLOSED or (rated.state == State.MERGED and leader.closed_at is not None)


@move("follow_up", guard=checks.check_follow_up)
def record_attempt(case, *, by, at, reached, how=HeardHow.PHONE, solved="", words="") -> dict[str, str]:
    """Write down one attempt to ask the reporter after closing; failed ones count once a day."""
    hearing.check_heard(case, by, how, field="how")
    if not reached and local_day(at) in {local_day(one.at) for one in calls_of(case).filter(reached=False)}:
        raise Conflict("今天已经回访过一次，没有联系上。请换一天再打。")
    leader = queries.leading_case(case)
    FollowUp.objects.create(
        case=case, **said_of(leader), at=at, by=by, how=how, reached=reached, solved=solved, words=words
    )
    closings.count_again(leader, leader.reopen_no)
    return {"result": RESULTS[SolvedAnswer(solved)] if solved else "没有联系上您"}


def follow_up(
    case, *, by, at, reached, how=HeardHow.PHONE, contacted=None, solved=None, satisfied=None, words="",
    key=None, seen=None,
) -> Case:  # fmt: skip
    """Ask the reporter, by somebody who had no part in it: not reached, or reached with the answers on record.

    Who said “partly” before is asked again whether it is solved now.
    """
    with transaction.atomic():
        again = rating_of(case) is not None
        answers = {"contacted": contacted, "solved": solved, "satisfied": satisfied}
        check_answers({"solved": solved} if again else answers, reached)
        said = {"reached": reached, "how": how, "solved": solved if reached else "", "words": words}
        tried = record_attempt(case, by=by, at=at, key=key, seen=seen, **said)
        if not reached:
            return tried
        if again:
            return follow_the_answer(tried, solved, by=by, at=at, words=words, heard=how)
        return rate(tried, by=by, at=at, key=key, words=words, heard=how, **answers)


def check_answers(answers, reached) -> None:
    """Refuse a call that reached somebody and asked nothing."""
    missing = {name: f"请问一问{ASKED[name]}。" for name, value in answers.items() if value in (None, "")}
    if reached and missing:
        raise NotSaid("联系上了的，请把三问都问了。", **missing)


@move(guard=checks.check_clear)
def clear(case, *, by, at, outcome, words="") -> dict[str, str]:
    """Strike it off: confirmed, followed up, partly with a reason, or silence, which is never “satisfied”."""
    checks.check_outcome(case, outcome, by=by, at=at)
    if outcome == Outcome.PARTLY and not words.strip():
        raise NotSaid("请写明为什么不能再办。", words="请写明为什么不能再办，反映人看得到，还可以要求重办。")
    case.outcome = outcome
    case_notices.notify_doers(case, "已销号", at=at, kind="cleared")
    return {"ending": checks.ending_words(case, outcome), "words": words}


@move(guard=checks.check_reopen)
def reopen(case, *, by, at, words) -> None:
    """It is not solved: start another round, with returns of its own; the first one stays on record."""
    case_notices.notify_heads(case, "没有解决，重办", *having("hear_reopenings"), at=at, kind="reopened")
    case_notices.notify_staff(
        case, [case.handed_by_id] if case.handed_by_id else [], "重办", at=at, kind="reopened"
    )
    case.reopen_no += 1
    case.outcome, case.plan, case.extensions, case.return_count = "", "", 0, 0
    case.unit, case.handler, case.handed_by, case.first_unit, case.tier = None, None, None, None, Tier.GRID


@move("look_back", guard=checks.check_look_back)
def record_look_back(case, *, by, at, result, words) -> dict:
    """Record whether it stayed solved; what follows when it came back is in `two_steps.look_back`."""
    due = case.lookbacks.filter(held_at=None).order_by("-round", "due_on").first()
    due.held_at, due.by, due.result, due.words = at, by, result, words
    due.save()
    return {"result": result}
