"""A sheet of the street's list, a request that waits, a file of the desk: the values of the routes of the report centre."""

from tests.report_centre.sheets import asked, listed
from yige.report_centre import making

PEOPLE = {
    "sheet-readers": "street_head desk community_head grid_head neighbour_head other_desk department",
    "sheet-keepers": "street_head desk other_desk",
    "sheet-street": "street_head desk community_head grid_head neighbour_head",
}


def own(here, at):
    """List a sheet of the street, ask for another, have a file made."""
    sheet, request = listed(here, at=at), asked(here, at=at, name="井盖月报")
    file = making.make_file(sheet, by=here.desk, at=at)
    of_sheet, of_request = (
        ("", "change/", "cells/", "renew/", "end/", "print/", "make/"),
        ("", "exists/", "refuse/", "list/"),
    )
    return (
        {f"console/sheets/<uuid:pk>/{part}": {"uuid:pk": sheet.pk} for part in of_sheet}
        | {f"console/sheets/requests/<uuid:pk>/{part}": {"uuid:pk": request.pk} for part in of_request}
        | {"console/sheets/files/<uuid:pk>/": {"uuid:pk": file.pk}}
    )


# For those who open every page in a browser.
PAGES = {
    "sheet": "console/sheets/<uuid:pk>/",
    "sheet_change": "console/sheets/<uuid:pk>/change/",
    "sheet_print": "console/sheets/<uuid:pk>/print/",
    "sheet_request": "console/sheets/requests/<uuid:pk>/",
    "sheet_request_list": "console/sheets/requests/<uuid:pk>/list/",
}
NO_PAGE = (
    "sheet_cells", "sheet_renew", "sheet_end", "sheet_make", "sheet_file", "sheet_request_exists", "sheet_request_refuse",
)  # fmt: skip


def parts(values):
    """Return the values of the addresses by the name of the page."""
    return {name: {"pk": values[address]["uuid:pk"]} for name, address in PAGES.items()}
