"""Assessment: the units of a month, one unit with its own months, other groupings, the rows behind a figure."""

from django.urls import path

from yige.console.assessment.views import assessed_unit, assessments, figure_rows, group, groups

urlpatterns = [
    path("assessment/", assessments.assessments, name="assessments"),
    path("assessment/groups/<slug:grouping>/", groups.groups, name="assessment_groups"),
    path("assessment/groups/<slug:grouping>/<str:key>/", group.group, name="assessment_group"),
    path("assessment/groups/<slug:grouping>/<str:key>/<slug:name>/", figure_rows.of_group, name="group_rows"),
    path("assessment/<slug:slug>/", assessed_unit.assessed_unit, name="assessed_unit"),
    path("assessment/<slug:slug>/<slug:name>/", figure_rows.of_unit, name="figure_rows"),
]
