"""Addresses of a resident's own pages: all below /my/, where alone the cookie of the sign-in goes."""

from django.urls import path

from yige.portal.views import my_file, my_home, my_looks, my_requests, my_sign_in, my_visits

urlpatterns = [
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
