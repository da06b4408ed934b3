"""What a sheet shows on a page: its first lines in the reader's reach, each cell as people read it."""

from itertools import islice

from yige.lib.sheet_cells import plain
from yige.report_centre import views
from yige.report_centre.columns import COLUMN_BY_NAME, FILTERS, GROUPING_BY_NAME, MOMENTS
from yige.report_centre.terms import SPAN_LABELS, period_words, span_of

BEHIND = ("number", "category", "community", "unit", "state", "reported_at", "overdue")
SHOWN, PREVIEWED, PRINTED = 50, 8, 1_000


def table(view, user, at, period, most):
    """Return the headings and at most so many lines, and whether there are more."""
    found = list(islice(views.lines(view, user, at, period), most + 1))
    cells = [[plain(value) for value in line] for line in found[:most]]
    return {
        "headings": views.headings(view),
        "lines": cells,
        "more": len(found) > most,
        "span": period_words(period),
    }


def rows_behind(view, user, at, period):
    """Return the matters that the counts of a grouped sheet counted: as many as they are together."""
    named = view._replace(columns=BEHIND, grouping="")
    return table(named, user, at, period, SHOWN) if view.grouping else None


def tells(view, kind):
    """Say whether a view has a column of this kind."""
    return any(COLUMN_BY_NAME[name].of == kind for name in view.columns)


def preview(form, user, at, day):
    """Return the first lines of what a form says; None while its parts do not go together."""
    view = form.view()
    return table(view, user, at, span_of(form.cleaned_data["span"], day), PREVIEWED) if view else None


def view_words(sheet):
    """Return how the sheet is cut, in words."""
    grouping, moment = GROUPING_BY_NAME[sheet.grouping].label, sheet.filters.get("moment", MOMENTS[0][0])
    filtered = any(sheet.filters.get(name) for name in FILTERS if name != "moment")
    return f"{SPAN_LABELS[sheet.span]}，{dict(MOMENTS)[moment]}，{grouping}{'，有筛选' if filtered else ''}"
