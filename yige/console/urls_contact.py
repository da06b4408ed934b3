"""Addresses of contact at the desk: promises, how far visits reach, the hours that are offered."""

from django.urls import path

from yige.console.views import coverage, promises, slots

urlpatterns = [
    path("promises/", promises.promises, name="promises"),
    path("contact/", coverage.coverage, name="contact"),
    path("slots/", slots.slots, name="slots"),
    path("slots/<uuid:pk>/cancel/", slots.cancel, name="slot_cancel"),
]
