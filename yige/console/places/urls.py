"""What stands in an area: buildings and homes, things of public use, organisations; their lists as sheets."""

from django.urls import path

from yige.console.places.views import buildings, organisations, place_sheets, things

urlpatterns = [
    path("buildings/", buildings.buildings, name="buildings"),
    path("buildings/new/", buildings.new, name="building_new"),
    path("buildings/<uuid:pk>/", buildings.building, name="building"),
    path("buildings/<uuid:pk>/change/", buildings.change, name="building_change"),
    path("buildings/<uuid:pk>/homes/new/", buildings.new_home, name="home_new"),
    path("homes/<uuid:pk>/", buildings.home, name="home"),
    path("things/", things.things, name="things"),
    path("things/new/", things.new, name="thing_new"),
    path("things/<uuid:pk>/", things.thing, name="thing"),
    path("things/<uuid:pk>/change/", things.change, name="thing_change"),
    path("things/<uuid:pk>/remove/", things.remove, name="thing_remove"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new, name="organisation_new"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/change/", organisations.change, name="organisation_change"),
    path("organisations/<uuid:pk>/close/", organisations.close, name="organisation_close"),
    path("places/<slug:slug>/export/", place_sheets.export, name="places_export"),
    path("places/<slug:slug>/import/", place_sheets.take_in, name="places_import"),
    path("places/<slug:slug>/import/do/", place_sheets.carry_out, name="places_import_do"),
]
