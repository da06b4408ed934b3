"""What time does to joint work: misses on record, signings that lapse, disputes that wait, the nightly audit.

Each may run late, twice, or twice at once, and acts once: rows are taken with SKIP LOCKED, a miss has a key of its own.
"""

import logging
from collections import Counter
from datetime import timedelta

from django.db import transaction

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.audit import log
from yige.cases import queries as cases
from yige.lib.local_time import local_day
from yige.notices import actions as notices
from yige.whistles import calling, gate, limits
from yige.whistles.gate import call_act
from yige.whistles.models import Call, Dispute, Miss, PlanStep, Whistle
from yige.whistles.words import CALL_OPEN, CallState

logger = logging.getLogger("yige.clock")
AT_ONCE = 50
AGAIN = timedelta(hours=1)  # when one odd call could not be looked at
AUDIT_SEEN = timedelta(hours=26)
AUDIT = "whistles.audit"
LATE = timedelta(minutes=10)  # what the clock should have done longer ago than this was forgotten


def wake(at) -> Counter:
    """Look at every open call whose moment has come; count what was done."""
    done = Counter()
    for pk in Call.objects.filter(wake_at__lte=at).order_by("wake_at").values_list("pk", flat=True):
        done += wake_one(pk, at)
    return done + warn_of_disputes(at)


def wake_one(pk, at) -> Counter:
    """Look at one call in a transaction of its own: the case first, as every verb locks it."""
    try:
        with transaction.atomic():
            call = Call.objects.get(pk=pk)
            _, _, call = gate.lock_rows(call)
            if call.wake_at is None or call.wake_at > at:
                return Counter()  # somebody else looked meanwhile
            return look_at(call, at)
    except Exception:  # whatever is wrong with one call, the others have to be looked at
        logger.exception("call %s", pk)
        Call.objects.filter(pk=pk).update(wake_at=at + AGAIN)
        return Counter(failed=1)


def look_at(call, at) -> Counter:
    """Put on record what passed unmet, let a signing lapse, set the next waking; the call is locked."""
    done = Counter(calls=1)
    for due in dues_of(call):
        if due.missed(at):
            done += note_miss(call, due, at)
    if lapses(call, at):
        lapse(call, by=CLOCK, at=at)
        return done + Counter(lapsed=1)
    call.wake_at = next((due.at for due in dues_of(call) if due.waits(at)), at + gate.ONE_DAY)
    call.save(update_fields=["wake_at"])
    return done if done["misses"] else done + remind(call, at)


def remind(call, at) -> Counter:
    """Say once a day for whom an open call waits when no rule does: the street's check, or a unit without a day."""
    last = max(filter(None, (call.called_at, call.arrived_at, call.contacted_at, call.delivered_at)))
    if at - last < gate.ONE_DAY or any(due.waits(at) for due in dues_of(call)):
        return Counter()
    if call.state == CallState.DELIVERED:
        words = f"{call.unit}说办完了，还在等街道看"
        calling.tell_street(call.whistle, words, at=at, roles=having("whistle"))
    else:
        calling.tell_unit(call, at=at, words="还没有说办完", kind="whistle_told", body=call.asked)
    return Counter(reminders=1)


def dues_of(call) -> list[limits.Due]:
    whistle = call.whistle
    return limits.dues(call, whistle.trigger, whistle.limits, whistle.meet_at, cases.work_calendar())


def note_miss(call, due, at) -> Counter:
    """Write down once that a mark passed, and tell the unit and the heads of the street."""
    _, new = Miss.objects.get_or_create(
        call=call, mark=due.limit.name, due_at=due.at, defaults={"noted_at": at}
    )
    if not new:
        return Counter()
    log.write(
        "whistles.note_miss",
        by=CLOCK,
        at=at,
        kind=call._meta.label_lower,
        pk=call.pk,
        purpose=due.limit.label,
    )
    words = f"{call.unit}：{due.limit.label}的时间过了"
    if due.met_at is None:
        calling.tell_unit(call, at=at, words="还在等你们", body=due.limit.duty)
        heads = having("whistle") if due.limit.name == "answer" else having("decide_hard_cases")
        calling.tell_street(call.whistle, words, at=at, roles=heads, body=due.limit.duty)
    return Counter(misses=1)


def lapses(call, at) -> bool:
    """Say whether a signing was followed by nothing until contact was due: then it counts for nothing."""
    if call.state != CallState.SIGNED:
        return False
    return any(due.limit.name == "contact" and due.missed(at) for due in dues_of(call))


@call_act
def lapse(call, *, by, at) -> None:
    """Let a signing lapse: the unit has to sign anew, and the limits of this turn run from now."""
    call.turn_at = at
    call.wake_at = None
    calling.tell_street(
        call.whistle, f"{call.unit}签收以后没有联系，签收作废", at=at, roles=having("decide_hard_cases")
    )


def warn_of_disputes(at) -> Counter:
    """Tell the heads of the street once that a dispute of duty was not decided in time."""
    done = Counter()
    with transaction.atomic():
        waiting = Dispute.objects.filter(decided_at=None, warned_at=None, decide_until__lte=at)
        for dispute in waiting.select_for_update(skip_locked=True)[:AT_ONCE]:
            call = Call.objects.select_related("whistle__case", "unit").get(pk=dispute.call_id)
            words = f"{call.unit}的争议还没有定"
            calling.tell_street(call.whistle, words, at=at, roles=having("whistle"), body=dispute.words)
            dispute.warned_at = at
            dispute.save(update_fields=["warned_at"])
            done["disputes"] += 1
    return done


def remind_of_steps(at) -> Counter:
    """Every morning: tell each unit of its steps that end today or are late; a stable whistle forgets none."""
    day, done = local_day(at), Counter()
    with transaction.atomic():
        steps = PlanStep.objects.open().filter(done_at=None, due_on__lte=day).exclude(reminded_on=day)
        for step in steps.select_for_update(skip_locked=True).order_by("pk"):
            call = Call.objects.select_related("whistle", "unit").get(
                whistle=step.whistle_id, unit=step.unit_id
            )
            words = "计划里有一步今天到期" if step.due_on == day else "计划里有一步过了日子"
            calling.tell_unit(call, at=at, words=words, kind="whistle_told", body=step.words)
            step.reminded_on = day
            step.save(update_fields=["reminded_on"])
            done["steps"] += 1
    return done


def audit(at) -> Counter:
    """Every night: look for what time should have done and did not, do it, and say so to whoever keeps the system.

    A worker that was down, a calendar that changed: calls whose waking is long past or does not fit what is due,
    misses that nobody wrote down, cases whose count of open parts is wrong.
    """
    done = Counter()
    for pk in Call.objects.filter(state__in=CALL_OPEN).values_list("pk", flat=True):
        done += audit_one(pk, at)
    for whistle in Whistle.objects.running():
        done += audit_count(whistle)
    with transaction.atomic():
        log.write(
            AUDIT,
            by=CLOCK,
            at=at,
            kind=Whistle._meta.label_lower,
            pk=None,
            result="mended" if done else "done",
        )
        if done:
            tell_keepers(f"联办夜间核对：补做了 {sum(done.values())} 项", at=at, kinds=done)
    return done


def audit_one(pk, at) -> Counter:
    with transaction.atomic():
        _, _, call = gate.lock_rows(Call.objects.get(pk=pk))
        if not call.is_open:
            return Counter()
        forgot = call.wake_at is not None and call.wake_at < at - LATE
        missing = [due for due in dues_of(call) if due.missed(at - LATE) and not is_noted(call, due)]
        before = (call.next_mark, call.next_due_at)
        gate.set_clock(call, at)
        moved = before != (call.next_mark, call.next_due_at)
        if moved:
            call.save(update_fields=["next_mark", "next_due_at", "wake_at"])
        if forgot or missing:
            look_at(call, at)
        return Counter(calls=int(bool(forgot or missing or moved)))


def is_noted(call, due) -> bool:
    return Miss.objects.filter(call=call, mark=due.limit.name, due_at=due.at).exists()


def audit_count(whistle) -> Counter:
    with transaction.atomic():
        case, whistle, _ = gate.lock_rows(whistle)
        was = case.open_parts
        gate.count_parts(case, whistle)
        return Counter(counts=int(case.open_parts != was))


def watch_audit(at) -> Counter:
    """Every morning: say when the audit itself has not run since yesterday."""
    if log.last(AUDIT, since=at - AUDIT_SEEN, until=at) or not Whistle.objects.running().exists():
        return Counter()
    with transaction.atomic():
        tell_keepers("联办的夜间核对昨晚没有运行，请看后台任务", at=at, kinds={})
    return Counter(silent=1)


def tell_keepers(words, *, at, kinds) -> None:
    """Tell the desk and whoever keeps the system."""
    roles = (*having("keep_tables"), *having("whistle"))
    people = Post.objects.held_on(local_day(at)).filter(role__in=roles).values_list("user_id", flat=True)
    body = "、".join(f"{name} {count}" for name, count in sorted(kinds.items()))
    notices.tell_staff(set(people), kind="audit", title=words, body=body, at=at)
