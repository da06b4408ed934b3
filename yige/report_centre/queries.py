"""What pages and verbs ask of the report centre: who stands how to a request, which cells are missing, the counter."""

from typing import NamedTuple

from django.db.models import Count, QuerySet

from yige.accounts.models import Post, Unit, User
from yige.accounts.roles import having
from yige.accounts.scope import posts_with
from yige.assessment.periods import Period
from yige.lib.local_time import local_day
from yige.report_centre.models import AskedSheet, SheetFile, SheetRequest, TypedCell
from yige.report_centre.request_rules import KEEPER, UNIT, RequestFacts
from yige.report_centre.terms import span_of


class CounterRow(NamedTuple):
    """How many cells of a sheet (or of a unit) were typed by hand in a month, and in the month before."""

    name: str
    sheet: AskedSheet | None
    now: int
    before: int


def standings_of(user, at, unit) -> set[str]:
    """Return how somebody stands to what a unit is asked for."""
    found = {UNIT} if any(post.unit_id == unit.pk for post in posts_with(user, at, "see_sheets")) else set()
    keeping = posts_with(user, at, "keep_sheets")
    return found | {KEEPER} if any(not unit.path or post.covers(unit.path) for post in keeping) else found


def facts_of(request, at) -> RequestFacts:
    return RequestFacts(
        request.answered_at is not None,
        request.basis_kind,
        request.marked,
        same_on_list(request, at).exists(),
    )


def same_on_list(request, at) -> QuerySet:
    """Return the sheets in force that this office has under this name, of the same unit."""
    listed = AskedSheet.objects.in_force(local_day(at))
    return listed.filter(request__unit=request.unit_id, request__asker=request.asker, name=request.name)


def sheets_to_answer_from(request, at) -> QuerySet:
    """Return the sheets in force that a request may be answered from: those of the unit that is asked."""
    return (
        AskedSheet.objects.in_force(local_day(at))
        .filter(request__unit=request.unit_id)
        .select_related("request")
    )


def people_told(unit, at) -> set:
    """Return the ids of those who are told what is asked of a unit: who works there, and who keeps the list over it."""
    held = Post.objects.held_on(local_day(at)).filter(user__is_active=True)
    found = set(held.filter(unit=unit, role__in=having("see_sheets")).values_list("user_id", flat=True))
    keepers = held.filter(role__in=having("keep_sheets"))
    return found | set((keepers.over(unit.path) if unit.path else keepers).values_list("user_id", flat=True))


def possible_owners(unit, at) -> QuerySet:
    """Return who may own a sheet of a unit."""
    return User.objects.filter(pk__in=people_told(unit, at)).order_by("username")


def span_now(sheet, at) -> Period:
    return span_of(sheet.span, local_day(at))


def typed_in(sheet, period) -> dict[str, TypedCell]:
    """Return what was typed by hand for a period, by the names of the cells."""
    cells = TypedCell.objects.filter(sheet=sheet, first=period.first, after=period.after)
    return {cell.name: cell for cell in cells}


def cells_missing(sheet, period) -> list[str]:
    there = typed_in(sheet, period) if sheet.typed else {}
    return [cell["name"] for cell in sheet.typed if cell["name"] not in there]


# ── the counter ──


def counter_by_sheet(sheets, month, before) -> list[CounterRow]:
    """Return how many cells each of these sheets had typed by hand in a month and in the one before; most first to mend."""
    now, then = cells_by("sheet", month, sheets), cells_by("sheet", before, sheets)
    rows = [CounterRow(sheet.name, sheet, now.get(sheet.pk, 0), then.get(sheet.pk, 0)) for sheet in sheets]
    return [row for row in rows if row.now or row.before or row.sheet.typed]


def counter_by_unit(sheets, month, before) -> list[CounterRow]:
    now, then = cells_by("unit", month, sheets), cells_by("unit", before, sheets)
    units = Unit.objects.filter(pk__in={*now, *then}).order_by("kind", "path", "name")
    return [CounterRow(unit.name, None, now.get(unit.pk, 0), then.get(unit.pk, 0)) for unit in units]


def cells_by(by, month, sheets) -> dict:
    cells = TypedCell.objects.filter(
        sheet__in=sheets, typed_at__gte=month.begin, typed_at__lt=month.end
    ).order_by()
    return dict(cells.values_list(by).annotate(count=Count("pk")))


def minutes_saved(sheets, month) -> int:
    """Return the estimated minutes that whole sheets took nobody: each made in the month, once, with no cell by hand."""
    made = SheetFile.objects.filter(
        sheet__in=sheets, ended_at__gte=month.begin, ended_at__lt=month.end, why="", sheet__typed=[]
    ).order_by()
    once = set(made.values_list("sheet", "first", "after"))
    minutes = {sheet.pk: sheet.minutes for sheet in sheets}
    return sum(minutes[pk] for pk, _, _ in once)


def requests_seen(user, at) -> QuerySet:
    return SheetRequest.objects.visible_to(user, at).select_related("unit", "asked_by", "answered_by")
