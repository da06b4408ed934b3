"""Rosters taken in, files that look alike, and merges that wait for a second person."""

from django.urls import path

from yige.console.views import alike, rosters

urlpatterns = [
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/new/", rosters.new, name="roster_new"),
    path("rosters/template.xlsx", rosters.template, {"kind": "xlsx"}, name="roster_template_xlsx"),
    path("rosters/template.csv", rosters.template, {"kind": "csv"}, name="roster_template_csv"),
    path("rosters/<uuid:run>/", rosters.roster, name="roster"),
    path("rosters/<uuid:run>/columns/", rosters.map_columns, name="roster_columns"),
    path("rosters/<uuid:run>/left-out.xlsx", rosters.left_out, name="roster_left_out"),
    path("rosters/<uuid:run>/<slug:verb>/", rosters.act, name="roster_act"),
    path("alike/", alike.alike, name="alike"),
    path("alike/<uuid:likeness>/", alike.pair, name="alike_pair"),
    path("alike/<uuid:likeness>/dismiss/", alike.dismiss, name="alike_dismiss"),
    path("alike/<uuid:likeness>/ask/", alike.ask, name="alike_ask"),
    path("merges/", alike.merges, name="merges"),
    path("merges/<uuid:merge>/", alike.merge, name="merge_pair"),
    path("merges/<uuid:merge>/<slug:verb>/", alike.decide, name="merge_decide"),
]
