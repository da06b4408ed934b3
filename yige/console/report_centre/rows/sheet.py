"""What a sheet shows on a page: its first lines in the reader's reach, each cell as people read it."""

from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from yige.accounts.models import Unit
from yige.assessment.periods import SPANS, month_of, months_in
from yige.lib.local_time import local_day
from yige.lib.sheet_cells import plain
from yige.report_centre import row_lines, views
from yige.report_centre.columns import COLUMN_BY_NAME, FILTERS, GROUPING_BY_NAME, MOMENTS
from yige.report_centre.terms import SPAN_LABELS, period_words, span_of

BEHIND = ("number", "category", "community", "unit", "state", "reported_at", "overdue")
SHOWN, PREVIEWED, PRINTED = 50, 8, 1_000
FIGURED = ("whole", "unit", "community")  # groupings whose figures assessment has a page of rows for
CUTS = {"met": "met"}  # the other parts are told of all that was counted


def table(view, user, at, period, most):
    """Return the headings and at most so many lines, and whether there are more."""
    found = [(line, ()) for line in islice(views.lines(view, user, at, period), most + 1)]
    return show_lines(view, period, found, most)


def linked_table(view, user, at, period):
    """Return the table of a sheet in which each number of a grouped one leads to its rows.

    `whole` says that every group is told: all matters together, less those that are told, are those of the one that is not.
    """
    if not view.grouping:
        return table(view, user, at, period, SHOWN) | {"whole": True}
    groups = list(views.told_groups(view, user, at, period))
    links = figure_links(view, period, at)
    slugs = slugs_of(view, groups) if links else {}
    found = [
        (
            cells,
            [
                query_of(keys, name) or address_of(view, keys, links.get(name), slugs)
                for name in ("", *view.columns)
            ],
        )
        for keys, cells in groups
    ]
    return show_lines(view, period, found, SHOWN) | {"whole": all(keys for keys, _ in groups)}


def show_lines(view, period, found, most):
    lines = [[plain(value) for value in line] for line, _ in found[:most]]
    queries = [query or [""] * len(line) for line, query in found[:most]]
    return {
        "headings": views.headings(view),
        "lines": lines,
        "cells": [list(zip(*line, strict=True)) for line in zip(lines, queries, strict=True)],
        "opens": any(address.startswith("?") for line in queries for address in line),
        "opens_figures": any(address.startswith("/") for line in queries for address in line),
        "more": len(found) > most,
        "span": period_words(period),
    }


def query_of(keys, name):
    """Return the address that opens the rows of a count; a group told without numbers and other columns have none."""
    if not keys or not name or COLUMN_BY_NAME[name].of != "count":
        return ""
    return f"?{urlencode({'rows': 1, 'group': keys[0], 'count': name})}#behind"


def figure_links(view, period, at) -> dict:
    """Return {name of a column: words of the address} of the figures whose rows have a page; {} where none has.

    What leaves the house is told by chance, and a page of assessment reads whole months up to this one.
    """
    months, this = months_in(period), month_of(local_day(at))
    whole = period.first.day == period.after.day == 1 and months in SPANS and period.after <= this.after
    if view.outside or view.grouping not in FIGURED or not whole:
        return {}
    figures = [name for name in view.columns if COLUMN_BY_NAME[name].of == "figure"]
    return {name: asked_of(name, period, months) for name in figures}


def asked_of(name, period, months) -> tuple[str, str]:
    """Return the indicator of a column, and what its address asks for."""
    indicator, _, part = name.partition("__")
    asked = {"month": period.name} | ({"span": months} if months > 1 else {})
    return indicator, urlencode(asked | ({"show": CUTS[part]} if part in CUTS else {}))


def slugs_of(view, groups) -> dict:
    """Return the names in addresses of the units that stand by themselves."""
    if view.grouping != "unit":
        return {}
    alone = [keys[0] for keys, _ in groups if len(keys) == 1 and keys[0]]
    return dict(Unit.objects.filter(pk__in=alone).values_list("pk", "slug"))


def address_of(view, keys, link, slugs) -> str:
    """Return the page of the rows of one cell; several teams that are told together have none."""
    if link is None or len(keys) != 1 or keys[0] is None:
        return ""
    indicator, asked = link
    if view.grouping == "whole":
        return f"{reverse('console:reach_rows', args=[indicator])}?{asked}"
    if view.grouping == "unit":
        return f"{reverse('console:figure_rows', args=[slugs[keys[0]], indicator])}?{asked}"
    key = keys[0].strip("/").replace("/", "~")
    return f"{reverse('console:group_rows', args=['place', key, indicator])}?{asked}"


def rows_behind(view, user, at, period, asked):
    """Return the matters that one count of a grouped sheet counted, or all of them where every group is told."""
    if not view.grouping:
        return None
    words, found, name = "这些件数", None, asked.get("count", "")
    groups = list(views.told_groups(view, user, at, period))
    if all(keys for keys, _ in groups):
        found = views.matters(view, user, at, period)
    if name in view.columns and COLUMN_BY_NAME[name].of == "count":
        for keys, cells in groups:
            if keys and f"{keys[0]}" == asked.get("group"):
                words = f"{cells[0]}，{COLUMN_BY_NAME[name].label}"
                found = views.counted_rows(view, user, at, period, keys, name)
    if found is None:
        return None
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
