"""The deliberations: which there are, one with its record, raising one, its acts, objections and steps."""

from django.urls import path

from yige.console.deliberation.views import (
    deliberation,
    deliberation_new,
    deliberations,
    questions,
    roll_sheets,
    secret_vote,
    vote,
)

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
    path("deliberations/questions/", questions.questions, name="questions"),
    path("deliberations/new/", deliberation_new.deliberation_new, name="deliberation_new"),
    path("deliberations/steps/<uuid:pk>/<slug:verb>/", deliberation.act_on_step, name="deliberation_step"),
    path(
        "deliberations/objections/<uuid:pk>/answer/", deliberation.answer_objection, name="objection_answer"
    ),
    path("deliberations/<uuid:pk>/", deliberation.deliberation, name="deliberation"),
    path("deliberations/<uuid:pk>/record.pdf", deliberation.record_file, name="deliberation_record"),
    path("deliberations/<uuid:pk>/notice.pdf", deliberation.notice_file, name="deliberation_notice"),
    path("deliberations/<uuid:pk>/result.pdf", deliberation.result_file, name="deliberation_result"),
    path("deliberations/<uuid:pk>/vote/papers.pdf", vote.papers_file, name="vote_papers"),
    path("deliberations/<uuid:pk>/vote/", vote.vote, name="vote"),
    path("deliberations/<uuid:pk>/vote/roll.xlsx", roll_sheets.roll_export, name="roll_export"),
    path("deliberations/<uuid:pk>/vote/roll/import/", roll_sheets.roll_import, name="roll_import"),
    path("deliberations/<uuid:pk>/vote/roll/import/do/", roll_sheets.roll_import_do, name="roll_import_do"),
    path("deliberations/<uuid:pk>/vote/<slug:verb>/", vote.act_on_vote, name="vote_act"),
    path("deliberations/<uuid:pk>/secret/", secret_vote.secret_vote, name="secret_vote"),
    path("deliberations/<uuid:pk>/secret/slips.pdf", secret_vote.slips_file, name="secret_slips"),
    path("deliberations/<uuid:pk>/secret/root.pdf", secret_vote.root_file, name="secret_root"),
    path(
        "deliberations/<uuid:pk>/secret/<slug:verb>/", secret_vote.act_on_secret_vote, name="secret_vote_act"
    ),
    path("deliberations/<uuid:pk>/<slug:verb>/", deliberation.act, name="deliberation_act"),
]
