"""The number to bring down: cells still typed by hand this month, by sheet and by unit, never by person."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment.periods import month_before, month_of
from yige.lib.local_time import local_day
from yige.report_centre import queries
from yige.report_centre.models import AskedSheet
from yige.web.guard import staff


@require_GET
@staff("see_sheets")
def typed_cells(request):
    at = timezone.now()
    month = month_of(local_day(at))
    before = month_before(month)
    sheets = list(AskedSheet.objects.visible_to(request.user, at).select_related("request__unit"))
    by_sheet = queries.counter_by_sheet(sheets, month, before)
    standing = [sheet for sheet in sheets if sheet.standing_at(at).is_made]
    context = {
        "month": month,
        "by_sheet": by_sheet,
        "by_unit": queries.counter_by_unit(sheets, month, before),
        "now": sum(row.now for row in by_sheet),
        "before": sum(row.before for row in by_sheet),
        "fill_themselves": sum(sheet.fills_itself for sheet in standing),
        "standing": len(standing),
        "minutes": queries.minutes_saved(sheets, month),
    }
    return render(request, "console/report_centre/typed_cells.html", context)
