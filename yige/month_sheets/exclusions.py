"""Asking that a closing be left out of the figures (不计入考核), and deciding it; the case goes on as if nobody had asked."""

from datetime import datetime

from django.db.models import Q, QuerySet

from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.roles import leading
from yige.accounts.scope import posts_of
from yige.assessment import readers
from yige.assessment.periods import month_of
from yige.audit.log import action
from yige.cases import closings
from yige.cases.models import Closing, Exclusion
from yige.cases.queries import photos_of_draft, work_calendar
from yige.lib.local_time import day_words, end_of_day, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.month_sheets.exclusion_rules import (
    AGAIN_WORKDAYS,
    ASKERS,
    DECIDE_WORKDAYS,
    DECIDERS,
    AskedSoFar,
    Month,
    is_final,
    why_not_ask,
    why_not_decide,
)
from yige.month_sheets.models import MonthSheet
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

LONGEST_WORDS, LONGEST_DOCUMENT = 500, 200
STREET_ROLES = {"desk": "desk", "street_head": "street"}


def held_to(user, closing, at) -> set[str]:
    """Return how a person stands to a closing, in the words of `exclusion_rules.py`."""
    held = set()
    for post in posts_of(user, at):
        home, over = post.unit_id == closing.unit_id, post.covers(closing.grid_path)
        held |= {"home"} if home else set()
        held |= {"unit"} if home and post.may("see_assessment") and post.rule.level != 1 else set()
        held |= {"head"} if over and post.role in leading(2, 3) else set()
        held |= {STREET_ROLES[post.role]} if over and post.role in STREET_ROLES else set()
    return held


def asked_before(closing, at) -> AskedSoFar:
    turns = list(closing.exclusions.all())
    return AskedSoFar(
        len(turns), any(one.decided_at is None for one in turns), any(one.granted for one in turns),
        any(one.final for one in turns), any(one.again_until and one.again_until >= at for one in turns),
    )  # fmt: skip


def frozen_sheets() -> list[tuple]:
    """Return (path, first day of the month) of each frozen sheet."""
    return list(MonthSheet.objects.exclude(frozen_at=None).values_list("path", "first"))


def month_standing(closing, at) -> Month:
    """Return how the sheet of the street that the closing lay in, of its month, stands."""
    first = month_of(local_day(closing.at)).first
    sheets = [
        sheet for sheet in MonthSheet.objects.filter(first=first) if closing.grid_path.startswith(sheet.path)
    ]
    return Month(
        any(sheet.objections_until < at for sheet in sheets), any(sheet.frozen_at for sheet in sheets)
    )


def hold_sheets(first) -> None:
    """Make the sheets of a month wait until this transaction is over, so that nothing is decided beside a freezing."""
    list(MonthSheet.objects.select_for_update().filter(first=first).values_list("pk"))


def is_frozen(closing, sheets) -> bool:
    """Say whether one of these is the sheet of the street that the closing lay in, of its month."""
    first = month_of(local_day(closing.at)).first
    return any(closing.grid_path.startswith(path) and month == first for path, month in sheets)


def why_not_asked(user, closing, at) -> str:
    """Return why this person may not ask about this closing now, "" when he may."""
    by_street = closing.unit is None or closing.unit.kind in (UnitKind.STREET, UnitKind.DISTRICT)
    held, so_far, month = held_to(user, closing, at), asked_before(closing, at), month_standing(closing, at)
    return why_not_ask(held, so_far, month, own=closing.own, by_street=by_street)


def why_not_decided(user, exclusion, at, sheets) -> str:
    """Return why this person may not decide this now, "" when he may; `sheets` are the frozen ones."""
    return why_not_decide(
        held_to(user, exclusion.closing, at), turn=exclusion.turn, decided=exclusion.decided_at is not None,
        asked_by_self=exclusion.by_id == user.pk,
        frozen=is_frozen(exclusion.closing, sheets),
    )  # fmt: skip


@action("month_sheets.ask_exclusion", makes=Exclusion)
def ask_exclusion(closing, *, by, at, id, reason, words, document="", photos=()) -> Exclusion:
    """Ask that a closing be left out, with `photos` that show why; it counts until another level has agreed."""
    closing = (
        Closing.objects.select_for_update(of=("self",)).select_related("unit", "case").get(pk=closing.pk)
    )
    held = held_to(by, closing, at)
    if not held & ASKERS:
        raise NotAllowed(why_not_asked(by, closing, at))
    hold_sheets(month_of(local_day(closing.at)).first)
    if why := why_not_asked(by, closing, at):
        raise Conflict(why)
    words = words_or_refusal(words, "words", "请写依据：当时是什么情况，凭什么这样说。", LONGEST_WORDS)
    exclusion = Exclusion(
        id=id, closing=closing, turn=asked_before(closing, at).turns + 1, unit=closing.unit, grid_path=closing.grid_path,
        month=month_of(local_day(closing.at)).first, at=at, by=by, reason=reason, words=words,
        document=document.strip()[:LONGEST_DOCUMENT], decide_until=workdays_after(at, DECIDE_WORKDAYS),
    )  # fmt: skip
    exclusion.save(force_insert=True)
    if photos:
        photos_of_draft(photos).update(exclusion=exclusion, draft=None)
    tell_deciders(exclusion, at)
    return exclusion


@action("month_sheets.decide_exclusion")
def decide_exclusion(exclusion, *, by, at, granted, words) -> Exclusion:
    """Agree to leave a closing out of the figures, or refuse; both with the reason, told to who asked."""
    closing = (
        Closing.objects.select_for_update(of=("self",))
        .select_related("unit", "case")
        .get(pk=exclusion.closing_id)
    )
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    exclusion.closing = closing
    held = held_to(by, closing, at)
    if not held & DECIDERS[exclusion.turn]:
        raise NotAllowed(why_not_decided(by, exclusion, at, ()))
    hold_sheets(exclusion.month)
    if why := why_not_decided(by, exclusion, at, frozen_sheets()):
        raise Conflict(why)
    exclusion.answer = words_or_refusal(words, "words", "请写明为什么这样定。", LONGEST_WORDS)
    exclusion.granted, exclusion.decided_at, exclusion.decided_by = granted, at, by
    exclusion.final = is_final(held, exclusion.turn)
    if not granted and not exclusion.final:
        exclusion.again_until = workdays_after(at, AGAIN_WORKDAYS)
    exclusion.save()
    if granted:
        closing.excluded = True
        closing.save(update_fields=["excluded"])
        closings.count_again(closing.case, closing.round)
    title = f"{closing.case.number}：{'同意不计入考核' if granted else '没有同意不计入考核'}"
    notices.tell_staff(
        [exclusion.by_id], kind="exclusion", title=title, body=exclusion.answer, at=at, subject=ABOUT
    )
    return exclusion


ABOUT = Subject(SubjectKind.EXCLUSIONS)


def words_or_refusal(words, name, missing, longest) -> str:
    words = words.strip()
    if not words:
        raise NotSaid("还差一项。", **{name: missing})
    if len(words) > longest:
        raise NotSaid("写得太长了。", **{name: f"最多写 {longest} 个字，现在是 {len(words)} 个。"})
    return words


def workdays_after(at, count) -> datetime:
    """Return the end of the working day that is so many after the day of a moment."""
    return end_of_day(work_calendar().nth(local_day(at), count, working=True))


def tell_deciders(exclusion, at, *, late=False) -> None:
    """Tell who decides, of this turn; when it is late the level-1 heads alone."""
    wanted = {role for role, held in STREET_ROLES.items() if held in DECIDERS[exclusion.turn]}
    people = [
        post.user_id
        for post in Post.objects.held_on(local_day(at))
        .over(exclusion.grid_path)
        .filter(role__in=("street_head",) if late else wanted, user__is_active=True)
        if post.user_id != exclusion.by_id
    ]
    by_when = day_words(local_day(exclusion.decide_until), local_day(at))
    asked = f"{exclusion.unit}申请一件不计入考核"
    title = f"{asked}，应在{by_when}前定，还没有定" if late else f"{asked}，请在{by_when}前定"
    notices.tell_staff(
        people, kind="exclusion", title=title, body=exclusion.get_reason_display(), at=at, subject=ABOUT
    )


def exclusions_to_read(user, at) -> QuerySet:
    """Return the askings about what this person reads the figures of, and those that are his to decide."""
    told = Q(unit__in=Unit.objects.filter(readers.told_to(user, at)).values("pk"))
    for post in posts_of(user, at):
        if post.role in STREET_ROLES:
            told |= Q(decided_at=None, grid_path__startswith=post.path)
    rows = Exclusion.objects.filter(readers.reach(user, at)).filter(told)
    return rows.select_related("closing__case", "closing__category", "closing__unit", "unit")


def waiting_for(user, at) -> list[Exclusion]:
    """Return the askings that this person may decide now: neither the own ones nor the own unit's."""
    mine = Q()
    for post in posts_of(user, at):
        for turn, wanted in DECIDERS.items():
            if STREET_ROLES.get(post.role) in wanted:
                mine |= Q(turn=turn, grid_path__startswith=post.path)
    rows = list(Exclusion.objects.waiting().filter(mine).select_related("closing")) if mine else []
    sheets = frozen_sheets() if rows else ()
    return [each for each in rows if not why_not_decided(user, each, at, sheets)]


def left_out(unit, period, where=None) -> QuerySet:
    """Return what of a unit's month another level agreed to leave out of its figures."""
    return Exclusion.objects.holding().filter(
        where or Q(), unit=unit, month__gte=period.first, month__lt=period.after
    )
