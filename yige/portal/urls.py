"""Addresses of the residents' pages: short, because people copy them from paper."""

from django.urls import path

from yige.portal import urls_my
from yige.portal.views import (
    about,
    case,
    front,
    landing,
    ledger,
    lookup,
    outlines,
    photo,
    platform,
    privacy,
    report,
    sent,
)
from yige.web import converters  # noqa: F401  (registers <case:…>)

app_name = "portal"
urlpatterns = [
    path("", front.front, name="front"),
    path("g/<str:token>/", landing.landing, name="landing"),
    path("report/", report.report, name="report"),
    path("report/outlines.json", outlines.outlines, name="outlines"),
    path("report/photo/<uuid:key>/<str:digest>/", photo.draft, name="draft_photo"),
    path("c/<case:serial>/<str:secret>/", case.case, name="case"),
    path("c/<case:serial>/<str:secret>/sent/", sent.sent, name="sent"),
    path("c/<case:serial>/<str:secret>/slip/", sent.slip, name="slip"),
    path("c/<case:serial>/<str:secret>/photo/<uuid:pk>/", photo.whole, name="photo"),
    path("c/<case:serial>/<str:secret>/photo/<uuid:pk>/small/", photo.small, name="photo_small"),
    path("c/<case:serial>/<str:secret>/<slug:verb>/", case.act, name="act"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<case:serial>/", ledger.row, name="row"),
    path("about/", about.about, name="about"),
    path("platform/", platform.platform, name="platform"),
    path("privacy/", privacy.privacy, name="privacy"),
    *urls_my.urlpatterns,
]
