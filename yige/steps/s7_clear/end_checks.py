"""Step 7, 销号跟踪: what has to be true before a case is checked, asked about, struck off, reopened, looked back on."""

from datetime import timedelta

from django.db.models import QuerySet

from yige.accounts.roles import leading
from yige.accounts.scope import posts_with
from yige.cases import hearing, queries, rules
from yige.cases.after_closing import said_of
from yige.cases.models import Rating
from yige.cases.standings import is_involved
from yige.cases.words import Nature, Outcome, SolvedAnswer, State
from yige.lib.refusals import Conflict, NotAllowed

ON_A_CALL = "评价由反映人自己写；电话里说的、当面说的，请在“电话回访”里记下。"
ENDINGS = {
    True: "两次回访没有联系上，等满 {days} 天没有得到答复",
    False: "没有留电话，等满 {days} 天没有得到答复",
}


def rating_of(case) -> Rating | None:
    return case.ratings.filter(**said_of(queries.leading_case(case))).first()


def calls_of(case) -> QuerySet:
    """Return the attempts of this round to ask the reporter, the last one first."""
    return case.followups.filter(**said_of(queries.leading_case(case))).order_by("-at", "-id")


def check_others_work(case, by, at) -> None:
    """Refuse to judge one's own work."""
    if case.handler_id == by.pk:
        raise NotAllowed("核查要由派单的人或上一级来做，不能自己核查自己办的。")


def check_reopen(case, by, at) -> None:
    """Refuse the reporter after the time that the rule allows; what is not cleared yet may still be answered."""
    days = rules.value("reopen_days")
    until = case.reopenable_until(days)
    if by.actor_kind == "reporter" and case.state == State.CLEARED and until and at > until:
        raise Conflict(f"办结已超过 {days} 天，请重新上报一件，我们会把两件事连起来看。")


def check_look_back(case, by, at) -> None:
    """Refuse where nothing is to be looked at, or by who did the work, or whose unit did it."""
    if not case.lookbacks.filter(held_at=None).exists():
        raise Conflict("这件事没有要做的回头看。")
    if case.handler_id == by.pk or is_of_unit(by, case.unit_id, at):
        raise NotAllowed("回头看要由别的单位来做，自己不查自己办的。")


def is_of_unit(by, unit_id, at) -> bool:
    return unit_id is not None and unit_id in {post.unit_id for post in by.posts_at(at)}


def check_rate(case, by, at) -> None:
    """Refuse what is still handled or was rated, and staff outside a call that they have just recorded."""
    leader = queries.leading_case(case)
    if leader.state not in (State.CLOSED, State.CLEARED):
        raise Conflict("这件事还在办，办结以后再请您评价。")
    if rating_of(case):
        raise Conflict("这一次已经评价过了，谢谢您。")
    if by.actor_kind == "staff" and not calls_of(case).filter(by=by, at=at, reached=True).exists():
        raise NotAllowed(ON_A_CALL)


def check_follow_up(case, by, at) -> None:
    """Refuse to ask about what is not closed, what was answered, and somebody whom nobody can reach."""
    if queries.leading_case(case).closed_at is None:
        raise Conflict("这件事还在办，办结以后再回访。")
    rating = rating_of(case)
    if rating and rating.solved != SolvedAnswer.PARTLY:
        raise Conflict("反映人已经评价过了，不用再回访。")
    hearing.check_somebody_to_hear(case, by, at)


def last_answer(case) -> str:
    """Return what the reporter said last about it being solved in this round, or nothing."""
    call = calls_of(case).exclude(solved="").first()
    rating = rating_of(case)
    return call.solved if call else rating.solved if rating else ""


def ends_now(case, by, at) -> list[Outcome]:
    """Return the ends that this actor may give the case now, each from what is on record."""
    found = []
    for outcome in Outcome:
        try:
            check_outcome(case, outcome, by=by, at=at)
        except (Conflict, NotAllowed):
            continue
        found.append(outcome)
    return found


def check_clear(case, by, at) -> None:
    """Refuse when nothing on record lets the case end."""
    if not may_clear(case):
        raise Conflict("重大事项要先完成第一次回头看，才能销号。")
    if by.actor_kind == "staff" and not ends_now(case, by, at):
        if last_answer(case) == SolvedAnswer.PARTLY:
            check_decision(case, by, at)
        raise Conflict("还没有听到反映人怎么说，也没有等满期限，现在不能销号。")


def ending_words(case, outcome) -> str:
    """Return how it ended as the reporter reads it."""
    if outcome != Outcome.NO_ANSWER:
        return Outcome(outcome).label
    return ENDINGS[calls_of(case).exists()].format(days=rules.value("silence_days"))


def may_clear(case) -> bool:
    """A major case is cleared only after its first look-back."""
    if case.nature != Nature.MAJOR:
        return True
    return case.lookbacks.filter(round=case.reopen_no, held_at__isnull=False).exists()


def check_outcome(case, outcome, *, by, at) -> None:
    """Refuse an end that did not happen: nobody confirmed, nobody was called, or somebody else handled it."""
    if (outcome == Outcome.LIGHT) != (case.outcome == Outcome.LIGHT):
        raise Conflict("“自行处置”的事项按“自行处置”销号，别的事项不能这样销号。")
    if outcome == Outcome.LIGHT:
        check_by_itself(by)
    if by.actor_kind == "reporter" and outcome != Outcome.CONFIRMED:
        raise NotAllowed("销号由反映人评价，或由街道回访后办理。")
    if outcome == Outcome.CONFIRMED:
        check_own_word(case, by)
    if outcome == Outcome.FOLLOWED_UP and not was_called_solved(case):
        raise Conflict("还没有回访到反映人说“解决了”，请先打电话回访并记下来。")
    if outcome == Outcome.PARTLY:
        check_decision(case, by, at)
    if outcome == Outcome.NO_ANSWER:
        check_silence(case, at)


def check_by_itself(by) -> None:
    if by.actor_kind == "staff":
        raise NotAllowed("“自行处置”的事项查过以后由系统销号。")


def check_own_word(case, by) -> None:
    """“Confirmed by the reporter” stands on a rating that the reporter wrote."""
    if by.actor_kind == "staff":
        raise NotAllowed("“反映人确认解决”只能由反映人自己来说；电话里说的，请记为回访。")
    if not case.ratings.filter(**said_of(case), solved=SolvedAnswer.YES, by_phone=False).exists():
        raise Conflict("反映人还没有评价“解决了”。")


def was_called_solved(case) -> bool:
    """Say whether the last call of this round heard that it is solved, and nothing else was said since."""
    call = calls_of(case).exclude(solved="").first()
    return call is not None and call.solved == SolvedAnswer.YES


def check_decision(case, by, at) -> None:
    """“Partly” ends by a decision of the street, by somebody who had no part in the work."""
    if last_answer(case) != SolvedAnswer.PARTLY:
        raise Conflict("反映人没有说“部分解决”。")
    street = by.actor_kind == "staff" and any(
        post.role in leading(1) for post in posts_with(by, at, "lead_cases", case.grid_path)
    )
    if not street or is_involved(by, case):
        raise NotAllowed("说“部分解决”的，由街道没有经手这件事的人来定。")


def check_silence(case, at) -> None:
    """No answer: two attempts on record (none where no number was left), and the waiting time is over."""
    if case.closed_at is None:
        raise Conflict("这件事还没有办结，办结以后才能销号。")
    if last_answer(case):
        raise Conflict("反映人已经答复过，不能按“没有得到答复”销号。")
    attempts = calls_of(case).filter(reached=False).count()
    if attempts < rules.value("follow_up_attempts") and queries.has_phone(case):
        raise Conflict(f"要先回访 {rules.value('follow_up_attempts')} 次，现在是 {attempts} 次。")
    if at < case.closed_at + timedelta(days=rules.value("silence_days")):
        raise Conflict(f"办结满 {rules.value('silence_days')} 天还联系不上的，才能按“没有得到答复”销号。")
