"""Cases: the queue, the page of one and its verbs, intake, follow-ups, look-backs, units."""

from django.urls import path

import yige.web.converters  # noqa: F401 the converters in the paths
from yige.console.cases.views import (
    batch,
    callers,
    cards,
    case,
    clusters,
    follow_ups,
    intake,
    look_backs,
    merge,
    photos,
    queue,
    receipt,
    reporter_contact,
    units,
    verbs,
    waiting,
)

urlpatterns = [
    path("cases/", queue.cases, name="cases"),
    path("cases/callers/", callers.callers, name="callers"),
    path("cases/export/", queue.export, name="export"),
    path("cases/views/save/", queue.save_view, name="view_save"),
    path("cases/views/<uuid:pk>/remove/", queue.remove_view, name="view_remove"),
    path("batch/dispatch/", batch.dispatch, name="batch_dispatch"),
    path("batch/merge/", batch.merge, name="batch_merge"),
    path("photos/<uuid:pk>/", photos.photo, name="photo"),
    path("photos/<uuid:pk>/small/", photos.photo, {"small": True}, name="photo_small"),
    path("cases/<case:serial>/", case.case, name="case"),
    path("cases/<case:serial>/merge/", merge.merge, name="merge"),
    path("cases/<case:serial>/contact/reveal/", reporter_contact.reveal, name="reveal"),
    path("cases/<case:serial>/cards/<uuid:pk>/appeal/", cards.appeal, name="card_appeal"),
    path("cases/<case:serial>/cards/<uuid:pk>/answer/", cards.settle, name="card_answer"),
    path("cases/<case:serial>/<slug:verb>/", verbs.perform, name="perform"),
    path("intake/", intake.intake, name="intake"),
    path("intake/<case:serial>/receipt/", receipt.receipt, name="receipt"),
    path("clusters/", clusters.clusters, name="clusters"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("units/", units.units, name="units"),
    path("units/<slug:slug>/", units.unit, name="unit"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<case:serial>/", follow_ups.call, name="follow_up"),
    path("follow-ups/<case:serial>/phone/", follow_ups.phone, name="follow_up_phone"),
    path("look-backs/", look_backs.look_backs, name="look_backs"),
]
