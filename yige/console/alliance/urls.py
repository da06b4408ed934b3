"""The neighbours who help: the branches of the grids, what is called for, one call with who comes, a new one."""

from django.urls import path

from yige.console.alliance.views import branches, volunteer_call, volunteer_call_new, volunteer_calls

urlpatterns = [
    path("branches/", branches.branches, name="branches"),
    path("branches/new/", branches.branch_new, name="branch_new"),
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
