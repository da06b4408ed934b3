"""What the open ledger shows: rows without anybody's words, and figures that count those rows and nothing else."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q

from yige.accounts.actors import LinkHolder
from yige.cases import reporters, workflow
from yige.cases.case_notices import RECEIPT
from yige.cases.models import Case, Category, PlatformComplaint, Reporter
from yige.cases.words import BEFORE_HANDLED, State
from yige.grids.models import Grid, Level
from yige.lib.local_time import local_day, start_of_day
from yige.lib.short_cache import ShortCache
from yige.notices.models import Notice
from yige.steps.verbs import why_refused

PERIOD_DAYS = 30
GROUPS = {
    "open": ("正在办", BEFORE_HANDLED),
    "done": ("办完待确认", (State.HANDLED, State.CLOSED)),
    "cleared": ("已销号", (State.CLEARED,)),
    "rejected": ("不予受理", (State.REJECTED,)),
}
_figures, _tables = ShortCache(seconds=60), ShortCache(seconds=20)
_COLUMNS = ("category", "grid", "unit")
# What everybody may read of a timeline: which step, which unit, when; words only where they were meant for all.
_FOR_ALL = "tell_area"
# What the reporter of a merged case does to the case that it is handled with.
WITH_THE_LEADER = tuple(row.verb for row in workflow.MOVES if "fellow" in row.who)


def ledger(*, path="", group="", category="", number=None):
    """Return the public cases of an area, newest first."""
    rows = Case.objects.public().exclude(state=State.MERGED).select_related(*_COLUMNS)
    if path:
        rows = rows.below(path)
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group][1])
    if category:
        rows = rows.filter(Q(category__slug=category) | Q(category__parent__slug=category))
    if number is not None:
        rows = rows.filter(serial=number)
    return rows.order_by("-serial")


def figures(*, path, at):
    """Count the last thirty days of an area: taken in, closed, cleared, and still open beyond their day.

    All of them stand in the list beside, one by one, so that no count is hidden: who can count would know it.
    """
    return _figures.of(("figures", path), lambda: _count(path, at))


def _count(path, at):
    since = at - timedelta(days=PERIOD_DAYS)
    rows = Case.objects.public().exclude(state=State.MERGED)
    rows = rows.below(path) if path else rows
    counted = rows.filter(reported_at__gte=since).aggregate(
        reported=Count("pk"),
        closed=Count("pk", filter=Q(closed_at__isnull=False)),
        cleared=Count("pk", filter=Q(state=State.CLEARED)),
    )
    counted["late"] = rows.filter(state__in=BEFORE_HANDLED).overdue(at).count()
    return counted


def running_month(*, path, at):
    """Return how many public matters of the running month were reported and closed until yesterday, as the list shows them."""
    return _figures.of(("running", path, local_day(at)), lambda: _count_running(path, at))


def _count_running(path, at):
    today = local_day(at)
    rows = Case.objects.public().exclude(state=State.MERGED)
    rows = rows.below(path) if path else rows
    span = (start_of_day(today.replace(day=1)), start_of_day(today))
    return rows.aggregate(
        reported=Count("pk", filter=Q(reported_at__gte=span[0], reported_at__lt=span[1])),
        closed=Count("pk", filter=Q(closed_at__gte=span[0], closed_at__lt=span[1])),
    )


def by_class(*, path, at):
    """Return rows (label, reported, closed, width of the bar) of the last thirty days by class of category."""
    return _figures.of(("classes", path), lambda: _count_classes(path, at))


def _count_classes(path, at):
    since = at - timedelta(days=PERIOD_DAYS)
    rows = Case.objects.public().exclude(state=State.MERGED).filter(reported_at__gte=since)
    rows = rows.below(path) if path else rows
    counted = rows.values("category__parent__label", "category__label").annotate(
        reported=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False))
    )
    totals = {}
    for row in counted.order_by():
        label = row["category__parent__label"] or row["category__label"]
        reported, closed = totals.get(label, (0, 0))
        totals[label] = (reported + row["reported"], closed + row["closed"])
    return _with_bars(sorted(totals.items(), key=lambda pair: (-pair[1][0], pair[0])))


def public_lines(case):
    """Return the steps of a public case, newest first, without what anybody said to the reporter."""
    lines = []
    for entry in case.entries.exclude(public_words="").order_by("-at", "-id"):
        words = entry.public_words if entry.verb == _FOR_ALL else ""
        lines.append({"entry": entry, "label": workflow.BY_VERB[entry.verb].label, "words": words})
    return lines


def reporter_may(case, leader, now):
    """Return {verb: the case that it is done to}; what can be done only once goes away when it is done.

    Whoever was merged in rates the own case, and does all else to the one it is handled with.
    """
    by, other = LinkHolder(case.pk), {"clear", "join"}
    targets = {
        row.verb: case for row in workflow.allowed_moves(case.state, {"reporter"}) if row.verb not in other
    }
    if leader.pk != case.pk:
        targets |= {row.verb: leader for row in workflow.allowed_moves(leader.state, {"fellow"})}
    return {verb: target for verb, target in targets.items() if not why_refused(verb, target, by, now)}


def urge_wait(case, leader, now):
    """Return when the reporter may hurry again, in a sentence, where a hurry would be refused now; else ""."""
    if leader.state not in BEFORE_HANDLED:
        return ""
    return why_refused("urge", leader, LinkHolder(case.pk), now)


class ReceiptMessage(NamedTuple):
    """The message with the link: to which number or box it goes, its state, and not before when."""

    address: str
    delivery: str
    send_after: datetime


def receipt_message(case):
    """Return the message with the link that this report was answered with; None where no wire reaches what was left."""
    notice = Notice.objects.filter(subject_id=case.pk, kind=RECEIPT).first()
    reporter = Reporter.objects.filter(case=case, removed_at=None).first()
    if notice is None or reporter is None:
        return None
    masked = reporters.masked_contact(reporter)
    by_mail = masked["email"] and (settings.YIGE_MAIL_ON or settings.DEMO)
    by_phone = masked["phone"] and (settings.YIGE_SMS_URL or settings.DEMO)
    if not by_mail and not by_phone:
        return None
    return ReceiptMessage("您的邮箱" if by_mail else masked["phone"], notice.delivery, notice.send_after)


def category_tiles(chosen):
    """Return the classes with their categories, as the report form shows them."""
    leaves = _tables.of("tiles", _leaves_by_class)
    return [
        {**row, "leaves": below, "open": any(leaf["slug"] == chosen for leaf in below)}
        for row in leaves[None]
        for below in [leaves.get(row["id"], [])]
    ]


def _leaves_by_class():
    names = ("id", "parent_id", "slug", "label", "icon", "ask", "call_first")
    leaves = {None: []}
    for row in Category.objects.filter(active=True).values(*names):
        leaves.setdefault(row["parent_id"], []).append(row)
    return leaves


def answered_complaints():
    """Return the latest answers to what was said about the platform; the words themselves stay private."""
    answered = PlatformComplaint.objects.exclude(answer="").order_by("-answered_at")
    return answered.values("answer", "answered_at")[:10]


def areas():
    """Return the communities and grids that the filter offers, in order of the tree."""
    rows = Grid.objects.public().filter(level__in=(Level.COMMUNITY, Level.GRID)).order_by("path")
    return _tables.of("areas", lambda: list(rows.values("path", "name", "level")))


def classes():
    return _tables.of("classes", lambda: list(Category.objects.classes().values("slug", "label")))


def _with_bars(totals):
    most = max((reported for _, (reported, _) in totals), default=0)
    return [
        {"label": label, "reported": reported, "closed": closed, "width": round(100 * reported / most)}
        for label, (reported, closed) in totals
    ]
