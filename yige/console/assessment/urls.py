"""Assessment: the units of a month, one unit with its own months, other groupings, the rows behind a figure; the sheets
of the months, what was asked to be left out of them, and what one person took on in time."""

from django.urls import path

from yige.console.assessment.views import (
    assessed_unit,
    assessments,
    exclusion_ask,
    exclusions,
    figure_rows,
    group,
    groups,
    month_sheet,
    month_sheets,
    own_acceptance,
    sheet_rows,
)

urlpatterns = [
    path("assessment/", assessments.assessments, name="assessments"),
    path("assessment/groups/<slug:grouping>/", groups.groups, name="assessment_groups"),
    path("assessment/groups/<slug:grouping>/<str:key>/", group.group, name="assessment_group"),
    path("assessment/groups/<slug:grouping>/<str:key>/<slug:name>/", figure_rows.of_group, name="group_rows"),
    path("assessment/reach/<slug:name>/", figure_rows.of_reach, name="reach_rows"),
    path("assessment/sheets/", month_sheets.month_sheets, name="month_sheets"),
    path("assessment/sheets/<uuid:pk>/", month_sheet.month_sheet, name="month_sheet"),
    path("assessment/sheets/<uuid:pk>/note/", month_sheet.note, name="month_sheet_note"),
    path("assessment/sheets/<uuid:pk>/<slug:slug>/<slug:name>/", sheet_rows.sheet_rows, name="sheet_rows"),
    path("assessment/exclusions/", exclusions.exclusions, name="exclusions"),
    path("assessment/exclusions/<uuid:pk>/decide/", exclusions.decide, name="exclusion_decide"),
    path("assessment/exclusions/ask/<uuid:pk>/", exclusion_ask.ask, name="exclusion_ask"),
    path("acceptance/", own_acceptance.own_acceptance, name="own_acceptance"),
    path("acceptance/<uuid:pk>/", own_acceptance.person_acceptance, name="person_acceptance"),
    path("assessment/<slug:slug>/", assessed_unit.assessed_unit, name="assessed_unit"),
    path("assessment/<slug:slug>/<slug:name>/", figure_rows.of_unit, name="figure_rows"),
]
