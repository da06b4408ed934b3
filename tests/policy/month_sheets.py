"""A closing that may be asked about, one that was, and a frozen sheet: the values of the routes of the months' sheets."""

from datetime import timedelta

from tests.factories import life
from yige.assessment.periods import month_before, month_of
from yige.lib.local_time import local_day
from yige.month_sheets.exclusions import ask_exclusion
from yige.month_sheets.sheets import keep_sheet, show_sheet

ASK, ASKED = "console/assessment/exclusions/ask/<uuid:pk>/", "console/assessment/exclusions/<uuid:pk>/decide/"
SHEET = "console/assessment/sheets/<uuid:pk>/"
ROWS = SHEET + "<slug:slug>/<slug:name>/"


def own(here, at, closing):
    """Ask about a closing of its own, freeze the sheet of a month long past; `closing` is the one to ask about."""
    other = life(here, "closed", at=at).closings.get()
    said = {"reason": "force", "words": "全城停电"}
    exclusion = ask_exclusion(other, by=here.grid_head, at=at + timedelta(hours=4), **said)
    first = month_before(month_before(month_of(local_day(at)))).first
    sheet = keep_sheet(show_sheet(here.street, by=here.system, at=at, first=first), by=here.system, at=at)
    of_sheet = {SHEET + part: {"uuid:pk": sheet.pk} for part in ("", "note/")}
    of_rows = {ROWS: {"uuid:pk": sheet.pk, "slug:name": "kept"}}
    return {ASK: {"uuid:pk": closing.pk}, ASKED: {"uuid:pk": exclusion.pk}} | of_sheet | of_rows


# For those who open every page in a browser.
PAGES = {"month_sheet": SHEET}
NO_PAGE = ("month_sheet_note", "exclusion_decide")


def parts(values):
    """Return {route name: parts of its address} of the pages."""
    rows = {"sheet_rows": {"pk": values[ROWS]["uuid:pk"], "slug": "team", "name": "kept"}}
    return rows | {
        name: {"pk": values[route]["uuid:pk"]} for name, route in (PAGES | {"exclusion_ask": ASK}).items()
    }
