"""The people's map and the tiles below it."""

from django.urls import path

from yige.console.views import people_map, tiles

urlpatterns = [
    path("people-map/", people_map.people_map, name="people_map"),
    path("people-map/layers/<slug:name>.json", people_map.layer, name="people_layer"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.png", tiles.tile, name="tile"),
]
