"""Addresses of the residents' pages: short, because people copy them from paper."""

from django.urls import path

from yige.portal.views import (
    about,
    case,
    confirmation,
    front,
    landing,
    ledger,
    lookup,
    my_file,
    my_home,
    my_looks,
    my_requests,
    my_sign_in,
    my_visits,
    outlines,
    photo,
    platform,
    privacy,
    report,
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
    path("c/<case:serial>/<str:secret>/sent/", confirmation.confirmation, name="sent"),
    path("c/<case:serial>/<str:secret>/slip/", confirmation.slip, name="slip"),
    path("c/<case:serial>/<str:secret>/photo/<uuid:pk>/", photo.whole, name="photo"),
    path("c/<case:serial>/<str:secret>/photo/<uuid:pk>/small/", photo.small, name="photo_small"),
    path("c/<case:serial>/<str:secret>/<slug:verb>/", case.act, name="act"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<case:serial>/", ledger.row, name="row"),
    path("about/", about.about, name="about"),
    path("platform/", platform.platform, name="platform"),
    path("privacy/", privacy.privacy, name="privacy"),
    # A resident's own pages: all below /my/, where alone the cookie of the sign-in goes.
    path("my/", my_home.home, name="my"),
    path("my/sign-in/", my_sign_in.sign_in, name="my_sign_in"),
    path("my/code/", my_sign_in.code, name="my_code"),
    path("my/who/", my_sign_in.who, name="my_who"),
    path("my/sign-out/", my_sign_in.sign_out, name="my_sign_out"),
    path("my/file/", my_file.file, name="my_file"),
    path("my/file/<uuid:pk>/", my_file.file, name="my_file_of"),
    path("my/labels/<uuid:pk>/withdraw/", my_file.withdraw, name="my_withdraw"),
    path("my/looks/", my_looks.looks, name="my_looks"),
    path("my/looks/<uuid:pk>/", my_looks.looks, name="my_looks_of"),
    path("my/requests/", my_requests.requests, name="my_requests"),
    path("my/requests/new/", my_requests.ask, name="my_ask"),
    path("my/requests/new/<uuid:pk>/", my_requests.ask, name="my_ask_of"),
    path("my/visits/", my_visits.visits, name="my_visits"),
    path("my/visits/decline/", my_visits.decline, name="my_decline"),
    path("my/slots/<uuid:pk>/book/", my_visits.book, name="my_book"),
    path("my/appointments/<uuid:pk>/cancel/", my_visits.cancel, name="my_cancel"),
]
