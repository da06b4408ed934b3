"""What surrounds the queue: intake, map, units, follow-ups, look-backs, inbox, help."""

from django.urls import path

import yige.web.converters  # noqa: F401 the case number in a path
from yige.console.views import follow_ups, help, inbox, intake, look_backs, map, receipt, units

urlpatterns = [
    path("intake/", intake.intake, name="intake"),
    path("intake/<case:serial>/receipt/", receipt.receipt, name="receipt"),
    path("map/", map.map, name="map"),
    path("map/points.json", map.points, name="map_points"),
    path("map/outlines.json", map.outlines, name="map_outlines"),
    path("map/cases/<int:serial>/", map.case, name="map_case"),
    path("units/", units.units, name="units"),
    path("units/<slug:slug>/", units.unit, name="unit"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<case:serial>/", follow_ups.call, name="follow_up"),
    path("follow-ups/<case:serial>/phone/", follow_ups.phone, name="follow_up_phone"),
    path("look-backs/", look_backs.look_backs, name="look_backs"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read, name="inbox_read"),
    path("inbox/<uuid:pk>/", inbox.open_notice, name="inbox_open"),
    path("help/", help.help, name="help"),
]
