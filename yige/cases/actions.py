"""Writes to the tables of cases that are no step: the tables an administrator edits, drafts, cards, views."""

from django.db import transaction

from yige.accounts.duties import check_tables
from yige.accounts.limits import take_turn
from yige.audit.log import action
from yige.cases import categories, closings, holidays, queries, rules
from yige.cases.models import CalendarDay, Card, Category, PlatformComplaint, RuleValue, SavedView
from yige.cases.models.tables import DayKind
from yige.cases.standings import standings
from yige.cases.workflow import may_beside
from yige.lib.crypto import seal
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


def install() -> None:
    """Put in what a fresh installation needs and what is missing; change nothing that is there."""
    with transaction.atomic():
        install_calendar()
        install_categories()


def install_calendar() -> None:
    known = {}
    for first, last, name in holidays.HOLIDAYS:
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = first.fromordinal(ordinal)
            known[day] = CalendarDay(day=day, kind=DayKind.OFF, name=name)
    for day in holidays.MAKE_UP_WORKDAYS:
        known[day] = CalendarDay(day=day, kind=DayKind.WORK, name="调休上班")
    CalendarDay.objects.bulk_create(known.values(), ignore_conflicts=True)


def install_categories() -> None:
    explained = {code: pair.words for pair in categories.CONFUSABLES for code in pair.codes}
    groups = [
        Category(slug=group.code, label=group.label, order=place, icon=group.icon, ask=group.hint)
        for place, group in enumerate(categories.CLASSES, 1)
    ]
    Category.objects.bulk_create(groups, ignore_conflicts=True)
    parents = {group.slug: group for group in Category.objects.filter(parent=None)}
    leaves = [
        Category(
            slug=row.code, label=row.label, parent=parents[row.group], order=place, urgency=row.urgency,
            nature=row.nature, national_kind="管理事项" if row.code5 else "", national_code=row.code5,
            call_first=categories.CALL_FIRST.get(row.call_first, row.call_first), ask=row.ask,
            explain=explained.get(row.code, "")[:200], unit_hint=row.unit,
        )
        for place, row in enumerate(categories.CATEGORIES, 1)
    ]  # fmt: skip
    Category.objects.bulk_create(leaves, ignore_conflicts=True)


@action("cases.change_category")
def change_category(category, *, by, at, **changes) -> Category:
    """Change the words, urgency, nature, unit or use of one category."""
    check_tables(by, at)
    for name, value in changes.items():
        setattr(category, name, value)
    category.save(update_fields=list(changes))
    queries.reread_tables()
    return category


@action("cases.add_category", makes=Category)
def add_category(parent, *, by, at, id, slug, label, **rest) -> Category:
    """Add a category under a class."""
    check_tables(by, at)
    if Category.objects.filter(slug=slug).exists():
        raise NotSaid("代号已有。", slug="这个代号已经用过了，请换一个。")
    return Category.objects.create(id=id, parent=parent, slug=slug, label=label, **rest)


@action("cases.set_calendar_day")
def set_day(day, *, by, at, kind, name) -> CalendarDay:
    """Say that a day is a holiday or a make-up workday; deadlines of open cases follow within the hour."""
    check_tables(by, at)
    day.kind, day.name = kind, name
    day.save()
    queries.reread_tables()
    return day


@action("cases.forget_calendar_day")
def forget_day(day, *, by, at) -> None:
    """Make a day what its weekday says."""
    check_tables(by, at)
    CalendarDay.objects.filter(pk=day.pk).delete()
    queries.reread_tables()


@action("cases.set_rule")
def set_rule(rule_value, *, by, at) -> None:
    """Set the value of one rule within its limits."""
    check_tables(by, at)
    rule = rules.RULE_BY_NAME[rule_value.name]
    if not rule.low <= rule_value.value <= rule.high:
        raise NotSaid("超出范围。", value=f"“{rule.label}”应在 {rule.low} 到 {rule.high} 之间。")
    RuleValue.objects.update_or_create(name=rule.name, defaults={"value": rule_value.value})
    rules.reread_values()


@action("cases.appeal_card")
def appeal_card(card, *, by, at, words) -> Card:
    """Object to a card, once, with the reason."""
    if not may_beside("appeal_card", standings(by, card.case, at)):
        raise NotAllowed("只有承办单位和它的网格长可以申诉。")
    if card.appealed_at:
        raise Conflict("这张牌已经申诉过了。")
    card.appeal, card.appealed_at, card.appealed_by = words[:500], at, by
    card.save()
    return card


@action("cases.answer_appeal")
def answer_appeal(card, *, by, at, lift, words) -> Card | None:
    """Lift a card after an appeal, or keep it, with the reason."""
    if not may_beside("answer_appeal", standings(by, card.case, at)):
        raise NotAllowed("申诉由事件处置岗或一级网格长答复。")
    if card.appealed_at is None or card.answered_at:
        raise Conflict("没有待答复的申诉。")
    card.answer, card.answered_at = words[:500], at
    card.lifted_at = at if lift else None
    card.save()
    if lift:
        closings.count_again(card.case, card.round)
    return card


@action("cases.save_view", makes=SavedView)
def save_view(user, *, by, at, id, name, query) -> SavedView:
    """Keep a filter of the queue under a name; the same name is replaced."""
    SavedView.objects.filter(user=user, name=name).delete()
    return SavedView.objects.create(id=id, user=user, name=name, query=query)


@action("cases.remove_view")
def remove_view(view, *, by, at) -> None:
    view.delete()


@action("cases.export")
def note_export(user, *, by, at, rows, query) -> None:
    """Leave a line in the log: who took how many cases out as a sheet."""


@action("cases.complain", makes=PlatformComplaint)
def complain(page, *, by, at, id, words, contact="", device="") -> PlatformComplaint | None:
    """Take in what somebody says about the platform itself."""
    if device:
        take_turn("complaint.device", device, at=at)
    where = f"cases_platformcomplaint.contact:{id}"
    sealed = seal(contact, where=where) if contact else None
    return PlatformComplaint.objects.create(id=id, at=at, words=words, page=page[:200], contact_sealed=sealed)


@action("cases.answer_complaint")
def answer_complaint(complaint, *, by, at, words) -> PlatformComplaint:
    """Answer it; the answer is shown on the complaint page."""
    check_tables(by, at)
    complaint.answer, complaint.answered_at = words, at
    complaint.save()
    return complaint
