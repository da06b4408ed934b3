import pytest
from django.test import Client


def test_large_letters_are_a_cookie_and_lead_back():
    response = Client().get("/care/on/", headers={"Referer": "http://testserver/ledger/?page=2"})

    assert response.cookies["yg-care"].value == "1"
    assert response["Location"] == "/ledger/?page=2"


def test_large_letters_can_be_taken_back():
    client = Client()
    client.cookies["yg-care"] = "1"

    response = client.get("/care/off/")

    assert response.cookies["yg-care"].value == ""
    assert response["Location"] == "/"


@pytest.mark.parametrize(
    "referer", ["https://elsewhere.example/", "http://testserver//elsewhere.example", "", "javascript:x"]
)
def test_nobody_is_led_elsewhere(referer):
    assert Client().get("/care/on/", headers={"Referer": referer})["Location"] == "/"


def test_care_knows_only_on_and_off():
    assert Client().get("/care/maybe/").status_code == 404
