"""Addresses of a round: what can be walked, the round that is open, what was found, what came of it."""

from django.urls import path

from yige.worker.views import patrol, patrol_found

urlpatterns = [
    path("patrol/", patrol.rounds, name="patrol"),
    path("patrol/start/", patrol.start, name="patrol_start"),
    path("patrol/<uuid:pk>/", patrol.walk, name="patrol_walk"),
    path("patrol/<uuid:pk>/fine/<uuid:spot>/", patrol.fine, name="patrol_fine"),
    path("patrol/<uuid:pk>/found/<uuid:spot>/", patrol_found.found, name="patrol_found"),
    path("patrol/<uuid:pk>/finish/", patrol.finish, name="patrol_finish"),
    path("patrol/<uuid:pk>/done/", patrol.done, name="patrol_done"),
]
