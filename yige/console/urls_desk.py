"""My desk, the queue, the page of a case and its verbs."""

from django.urls import path

import yige.web.converters  # noqa: F401 the case number in a path
from yige.console.views import batch, cards, case, contact, desk, merge, photos, queue, verbs

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("cases/", queue.cases, name="cases"),
    path("cases/export/", queue.export, name="export"),
    path("cases/views/save/", queue.save_view, name="view_save"),
    path("cases/views/<uuid:pk>/remove/", queue.remove_view, name="view_remove"),
    path("batch/dispatch/", batch.dispatch, name="batch_dispatch"),
    path("batch/merge/", batch.merge, name="batch_merge"),
    path("photos/<uuid:pk>/", photos.photo, name="photo"),
    path("photos/<uuid:pk>/small/", photos.photo, {"small": True}, name="photo_small"),
    path("cases/<case:serial>/", case.case, name="case"),
    path("cases/<case:serial>/merge/", merge.merge, name="merge"),
    path("cases/<case:serial>/contact/reveal/", contact.reveal, name="reveal"),
    path("cases/<case:serial>/cards/<uuid:pk>/appeal/", cards.appeal, name="card_appeal"),
    path("cases/<case:serial>/cards/<uuid:pk>/answer/", cards.settle, name="card_answer"),
    path("cases/<case:serial>/<slug:verb>/", verbs.perform, name="perform"),
]
