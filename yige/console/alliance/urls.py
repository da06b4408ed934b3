"""The neighbours who help: the branches of the grids, the social organisations, what is called for, one call with who comes, a new one."""

from django.urls import path

from yige.console.alliance.views import (
    branches,
    reporting_units,
    social_organisation,
    social_organisations,
    volunteer_call,
    volunteer_call_new,
    volunteer_calls,
)

urlpatterns = [
    path("branches/", branches.branches, name="branches"),
    path("branches/new/", branches.branch_new, name="branch_new"),
    path("social-organisations/", social_organisations.social_organisations, name="social_organisations"),
    path(
        "social-organisations/<uuid:pk>/", social_organisation.social_organisation, name="social_organisation"
    ),
    path("social-organisations/<uuid:pk>/write/", social_organisation.write, name="social_write"),
    path("social-organisations/<uuid:pk>/give-seat/", social_organisation.give, name="social_give"),
    path("social-organisations/<uuid:pk>/seats/<uuid:seat>/", social_organisation.end, name="social_end"),
    path("reporting-units/", reporting_units.reporting_units, name="reporting_units"),
    path("reporting-units/new/", reporting_units.new, name="reporting_unit_new"),
    path("reporting-units/<uuid:pk>/close/", reporting_units.close, name="reporting_unit_close"),
    path("volunteer-calls/", volunteer_calls.volunteer_calls, name="volunteer_calls"),
    path("volunteer-calls/over/", volunteer_calls.volunteer_calls, {"show": "over"}, name="volunteer_over"),
    path("volunteer-calls/new/", volunteer_call_new.volunteer_call_new, name="volunteer_new"),
    path(
        "volunteer-calls/new/<case:serial>/", volunteer_call_new.volunteer_call_new, name="volunteer_for_case"
    ),
    path("volunteer-calls/<uuid:pk>/", volunteer_call.volunteer_call, name="volunteer_call"),
    path("volunteer-calls/<uuid:pk>/poster.pdf", volunteer_call.poster, name="volunteer_poster"),
    path("volunteer-calls/<uuid:pk>/<slug:verb>/", volunteer_call.act, name="volunteer_act"),
    path("volunteer-calls/<uuid:pk>/seats/<uuid:seat>/", volunteer_call.remove, name="volunteer_remove"),
]
