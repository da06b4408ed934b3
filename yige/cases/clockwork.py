"""What time does to cases: cards for missed marks, a word before one, lists of what is due.

The clock calls these with its moment. Each may run late, twice, or twice at once, and acts once: rows are
taken with SKIP LOCKED, and what was said once has its own key in the log.
"""

import logging
from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post, Unit
from yige.accounts.roles import having, leading
from yige.audit import log
from yige.cases import (
    after_closing,
    case_notices,
    closings,
    deadlines,
    levels,
    look_backs,
    move,
    queries,
    rules,
)
from yige.cases.models import Card, Case, LookBack
from yige.cases.words import Colour, State, Tier
from yige.lib.local_time import end_of_day, left_words, local_day, moment_words
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

logger = logging.getLogger("yige.clock")
CASES_AT_ONCE = 50
AGAIN = timedelta(hours=1)  # when one odd case could not be looked at
RETURN_HOURS = 24  # policy/seven-steps.md §4: after three returns the level-1 head decides within a day
REVIEW_DAYS = 3
CHANGE_SEEN = timedelta(days=2)
LISTS = {"follow_up": ("有 {count} 件办结的事项等回访", SubjectKind.FOLLOW_UPS)}
# What a notice of the clock is about, and what the log calls the act that tells it.
LOG_VERBS = {
    "card": "cases.give_card",
    "reminded": "cases.remind",
    "check_late": "cases.remind_of_check",
    "return_waits": "cases.remind_of_return",
    "review_due": "cases.remind_of_review",
    "follow_up": "cases.tell_follow_ups",
}
CHANGES = ("cases.set_rule", "cases.set_calendar_day", "cases.forget_calendar_day")
CLOCK_FIELDS = ("next_mark", "next_mark_at", "wake_at")


def wake(at) -> Counter:
    """Look at every open case whose moment has come; count what was done."""
    done = Counter()
    while looked := wake_some(at):
        done += looked
    return done


@transaction.atomic
def wake_some(at) -> Counter:
    due = Case.objects.filter(wake_at__lte=at).order_by("wake_at")
    done = Counter()
    for case in due.select_for_update(skip_locked=True, of=("self",))[:CASES_AT_ONCE]:
        done["cases"] += 1
        try:
            with transaction.atomic():
                done += look_at(case, at)
        except Exception:  # whatever is wrong with one case, the others have to be looked at
            logger.exception("case %s", case.pk)
            Case.objects.filter(pk=case.pk).update(wake_at=at + AGAIN)
    return done


def look_at(case, at) -> Counter | None:
    """Give the cards of this case, say what is nearly due, and set the next waking; the case is locked."""
    done, clock = Counter(), queries.duty_clock()
    early = timedelta(hours=rules.value("yellow_hours"))
    for mark in deadlines.MARKS:
        due = deadlines.due(mark, case, clock) if case.urgency in mark.which else None
        if due is None or mark.name == "clear":
            continue
        if passed_unmet(mark, case, due, at):
            done += miss(case, mark, due, at)
        elif deadlines.met_at(mark, case) is None and due - early <= at:
            done["reminders"] += remind(case, mark, due, at)
    case.wake_at = None
    move.set_clock(case, at)
    case.wake_at = deadlines.wake_at(case, clock, at, rules.value("yellow_hours"))
    case.save(update_fields=CLOCK_FIELDS)
    return done


def passed_unmet(mark, case, due, at) -> bool:
    """Say whether the mark passed unmet, also when it was met since; a plan approved later does not count."""
    met = deadlines.met_at(mark, case)
    return due < at and (met is None or (met > due and met not in (case.planned_at, case.parked_at)))


def miss(case, mark, due, at) -> Counter:
    """Give the card of a missed mark, or say to the checker that the check is late."""
    if not mark.card:
        above = [case.handed_by_id] if case.handed_by_id else queries.desk_and_heads(case, at, "desk")
        return Counter(
            late_checks=tell_once(case, "check_late", mark, due, at, above, f"“{mark.label}”已超时")
        )
    return Counter({f"{give_card(case, mark, due, at)}_cards": 1}) if not has_card(case, mark) else Counter()


def has_card(case, mark) -> bool:
    return case.cards.filter(mark=mark.name, round=case.reopen_no).exists()


def give_card(case, mark, due, at) -> Colour:
    """Put a card on the case and its unit, tell both and the heads; a second yellow of a round is red."""
    again = case.cards.filter(round=case.reopen_no, colour=Colour.YELLOW, lifted_at=None).exists()
    colour = Colour.RED if again else mark.card
    reason = f"“{mark.label}”的时限是{moment_words(due, at)}，到时还没有做到：{mark.duty}。"
    if again and mark.card == Colour.YELLOW:
        reason += "本轮第二次超时，黄牌转红牌。"
    write_line(case, "card", at, mark=mark.name, colour=colour)
    Card.objects.create(
        case=case, unit=unit_on_duty(case, at), at=at, round=case.reopen_no, mark=mark.name, colour=colour, reason=reason
    )  # fmt: skip
    if case.closed_at is not None:
        closings.count_again(case, case.reopen_no)
    top = having("decide_hard_cases") if colour == Colour.RED else ()
    told = [*on_duty(case, at), *queries.desk_and_heads(case, at, "desk", *heads_of(case), *top)]
    case_notices.notify_staff(case, told, f"{Colour(colour).label}：“{mark.label}”已超时", at=at, kind="card")
    return colour


def remind(case, mark, due, at) -> int:
    """Say once to those on duty that a mark is near; it counts for nothing."""
    words = f"“{mark.label}”{left_words(due, at)}"
    return tell_once(case, "reminded", mark, due, at, on_duty(case, at), words)


def tell_once(case, what, mark, due, at, users, words) -> int:
    """Tell these users unless this was told before; a moved due moment may be told again."""
    if not write_line(case, what, at, mark=mark.name, due=due, round=case.reopen_no, keyed=True):
        return 0
    case_notices.notify_staff(case, users, words, at=at, kind=what)
    return 1


def write_line(case, what, at, *, keyed=False, **about) -> bool | None:
    """Write the clock's line; with `keyed` say whether it is the first of its kind."""
    key = "|".join((str(case.pk), *(str(value) for value in about.values()))) if keyed else None
    return log.write(
        LOG_VERBS[what], by=CLOCK, at=at, kind=move.KIND, pk=case.pk, said={} if keyed else about, key=key
    )


def on_duty(case, at) -> list[UUID]:
    """Return the ids of those who have to act: the handler, the unit's people, else the head of its level."""
    if case.state == State.HANDLED and case.handed_by_id:
        return [case.handed_by_id]
    if case.handler_id:
        return [case.handler_id]
    if case.lies_with_unit:
        return queries.people_of_unit(case.unit, at)
    return queries.desk_and_heads(case, at, *heads_of(case), "desk")


def heads_of(case) -> tuple[str]:
    role = queries.HEAD_OF.get(Tier(case.tier))
    return (role,) if role and role != "street_head" else ()


def unit_on_duty(case, at) -> Unit | None:
    """Return the unit that a card belongs to: the one that has the case, else the one that has to dispatch it."""
    if case.unit_id and case.state not in (State.REPORTED, State.ACCEPTED):
        return case.unit
    away = case.tier == Tier.COMMUNITY or case.tier in levels.ABOVE_STREET
    held = Post.objects.held_on(local_day(at)).over(case.grid_path)
    held = held.filter(role=queries.HEAD_OF[Tier(case.tier)] if away else "desk")
    return Unit.objects.filter(posts__in=held).order_by("slug").first()


def reset_clocks(at) -> Counter:
    """Set the clocks of all open cases anew after the rules or the calendar were changed, twice.

    Other processes know a change after twenty seconds: the second pass takes what they set meanwhile.
    """
    change = log.last(*CHANGES, since=at - CHANGE_SEEN, until=at)
    if change is None or (stage := next((n for n in (1, 2) if not was_reset(change, n)), None)) is None:
        return Counter()
    rules.reread_values()
    queries.reread_tables()
    done = reset_all(at)
    key = reset_key(change, stage)
    log.write("cases.reset_clocks", by=CLOCK, at=at, kind=move.KIND, pk=None, key=key)
    return Counter(reset=done)


def was_reset(change, stage) -> bool:
    return log.was_done("cases.reset_clocks", CLOCK, reset_key(change, stage))


def reset_key(change, stage) -> str:
    return f"{change.pk}:{stage}"


def reset_all(at) -> int:
    """Set the clocks of all open cases in batches, each its own transaction; return how many."""
    count, last = 0, None
    while batch := reset_some(at, last):
        count, last = count + len(batch), batch[-1].pk
    return count


@transaction.atomic
def reset_some(at, after) -> list:
    rows = Case.objects.open().order_by("pk")
    rows = rows.filter(pk__gt=after) if after else rows
    # A case that somebody holds gets its clock from the verb that holds it.
    cases = list(rows.select_for_update(skip_locked=True)[: CASES_AT_ONCE * 10])
    for case in cases:
        move.set_clock(case, at)
    Case.objects.bulk_update(cases, CLOCK_FIELDS)
    return cases


def tell_look_backs(at) -> Counter:
    """Tell those whose it is that a look-back is due, once for each."""
    done = Counter()
    while count := tell_some_look_backs(at):
        done["look_backs"] += count
    return done


@transaction.atomic
def tell_some_look_backs(at) -> int:
    rows = after_closing.open_look_backs().filter(due_on__lte=local_day(at), told_at=None)
    rows = list(rows.select_related("case").select_for_update(skip_locked=True, of=("self",))[:CASES_AT_ONCE])
    for row in rows:
        heads = set(look_backs.who_looks(row, at))
        case_notices.notify_staff(
            row.case, heads - {row.case.handler_id}, "该回头看了", at=at, kind="look_back"
        )
        row.told_at = at
    LookBack.objects.bulk_update(rows, ["told_at"])
    return len(rows)


def tell_returns(at) -> Counter:
    """Tell the level-1 head and the desk of cases handed back twice or more that nobody took on within a day."""
    back = Case.objects.filter(state=State.ACCEPTED, return_count__gte=2).annotate(last=Max("returns__at"))
    done = Counter()
    for case in back.filter(last__lte=at - timedelta(hours=RETURN_HOURS)):
        with transaction.atomic():
            if write_line(
                case, "return_waits", at, count=case.return_count, round=case.reopen_no, keyed=True
            ):
                words = f"退回 {case.return_count} 次，还没有定由谁办"
                case_notices.notify_heads(case, words, *leading(1), at=at, kind="returned")
                done["returns"] += 1
    return done


def tell_reviews(at) -> Counter:
    """Tell those on duty and the level-1 head that a parked case is to be reviewed within three days."""
    until = end_of_day(local_day(at) + timedelta(days=REVIEW_DAYS))
    parked = Case.objects.open().filter(parked_until__lte=until, parked_until__gte=at, handled_at=None)
    done = Counter()
    for case in parked.select_related("unit"):
        with transaction.atomic():
            if write_line(case, "review_due", at, until=case.parked_until, keyed=True):
                told = [*on_duty(case, at), *queries.desk_and_heads(case, at, *having("decide_hard_cases"))]
                words = f"挂账复核：{left_words(case.parked_until, at)}"
                case_notices.notify_staff(case, told, words, at=at, kind="review_due")
                done["reviews"] += 1
    return done


@transaction.atomic
def tell_list(user, kind, count, at) -> int:
    """Tell one person once a day that a list is waiting."""
    day = local_day(at)
    key = f"{user.pk}:{kind}:{day}"
    if not log.write(LOG_VERBS[kind], by=CLOCK, at=at, kind=user._meta.label_lower, pk=user.pk, key=key):
        return 0
    title, subject = LISTS[kind]
    notices.tell_staff(
        [user], kind=kind, title=title.format(count=count), body="", at=at, subject=Subject(subject)
    )
    return 1
