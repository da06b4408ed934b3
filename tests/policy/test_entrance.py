"""Every page leads to where people say what is wrong with the platform itself, and says which language it speaks."""

import pytest

from tests.policy import places
from tests.policy.test_routes import POLICY, browsers, values  # noqa: F401  fixtures

ENTRANCE = 'href="/platform/'
PAPER = ("slip/", "receipt/")  # printed, not clicked


@pytest.fixture
def pages(values, browsers):  # noqa: F811
    """The text of every page of every surface, opened by somebody who may."""
    found = {}
    for route, row in POLICY.items():
        if row["get"] != "200" or route.endswith(PAPER):
            continue
        who = sorted(places.named(row["who"]) & set(browsers)) or [""]
        response = browsers[who[0]].get(values.address(route))
        if response.headers.get("Content-Type", "").startswith("text/html"):
            found[route] = response.text
    return found


def test_every_page_has_the_entrance_and_its_language(pages):
    assert len(pages) > 40
    assert [route for route, text in pages.items() if ENTRANCE not in text] == []
    assert [route for route, text in pages.items() if '<html lang="zh-CN"' not in text] == []
    assert [route for route, text in pages.items() if text.count("<h1") != 1] == []
