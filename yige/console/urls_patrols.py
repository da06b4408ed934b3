"""Rounds at the desk: which places were looked at, which wait, what belongs to a round."""

from django.urls import path

from yige.console.views import patrols

urlpatterns = [
    path("patrols/", patrols.coverage, name="patrols"),
    path("patrols/spots/new/", patrols.new_spot, name="spot_new"),
    path("patrols/spots/<uuid:pk>/", patrols.spot, name="spot"),
    path("patrols/spots/<uuid:pk>/change/", patrols.change_spot, name="spot_change"),
    path("patrols/spots/<uuid:pk>/retire/", patrols.retire_spot, name="spot_retire"),
    path("patrols/routes/", patrols.routes, name="routes"),
    path("patrols/routes/<uuid:pk>/", patrols.route, name="route"),
    path("patrols/routes/<uuid:pk>/retire/", patrols.retire_route, name="route_retire"),
]
