"""What people ask about their files: the registrars' desk, and taking a request down for somebody."""

from django.urls import path

from yige.console.views import rights

urlpatterns = [
    path("requests/", rights.requests, name="rights"),
    path("requests/new/", rights.new, name="rights_new"),
    path("requests/find/", rights.find, name="rights_find"),
    path("requests/<uuid:pk>/", rights.one, name="rights_one"),
    path("requests/<uuid:pk>/<slug:verb>/", rights.act, name="rights_act"),
]
