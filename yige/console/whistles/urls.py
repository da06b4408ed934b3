"""Joint work: the board, sounding, one whistle on one screen, its acts."""

from django.urls import path

from yige.console.whistles.views import board, calls, emergency, limits, link, link_answers, sounding, whistle

urlpatterns = [
    path("whistles/", board.board, name="whistles"),
    path("whistles/emergency/", emergency.emergency, name="emergency"),
    path("whistles/limits/", limits.limits, name="whistle_limits"),
    path("whistles/limits/<uuid:pk>/", limits.category_limits, name="category_limits"),
    path("whistles/limits/<uuid:pk>/<slug:which>/", limits.set_limit, name="category_limit"),
    path("cases/<case:serial>/whistle/", sounding.sounding, name="sounding"),
    path("whistles/<uuid:pk>/", whistle.whistle, name="whistle"),
    path("whistles/<uuid:pk>/print/", whistle.sheet, name="whistle_print"),
    path("whistles/<uuid:pk>/<slug:verb>/<uuid:row>/", whistle.act, name="whistle_act"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<uuid:pk>/", calls.call, name="call"),
    path("calls/<uuid:pk>/<slug:verb>/<uuid:row>/", calls.act, name="call_act"),
    path("whistles/answers/", link_answers.link_answers, name="link_answers"),
    path("whistles/answers/<uuid:pk>/", link_answers.link_answer, name="link_answer"),
    path("whistles/links/<uuid:call>/", link.make, name="whistle_link"),
    path("whistles/links/<uuid:pk>/revoke/", link.revoke, name="whistle_link_revoke"),
]
