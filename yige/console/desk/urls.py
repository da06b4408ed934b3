"""My desk, the inbox, the help."""

from django.urls import path

from yige.console.desk.views import desk, help, inbox

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.mark_read, name="inbox_read"),
    path("inbox/<uuid:pk>/", inbox.open_notice, name="inbox_open"),
    path("help/", help.help, name="help"),
]
