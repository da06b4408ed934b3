"""Assessment: the units of a month, one unit with its own months, the rows behind a figure."""

from django.urls import path

from yige.console.assessment.views import assessed_unit, assessments, figure_rows

urlpatterns = [
    path("assessment/", assessments.assessments, name="assessments"),
    path("assessment/<slug:slug>/", assessed_unit.assessed_unit, name="assessed_unit"),
    path("assessment/<slug:slug>/<slug:name>/", figure_rows.figure_rows, name="figure_rows"),
]
