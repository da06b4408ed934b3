"""A log-in that ended while somebody typed: the same page comes back, never a stranger's; the form keeps its draft."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests import factories, house
from tests.policy import places
from tests.policy.test_routes import POLICY
from tests.scenes import scene
from yige.web.presence import IDLE, SEEN


@scene
def case():
    return factories.reported(factories.town())


def page_after_log_in(answer):
    return parse_qs(urlsplit(answer["Location"]).query).get("next")


@pytest.mark.parametrize("signed_in", [True, False], ids=["idled", "signed out"])
@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("http://testserver/console/cases/{}/?do=reject", "/console/cases/{}/?do=reject"),
        ("http://elsewhere.example/console/cases/{}/", "/console/"),
        ("http://testserver/accounts/logout/", "/console/"),
        ("", "/console/"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(client, case, signed_in, sent_from, back):
    if signed_in:
        client.force_login(factories.User.objects.get(username="desk"))
        session = client.session
        session[SEEN] = factories.MONDAY_NOON.timestamp() - 2 * IDLE
        session.save()

    headers = {"Referer": sent_from.format(case.number)} if sent_from else {}
    answer = client.post(f"/console/cases/{case.number}/reject/", {"words": "请找邻街道"}, headers=headers)

    assert answer.status_code == 302
    assert page_after_log_in(answer) == [back.format(case.number)]


# ── panels ──


def templates_with_panels():
    return [path for path in house.templates() if "hx-target" in path.read_text()]


def asked_by_panels():
    """Return every name of an address that a panel asks for; `?` is the address of the page that holds it."""
    found = set()
    for path in templates_with_panels():
        for asked in re.findall(r'hx-(?:get|post)="([^"]*)"', path.read_text()):
            name = re.search(r"url 'console:(\w+)'", asked)
            found.add(name[1] if name else asked[:1])
    return found


@scene
def here():
    return factories.town()


@scene
def addresses(here):
    """Every address of the surfaces of staff; a panel may ask for any of them."""
    made = places.make(here)
    return [made.address(route) for route in POLICY if route.startswith(("console/", "work/"))]


def idled(user):
    client = Client()
    client.force_login(user)
    session = client.session
    session[SEEN] = factories.MONDAY_NOON.timestamp() - 2 * IDLE
    session.save()
    return client


def test_a_panel_never_holds_the_log_in_page(here, settings, addresses):
    """No cookie, a cookie of a log-in that is gone, and one that idled: each reloads the page that holds the panel."""
    assert {"cases", "reveal", "person_reveal", "roster", "people_map", "?"} <= asked_by_panels()
    page = "/console/cases/?state=accepted"
    part = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    gone, wrong = Client(), []
    gone.cookies[settings.SESSION_COOKIE_NAME] = "0" * 32
    asks = [(client, address) for client in (Client(), gone) for address in addresses]
    asks += [(idled(here.desk), address) for address in ("/console/", "/console/people-map/", "/work/")]
    for client, address in asks:
        for method in ("get", "post"):
            answer = getattr(client, method)(address, headers=part)
            ahead = answer.headers.get("HX-Redirect", "")
            back = parse_qs(urlsplit(ahead).query).get("next")
            if (answer.status_code, answer.text, back) != (200, "", [page]) and answer.status_code != 405:
                wrong.append(f"{method} {address}: {answer.status_code} {ahead}")

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(
    "elsewhere", ["http://elsewhere.example/console/", "http://testserver/accounts/logout/", ""]
)
def test_a_panel_of_a_strange_page_leads_back_to_the_desk(client, db, elsewhere):
    answer = client.get("/console/cases/", headers={"HX-Request": "true", "HX-Current-URL": elsewhere})

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/console/"
