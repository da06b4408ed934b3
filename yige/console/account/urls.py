"""Everybody's own account."""

from django.urls import path

from yige.console.account.views import account

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/sessions/<int:pk>/end/", account.end_session, name="account_session"),
    path("account/digest/", account.set_digest, name="account_digest"),
    path("account/sessions/end/", account.end_others, name="account_others"),
]
