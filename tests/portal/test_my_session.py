"""Being signed in: for how long, as whom among people of one phone, and on this server alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import family, household, person
from tests.portal.residents import resident, sign_in
from tests.scenes import scene
from yige.archive.models import Person, SignIn, SignInCode
from yige.archive.people import actions
from yige.archive.rights import signing_in

pytestmark = pytest.mark.django_db
KNOWN = "19900000001"


@scene
def here():
    town = factories.town()
    town.family = family(town)
    return town


def test_shared_phone_asks_whose_file_only_after_signing_in(here, client):
    father = person(here, here.family, "李大山", birth_year=1950, phone=KNOWN, at=factories.MONDAY_NOON)

    assert sign_in(client) == "/my/who/"
    page = client.get("/my/who/")
    assert "王*英" in page.text and "李*山" in page.text and "李大山" not in page.text
    assert SignIn.objects.get().person == here.family.contact
    client.post("/my/who/", {"person": father.pk.hex})

    assert "李大山，您好" in client.get("/my/").text
    first, second = SignIn.objects.order_by("seen_at")
    assert (first.ended_at is not None, second.began_at) == (True, first.began_at)


def test_file_of_another_phone_cannot_be_chosen(here, client):
    stranger = person(here, household(here, room="601"), "赵六", phone="19900000077")
    resident(client)

    assert client.post("/my/who/", {"person": stranger.pk.hex}).status_code == 404
    with pytest.raises(signing_in.NotAllowed):
        row = SignIn.objects.select_related("person__household").get()
        signing_in.switch(row, at=timezone.now(), person=stranger)


@pytest.mark.parametrize("age", [3, 13, 14])
def test_child_does_not_sign_in(here, client, age):
    year = timezone.now().year
    child = person(
        here,
        here.family,
        "王小宝",
        birth_year=year - age,
        guardian=here.family.contact,
        phone="",
        at=timezone.now(),
    )
    Person.objects.filter(pk=child.pk).update(phone_index=signing_in.sealing.index("phone", "19900000055"))

    client.post("/my/sign-in/", {"phone": "19900000055"})

    assert SignInCode.objects.get().person is None


def test_signing_out_ends_it_on_the_server(here, client):
    resident(client)
    token = client.cookies["yg-resident"].value

    client.post("/my/sign-out/")
    client.cookies["yg-resident"] = token

    assert client.get("/my/")["Location"] == "/my/sign-in/"
    assert SignIn.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("ago", "quiet", "open_"),
    [(119, 0, True), (121, 0, False), (60, 29, True), (60, 31, False)],
)
def test_sign_in_ends_after_half_an_hour_of_quiet_and_after_two_hours(here, client, ago, quiet, open_):
    resident(client)
    now = timezone.now()
    SignIn.objects.update(began_at=now - timedelta(minutes=ago), seen_at=now - timedelta(minutes=quiet))

    assert (client.get("/my/").status_code == 200) is open_


def test_whoever_was_deleted_meanwhile_is_out(here, client):
    resident(client)
    Person.objects.filter(pk=here.family.contact_id).update(
        removed_at=timezone.now(), name_sealed=None, phone_sealed=None
    )

    assert client.get("/my/file/").status_code == 302


@pytest.mark.parametrize(
    "path", ["/my/", "/my/file/", "/my/looks/", "/my/requests/", "/my/visits/", "/my/who/"]
)
def test_nobody_else_sees_a_page(here, client, path):
    client.force_login(here.micro)
    assert client.get(path)["Location"] == "/my/sign-in/"
    client.cookies["yg-resident"] = "x" * 43
    response = client.get(path)

    assert response["Location"] == "/my/sign-in/"
    assert response.cookies["yg-resident"].value == ""


def test_pages_are_kept_by_nobody_and_the_cookie_goes_nowhere_else(here, client, settings):
    settings.YIGE_HTTPS = True
    resident(client)
    cookie = client.cookies["yg-resident"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        "/my",
        True,
        "Lax",
        True,
    )
    assert cookie["max-age"] == ""
    for path in ("/my/", "/my/file/", "/my/sign-in/", "/my/code/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_whoever_left_still_sees_the_file_and_no_household(here, client):
    left = Person.objects.get(pk=here.family.contact_id)
    actions.leave(left, by=here.registrar, at=timezone.now())
    resident(client)

    page = client.get("/my/").text

    assert "不在登记的住户里" in page and "李*国" not in page


def test_whoever_holds_the_former_phone_is_out_when_it_is_changed(here, client):
    resident(client)
    old = here.family.contact

    actions.describe_person(old, by=here.micro, at=timezone.now(), phone="19900000066")

    assert client.get("/my/")["Location"] == "/my/sign-in/"
