"""The view on the wall."""

from django.urls import path

from yige.console.command_view.views import command_view

urlpatterns = [path("command/", command_view.command_view, name="command_view")]
