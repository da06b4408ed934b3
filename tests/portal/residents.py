"""How a resident comes to the own file: a number, the code from the message, the pages behind it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import person
from yige.archive.models import SignInCode
from yige.archive.rights import signing_in
from yige.contact.models import Slot


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


def ago(**span):
    return timezone.now() - timedelta(**span)


def child_of(here, parent):
    return person(here, here.family, "王小宝", birth_year=timezone.now().year - 5, guardian=parent, phone="")


def slot(here, path="/zz/js/9/", **fields):
    said = {"kind": "secretary", "place": "网格站", "at": timezone.now() + timedelta(days=2), **fields}
    return Slot.objects.create(
        grid=here.grid, grid_path=path, host=here.grid_head, unit=here.team_unit, **said
    )  # fmt: skip
