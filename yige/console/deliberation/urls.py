"""The deliberations: which there are, one with its record, raising one, its acts, objections and steps."""

from django.urls import path

from yige.console.deliberation.views import deliberation, deliberation_new, deliberations, vote

urlpatterns = [
    path("deliberations/", deliberations.deliberations, name="deliberations"),
    path(
        "deliberations/waiting/",
        deliberations.deliberations,
        {"show": "waiting"},
        name="deliberations_waiting",
    ),
    path("deliberations/unit/", deliberations.deliberations, {"show": "unit"}, name="deliberations_unit"),
    path("deliberations/ended/", deliberations.deliberations, {"show": "ended"}, name="deliberations_ended"),
    path("deliberations/new/", deliberation_new.deliberation_new, name="deliberation_new"),
    path("deliberations/steps/<uuid:pk>/<slug:verb>/", deliberation.act_on_step, name="deliberation_step"),
    path(
        "deliberations/objections/<uuid:pk>/answer/", deliberation.answer_objection, name="objection_answer"
    ),
    path("deliberations/<uuid:pk>/", deliberation.deliberation, name="deliberation"),
    path("deliberations/<uuid:pk>/record.pdf", deliberation.record_file, name="deliberation_record"),
    path("deliberations/<uuid:pk>/vote/", vote.vote, name="vote"),
    path("deliberations/<uuid:pk>/vote/<slug:verb>/", vote.act_on_vote, name="vote_act"),
    path("deliberations/<uuid:pk>/<slug:verb>/", deliberation.act, name="deliberation_act"),
]
