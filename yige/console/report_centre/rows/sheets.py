"""The list as it is read: sheets by who asks for them, and what waits for this reader."""

from itertools import groupby

from yige.console.report_centre.rows.standings import is_keeper, is_mine
from yige.report_centre.models import AskedSheet, TypedCell
from yige.report_centre.queries import requests_seen, span_now, standings_of


class Line:
    """A sheet with how it stands, and how many cells of this period are still to be typed."""

    def __init__(self, sheet, at, typed):
        self.sheet, self.standing = sheet, sheet.standing_at(at)
        days = tuple(span_now(sheet, at))
        missing = [cell for cell in sheet.typed if (sheet.pk, *days, cell["name"]) not in typed]
        self.missing = len(missing) if self.standing.is_made else 0


def lines(user, at, *, gone=False):
    """Return the sheets on the list, or those that were on it, in the reader's reach."""
    sheets = AskedSheet.objects.visible_to(user, at).select_related("request__unit", "owner")
    sheets = list(sheets.filter(ended_on__isnull=False) if gone else sheets.standing())
    by_hand = [sheet.pk for sheet in sheets if sheet.typed]
    cells = TypedCell.objects.filter(sheet__in=by_hand).order_by()
    typed = set(cells.values_list("sheet", "first", "after", "name")) if by_hand else set()
    return [Line(sheet, at, typed) for sheet in sheets]


def by_asker(lines):
    """Return [(who asks, lines)] in the order of the alphabet."""
    lines = sorted(lines, key=lambda line: (line.sheet.request.asker, line.sheet.name))
    return [
        (asker, list(group)) for asker, group in groupby(lines, key=lambda line: line.sheet.request.asker)
    ]


def waiting(user, at):
    """Return the requests that this reader may answer."""
    return [each for each in requests_seen(user, at).waiting() if standings_of(user, at, each.unit)]


def to_act_on(lines, user, at):
    """Return the sheets that wait for this reader: cells to type, terms that are over."""
    return [
        line
        for line in lines
        if (line.missing and is_mine(line.sheet, user, at))
        or (line.standing.waits_for and is_keeper(line.sheet, user, at))
    ]
