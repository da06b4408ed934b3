"""The report centre: who asks for which sheet, what was answered, each sheet with its files, the cells typed by hand."""

from django.urls import path

from yige.console.report_centre.views import (
    sheet,
    sheet_file,
    sheet_print,
    sheet_request,
    sheet_request_new,
    sheet_view,
    sheets,
    typed_cells,
)

urlpatterns = [
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/typed-cells/", typed_cells.typed_cells, name="typed_cells"),
    path("sheets/requests/new/", sheet_request_new.new, name="sheet_request_new"),
    path("sheets/requests/<uuid:pk>/", sheet_request.sheet_request, name="sheet_request"),
    path("sheets/requests/<uuid:pk>/exists/", sheet_request.exists, name="sheet_request_exists"),
    path("sheets/requests/<uuid:pk>/refuse/", sheet_request.refuse, name="sheet_request_refuse"),
    path("sheets/requests/<uuid:pk>/list/", sheet_view.list_request, name="sheet_request_list"),
    path("sheets/<uuid:pk>/", sheet.sheet, name="sheet"),
    path("sheets/<uuid:pk>/change/", sheet_view.change, name="sheet_change"),
    path("sheets/<uuid:pk>/cells/", sheet.type_cells, name="sheet_cells"),
    path("sheets/<uuid:pk>/renew/", sheet.renew, name="sheet_renew"),
    path("sheets/<uuid:pk>/end/", sheet.end, name="sheet_end"),
    path("sheets/<uuid:pk>/print/", sheet_print.sheet_print, name="sheet_print"),
    path("sheets/<uuid:pk>/make/", sheet_file.make, name="sheet_make"),
    path("sheets/files/<uuid:pk>/", sheet_file.fetch, name="sheet_file"),
]
