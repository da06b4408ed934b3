"""A household with a request about a file, for the rights desk and for the pages of a resident who is signed in."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import family
from yige.archive.people import access, actions
from yige.archive.rights import requests, signing_in

# Pages of the rights desk, and what takes a form alone.
PAGES = ("rights", "rights_one", "rights_new")
NO_PAGE = ("rights_find", "rights_act")
NO_PAGE_OF_MINE = ("my_sign_out", "my_decline", "my_book", "my_cancel")


def own(here, at):
    """Return the variable parts of the routes of requests and of residents' own pages."""
    made = family(here, room="704")
    asked = requests.ask(made.contact, by=here.registrar, at=at, kind="correct", words="名字写错了")
    one = {"uuid:pk": asked.pk}
    file = {"uuid:pk": made.contact_id}
    return {
        "console/requests/<uuid:pk>/": one,
        "console/requests/<uuid:pk>/<slug:verb>/": {**one, "slug:verb": "answer"},
        **{f"my/{page}/<uuid:pk>/": file for page in ("file", "looks", "requests/new")},
        "my/labels/<uuid:pk>/withdraw/": file,
        "my/slots/<uuid:pk>/book/": file,
        "my/appointments/<uuid:pk>/cancel/": file,
    }


def signed_in(here, at):
    """Make a file with things on it and sign its owner in; returns (the parts of the addresses by name, the token)."""
    made = family(here, room="705")
    old, reader = made.contact, here.micro
    label = actions.grant_label(old, by=reader, at=at, kind="living_alone")
    asked = requests.ask(old, by=reader, at=at, kind="correct", words="名字里的英写错了", field="who")
    access.view(old, by=reader, at=at + timedelta(hours=1), household=made)
    now = timezone.now()
    code = signing_in.ask_code("19900000001", at=now)
    row, token = signing_in.answer_code(code.pk, signing_in.to_send(code.pk, at=now)[1], at=now)
    _, token = (row, token) if row.person_id == old.pk else signing_in.switch(row, at=now, person=old)
    mine = ("my_file_of", "my_looks_of", "my_ask_of")
    parts = {name: {"pk": old.pk} for name in mine} | {
        "my_withdraw": {"pk": label.pk},
        "rights_one": {"pk": asked.pk},
    }
    return parts, token
