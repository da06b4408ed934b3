"""Who can be reached for which unit: every unit now, the week of one, its shifts, sheets in and out."""

from django.urls import path

import yige.web.converters  # noqa: F401 the converters in the paths
from yige.console.duty_roster.views import duty_roster, roster_sheets, shift

urlpatterns = [
    path("duty-roster/", duty_roster.units, name="duty_roster"),
    path("duty-roster/import/", roster_sheets.take_in, name="duty_roster_import"),
    path("duty-roster/units/<slug:slug>/", duty_roster.unit, name="duty_roster_unit"),
    path("duty-roster/units/<slug:slug>/copy/", duty_roster.copy, name="duty_roster_copy"),
    path("duty-roster/units/<slug:slug>/export/", roster_sheets.export, name="duty_roster_export"),
    path("duty-roster/shifts/<uuid:pk>/", shift.shift, name="shift"),
    path("duty-roster/shifts/<uuid:pk>/end/", shift.end, name="shift_end"),
]
