"""Whom to call is said under the field while somebody types, on the page alone; it goes when the words go."""

import pytest

from tests.e2e.conftest import PHONE, too_wide
from tests.factories import reported
from yige.portal import links


@pytest.mark.parametrize("which", ["report", "platform", "case"])
def test_the_advice_stands_under_the_field_that_somebody_types_in(here, visitor, which):
    page = visitor(PHONE)
    page.goto(links.address(reported(here)) if which == "case" else f"/{which}/")
    if which == "case":
        page.locator("#add summary").click()
    field = page.locator("#add textarea" if which == "case" else "textarea[name=words]")
    sent = []
    page.on("request", lambda request: "/static/" in request.url or sent.append(request.url))
    note = page.locator("[data-yg-danger-kind=life]")
    assert not note.is_visible()

    field.fill("我不想活了")
    note.wait_for(state="visible")
    assert note.bounding_box()["y"] > field.bounding_box()["y"]
    assert note.get_by_role("link", name="打 12356").get_attribute("href") == "tel:12356"
    assert (too_wide(page), sent) == (0, [])
    field.fill("路灯不亮")
    note.wait_for(state="hidden")
