"""A form of staff that is refused: the title says it, the focus lies on what is wrong, and each line leads to its field."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.policy import places
from tests.policy.test_routes import POLICY
from tests.scenes import scene

SAYS_SO = "还没有完成"
FOCUS = re.compile(r"<[^>]*\bautofocus\b[^>]*>")
SUMMARY = re.compile(r'id="summary".*?</ul>', re.S)


@scene
def here():
    return factories.town()


@scene
def made(here):
    return places.make(here)


@pytest.fixture
def refused(here, made):
    """The pages that come back when every address of a form is sent nothing."""
    found = {}
    for route, row in POLICY.items():
        who = sorted(places.named(row["who"]) & set(vars(here)))
        if not route.startswith(("console/", "work/")) or not who:
            continue
        client = Client()
        client.force_login(getattr(here, who[0]))
        answer = client.post(
            made.address(route), {"sent": "1"}, headers={"Referer": "http://testserver/console/"}
        )
        if answer.status_code in (409, 422) and not answer.streaming:
            found[route] = answer.text
    return found


def test_every_refused_form_says_so_takes_the_focus_and_leads_to_its_fields(refused):
    silent, dumb, astray = [], [], []
    for route, text in refused.items():
        silent += [route] if SAYS_SO not in text.partition("</title>")[0] else []
        dumb += [route] if not FOCUS.search(text) and "yg-error" not in text else []
        summary = SUMMARY.search(text)
        links = re.findall(r'href="#([^"]+)"', summary[0]) if summary else []
        astray += [f"{route} #{link}" for link in links if f'id="{link}"' not in text]

    assert len(refused) > 20
    assert "\n".join((*silent, *dumb, *astray)) == ""


@pytest.mark.parametrize(
    "route",
    [route for route in POLICY if route.startswith("console/") and route.endswith("/reveal/")],
)
def test_a_panel_that_is_refused_takes_the_focus(here, made, route):
    """htmx gives the focus to what is marked so in the part that it swaps in."""
    client = Client()
    client.force_login(getattr(here, sorted(places.named(POLICY[route]["who"]) & set(vars(here)))[0]))

    answer = client.post(
        made.address(route), {"reason": "", "field": "phone"}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, "<html" in answer.text) == (422, False)
    assert re.search(r'<p[^>]*role="alert"[^>]*autofocus', answer.text)
