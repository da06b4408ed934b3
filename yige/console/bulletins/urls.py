"""The bulletins: those of the own streets, and one with its text, its stories and what may be done to it."""

from django.urls import path

from yige.console.bulletins.views import bulletin, bulletins

urlpatterns = [
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/stories/<uuid:pk>/drop/", bulletin.drop, name="story_drop"),
    path("bulletins/<uuid:pk>/", bulletin.bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/<slug:verb>/", bulletin.act, name="bulletin_act"),
]
