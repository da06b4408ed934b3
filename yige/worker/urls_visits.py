"""Addresses of visits: today, my households, one household, the visit itself, the hours I offer."""

from django.urls import path

from yige.worker.views import appointments, household, households, today, visit

urlpatterns = [
    path("", today.today, name="today"),
    path("households/", households.households, name="households"),
    path("households/<uuid:pk>/", household.household, name="household"),
    path("households/<uuid:pk>/phone/", household.phone, name="household_phone"),
    path("households/<uuid:pk>/decline/", household.decline, name="household_decline"),
    path("households/<uuid:pk>/visit/", visit.visit, name="visit"),
    path("visits/<uuid:pk>/", visit.done, name="visit_done"),
    path("promises/<uuid:pk>/kept/", household.kept, name="promise_kept"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/<uuid:pk>/<slug:verb>/", appointments.act, name="appointment_act"),
]
