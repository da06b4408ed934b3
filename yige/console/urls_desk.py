"""My desk, the queue, the page of a case and its verbs."""

from django.urls import path

from yige.console.views import desk

urlpatterns = [
    path("", desk.desk, name="desk"),
]
