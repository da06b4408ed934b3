"""The map of cases, the people's map and the tiles below them, the outline of a grid."""

from django.urls import path

import yige.web.converters  # noqa: F401 the converters in the paths
from yige.console.maps.views import case_map, grid_outline, people_map, tiles

urlpatterns = [
    path("map/", case_map.map, name="map"),
    path("map/points.json", case_map.points, name="map_points"),
    path("map/outlines.json", case_map.outlines, name="map_outlines"),
    path("map/cases/<int:serial>/", case_map.case, name="map_case"),
    path("grids/<gridcode:code>/outline/", grid_outline.outline, name="grid_outline"),
    path("people-map/", people_map.people_map, name="people_map"),
    path("people-map/layers/<slug:name>.json", people_map.layer, name="people_layer"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.png", tiles.tile, name="tile"),
]
