"""Addresses of the field, short pages for a phone: visits and the hours I offer, then rounds."""

from django.urls import path

from yige.worker.views import (
    appointments,
    household,
    household_calls,
    household_help,
    household_wishes,
    households,
    patrol,
    patrol_finding,
    today,
    visit,
)

app_name = "worker"
urlpatterns = [
    path("", today.today, name="today"),
    path("households/", households.households, name="households"),
    path("households/<uuid:pk>/", household.household, name="household"),
    path("households/<uuid:pk>/phone/", household.reveal_phone, name="household_phone"),
    path("households/<uuid:pk>/decline/", household.decline_visits, name="household_decline"),
    path("households/<uuid:pk>/calls/", household_calls.household_calls, name="household_calls"),
    path("households/<uuid:pk>/help/", household_help.household_help, name="household_help"),
    path("households/<uuid:pk>/wishes/", household_wishes.household_wishes, name="household_wishes"),
    path("households/<uuid:pk>/wishes/<uuid:wish>/<slug:verb>/", household_wishes.act, name="household_wish"),
    path("households/<uuid:pk>/visit/", visit.visit, name="visit"),
    path("visits/<uuid:pk>/", visit.visit_summary, name="visit_summary"),
    path("promises/<uuid:pk>/kept/", household.keep_promise, name="keep_promise"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/<uuid:pk>/<slug:verb>/", appointments.act, name="appointment_act"),
    path("patrol/", patrol.rounds, name="patrol"),
    path("patrol/start/", patrol.start, name="patrol_start"),
    path("patrol/<uuid:pk>/", patrol.walk, name="patrol_walk"),
    path("patrol/<uuid:pk>/fine/<uuid:spot>/", patrol.fine, name="patrol_fine"),
    path("patrol/<uuid:pk>/found/<uuid:spot>/", patrol_finding.finding, name="patrol_finding"),
    path("patrol/<uuid:pk>/finish/", patrol.finish, name="patrol_finish"),
    path("patrol/<uuid:pk>/done/", patrol.patrol_summary, name="patrol_summary"),
]
