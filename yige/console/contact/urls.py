"""Who looks after whom, promises, how far visits reach, the hours that are offered, rounds."""

from django.urls import path

from yige.console.contact.views import coverage, links, patrols, promises, slots

urlpatterns = [
    path("patrols/", patrols.coverage, name="patrols"),
    path("patrols/spots/new/", patrols.new_spot, name="spot_new"),
    path("patrols/spots/<uuid:pk>/", patrols.spot, name="spot"),
    path("patrols/spots/<uuid:pk>/change/", patrols.change_spot, name="spot_change"),
    path("patrols/spots/<uuid:pk>/retire/", patrols.retire_spot, name="spot_retire"),
    path("patrols/routes/", patrols.routes, name="routes"),
    path("patrols/routes/<uuid:pk>/", patrols.route, name="route"),
    path("patrols/routes/<uuid:pk>/retire/", patrols.retire_route, name="route_retire"),
    path("links/", links.links, name="links"),
    path("links/area/", links.link_area, name="link_area"),
    path("links/household/", links.link_household, name="link_household"),
    path("links/<uuid:link>/end/", links.end_link, name="link_end"),
    path("promises/", promises.promises, name="promises"),
    path("contact/", coverage.coverage, name="coverage"),
    path("slots/", slots.slots, name="slots"),
    path("slots/<uuid:pk>/cancel/", slots.cancel, name="slot_cancel"),
]
