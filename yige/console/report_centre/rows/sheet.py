"""What a sheet shows on a page: its first lines in the reader's reach, each cell as people read it."""

from itertools import islice
from urllib.parse import urlencode

from yige.lib.sheet_cells import plain
from yige.report_centre import row_lines, views
from yige.report_centre.columns import COLUMN_BY_NAME, FILTERS, GROUPING_BY_NAME, MOMENTS
from yige.report_centre.terms import SPAN_LABELS, period_words, span_of

BEHIND = ("number", "category", "community", "unit", "state", "reported_at", "overdue")
SHOWN, PREVIEWED, PRINTED = 50, 8, 1_000


def table(view, user, at, period, most):
    """Return the headings and at most so many lines, and whether there are more."""
    found = [(line, ()) for line in islice(views.lines(view, user, at, period), most + 1)]
    return show_lines(view, period, found, most)


def linked_table(view, user, at, period):
    """Return the table of a sheet in which each count of a grouped one leads to its rows."""
    if not view.grouping:
        return table(view, user, at, period, SHOWN)
    groups = islice(views.told_groups(view, user, at, period), SHOWN + 1)
    found = [(cells, [query_of(keys, name) for name in ("", *view.columns)]) for keys, cells in groups]
    return show_lines(view, period, found, SHOWN)


def show_lines(view, period, found, most):
    lines = [[plain(value) for value in line] for line, _ in found[:most]]
    queries = [query or [""] * len(line) for line, query in found[:most]]
    return {
        "headings": views.headings(view),
        "lines": lines,
        "cells": [list(zip(*line, strict=True)) for line in zip(lines, queries, strict=True)],
        "opens": any(map(any, queries)),
        "more": len(found) > most,
        "span": period_words(period),
    }


def query_of(keys, name):
    """Return the query that opens the rows of a count; a group told without numbers and other columns have none."""
    if not keys or not name or COLUMN_BY_NAME[name].of != "count":
        return ""
    return urlencode({"rows": 1, "group": keys[0], "count": name})


def rows_behind(view, user, at, period, asked):
    """Return the matters that one count of a grouped sheet counted, or all of them: as many as it says."""
    if not view.grouping:
        return None
    words, found = "这些件数", views.matters(view, user, at, period)
    name = asked.get("count", "")
    if name in view.columns and COLUMN_BY_NAME[name].of == "count":
        for keys, cells in views.told_groups(view, user, at, period):
            if keys and f"{keys[0]}" == asked.get("group"):
                words = f"{cells[0]}，{COLUMN_BY_NAME[name].label}"
                found = views.counted_rows(view, user, at, period, keys, name)
    named = view._replace(columns=BEHIND, grouping="")
    lines = [(line, ()) for line in row_lines.lines(named, found[: SHOWN + 1], at)]
    return show_lines(named, period, lines, SHOWN) | {"words": words, "count": found.count()}


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
