"""The sheet of a month: shown on the first working day after it, frozen when the objections are over and decided."""

from collections import Counter

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post, Unit
from yige.accounts.roles import having
from yige.accounts.scope import posts_of
from yige.assessment.periods import Period, month_before, month_of
from yige.audit.log import action
from yige.cases.models import Card, Closing, Exclusion
from yige.cases.queries import desk_and_heads, work_calendar
from yige.grids.models import Grid, Level
from yige.lib.local_time import day_words, local_day
from yige.lib.refusals import Conflict, NotAllowed
from yige.month_sheets.definition import definition_now, version_of
from yige.month_sheets.exclusion_rules import DECIDE_WORKDAYS, OBJECTION_WORKDAYS
from yige.month_sheets.exclusions import LONGEST_WORDS, tell_deciders, words_or_refusal, workdays_after
from yige.month_sheets.frozen_figures import counted_now, rows_to_keep
from yige.month_sheets.models import MonthSheet, SheetNote, SheetRow
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind


def turn_sheets(at) -> Counter:
    """Do what the day asks: show the months that are over, freeze what may be, tell of what is decided late. Idempotent."""
    done, last = Counter(), month_before(month_of(local_day(at)))
    if local_day(at) >= work_calendar().nth(last.after, 0, working=True):
        newest = dict(MonthSheet.objects.values_list("path").annotate(Max("first")))
        for street in Grid.objects.current().filter(level=Level.SUBDISTRICT).order_by("path"):
            for month in months_to_show(newest.get(street.path), last):
                show_sheet(street, by=CLOCK, at=at, first=month.first)
                done["shown"] += 1
    for sheet in MonthSheet.objects.filter(frozen_at=None, objections_until__lt=at):
        done["frozen"] += freeze(sheet, by=CLOCK, at=at) is not None
    return done + tell_late(at)


def months_to_show(newest, last) -> list[Period]:
    """Return the months after the newest sheet up to the last month, so that a clock that stood still skips none."""
    months = [last]
    while newest and months[0].first > newest:
        months.insert(0, month_before(months[0]))
    return months[1:] if newest else months


@action("month_sheets.show", makes=MonthSheet)
def show_sheet(street, *, by, at, id, first) -> MonthSheet:
    """Show a month to its units: for five working days they may ask that something be left out."""
    until = workdays_after(at, OBJECTION_WORKDAYS)
    sheet = MonthSheet(
        id=id, path=street.path, name=street.name, first=first, shown_at=at, objections_until=until
    )
    sheet.save(force_insert=True)
    people = readers_of(sheet, at)
    title = f"{sheet.name} {month_of(first).label}考评月表公示，{day_words(local_day(until), local_day(at))}前可以申请不计入"
    notices.tell_staff(
        people,
        kind="month_sheet",
        title=title,
        body="",
        at=at,
        subject=Subject(SubjectKind.MONTH_SHEETS, sheet.pk),
    )
    return sheet


def readers_of(sheet, at) -> list:
    """Return who is told: the heads and the desk over the street, and who reads the figures of a unit that has any."""
    posts = Post.objects.held_on(local_day(at)).filter(
        role__in=having("see_assessment"), user__is_active=True
    )
    units = set(counted_now(sheet))
    return [
        post.user_id
        for post in posts
        if post.unit_id in units or (post.rule.sees == "area" and post.path.startswith(sheet.path))
    ]


def freeze(sheet, *, by, at) -> MonthSheet | None:
    """Freeze a sheet whose days are over; None while something of its month waits to be decided, or it is done."""
    with transaction.atomic():
        sheet = MonthSheet.objects.select_for_update().get(pk=sheet.pk)
        if sheet.frozen_at or sheet.objections_until >= at or waiting_count(sheet, at):
            return None
        return keep_sheet(sheet, by=by, at=at)


def waiting_count(sheet, at) -> int:
    """Return how much holds the freezing: what is asked and not decided, what may be asked once more, appeals of cards.

    An appeal that came after the days of objection holds nothing; what it changes is told below the sheet.
    """
    asked = Exclusion.objects.filter(month=sheet.first, grid_path__startswith=sheet.path)
    again = asked.filter(again_until__gte=at).exclude(closing__exclusions__turn=2)
    return asked.waiting().count() + again.count() + appeals_waiting(sheet).count()


def appeals_waiting(sheet) -> QuerySet:
    """Return the cards of the month that a unit objected to in time and nobody has answered."""
    month = month_of(sheet.first)
    of_month = Closing.objects.below(sheet.path).filter(
        case=OuterRef("case"), round=OuterRef("round"), at__gte=month.begin, at__lt=month.end
    )
    open_cards = Q(
        case__grid_path__startswith=sheet.path,
        at__lt=month.end,
        case__reopen_no=F("round"),
        case__closed_at=None,
    )
    waits = Card.objects.filter(appealed_at__lte=sheet.objections_until, answered_at=None)
    return waits.filter(Exists(of_month) | open_cards)


@action("month_sheets.freeze")
def keep_sheet(sheet, *, by, at) -> MonthSheet:
    """Keep the rows of every figure with the definitions that hold now; from here on the sheet counts these alone."""
    rows = rows_to_keep(sheet)
    SheetRow.objects.bulk_create(rows, batch_size=2_000)
    units = Unit.objects.filter(pk__in={row.unit_id for row in rows}).order_by("kind", "path", "name")
    sheet.units = [
        {"id": str(unit.pk), "name": unit.name, "kind": unit.kind, "kind_label": unit.get_kind_display()}
        for unit in units
    ]
    sheet.definition = definition_now()
    sheet.version, sheet.frozen_at = version_of(sheet.definition), at
    sheet.save()
    return sheet


@action("month_sheets.note", makes=SheetNote)
def note_correction(sheet, *, by, at, id, words, unit=None) -> SheetNote:
    """Write a correction under a frozen sheet; its numbers stay."""
    if not may_note(sheet, by, at):
        raise NotAllowed("更正由街道来写。")
    if sheet.frozen_at is None:
        raise Conflict("这个月的表还没有定，有不对的请在公示期里申请。")
    words = words_or_refusal(words, "words", "请写明哪里不对、应当是多少、依据是什么。", LONGEST_WORDS)
    note = SheetNote(id=id, sheet=sheet, unit=unit, at=at, by=by, words=words)
    note.save(force_insert=True)
    return note


def may_note(sheet, user, at) -> bool:
    """Say whether somebody may write a correction: the desk and the head of the street."""
    over = [post for post in posts_of(user, at) if sheet.path.startswith(post.path)]
    return any(post.rule.level == 1 and post.may("see_assessment") for post in over)


def tell_late(at) -> Counter:
    """Tell the level-1 heads once of each asking and each appeal of a card that should have been decided."""
    told = Counter()
    for exclusion in (
        Exclusion.objects.waiting().filter(decide_until__lt=at, told_late_at=None).select_related("unit")
    ):
        with transaction.atomic():
            if Exclusion.objects.filter(pk=exclusion.pk, told_late_at=None).update(told_late_at=at):
                tell_deciders(exclusion, at, late=True)
                told["told"] += 1
    cards = Card.objects.filter(appealed_at__isnull=False, answered_at=None, told_late_at=None)
    for card in cards.select_related("case__category"):
        if workdays_after(card.appealed_at, DECIDE_WORKDAYS) < at:
            with transaction.atomic():
                if Card.objects.filter(pk=card.pk, told_late_at=None).update(told_late_at=at):
                    tell_appeal(card, at)
                    told["told"] += 1
    return told


def tell_appeal(card, at) -> None:
    """Tell the level-1 heads of an appeal that waits too long; its words stand on the case."""
    people = desk_and_heads(card.case, at, "street_head")
    subject = Subject(SubjectKind.CASE, card.case_id)
    title = f"{card.case.number} 的牌申诉了 {DECIDE_WORKDAYS} 个工作日，还没有答复"
    notices.tell_staff(people, kind="exclusion", title=title, body=card.reason, at=at, subject=subject)
