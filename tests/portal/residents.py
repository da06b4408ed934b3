"""How a resident comes to the own file: a number, the code from the message, the pages behind it."""

from django.utils import timezone

from yige.archive import signing_in
from yige.archive.models import SignInCode


def code_of(row=None):
    """Return the digits that the message to a resident carries."""
    row = row or SignInCode.objects.order_by("-made_at").first()
    return signing_in.to_send(row.pk, at=timezone.now())[1]


def sign_in(client, phone="19900000001"):
    """Sign in with a number that somebody has on file; returns where one is led."""
    client.post("/my/sign-in/", {"phone": phone})
    return client.post("/my/code/", {"code": code_of()})["Location"]


def resident(client, phone="19900000001"):
    sign_in(client, phone)
    return client
