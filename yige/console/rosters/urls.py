"""Rosters taken in, files that look alike, and merges that wait for a second person."""

from django.urls import path

from yige.console.rosters.views import likenesses, rosters

urlpatterns = [
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/new/", rosters.new, name="roster_new"),
    path("rosters/template.xlsx", rosters.template, {"kind": "xlsx"}, name="roster_template_xlsx"),
    path("rosters/template.csv", rosters.template, {"kind": "csv"}, name="roster_template_csv"),
    path("rosters/<uuid:run>/", rosters.roster, name="roster"),
    path("rosters/<uuid:run>/columns/", rosters.map_columns, name="roster_columns"),
    path("rosters/<uuid:run>/left-out.xlsx", rosters.left_out, name="roster_left_out"),
    path("rosters/<uuid:run>/<slug:verb>/", rosters.act, name="roster_act"),
    path("alike/", likenesses.alike, name="alike"),
    path("alike/<uuid:likeness>/", likenesses.pair, name="alike_pair"),
    path("alike/<uuid:likeness>/dismiss/", likenesses.dismiss, name="alike_dismiss"),
    path("alike/<uuid:likeness>/ask/", likenesses.ask, name="alike_ask"),
    path("merges/", likenesses.merges, name="merges"),
    path("merges/<uuid:merge>/", likenesses.merge, name="merge_pair"),
    path("merges/<uuid:merge>/<slug:verb>/", likenesses.decide, name="merge_decide"),
]
