"""The page on which a unit asks to leave a closing out: reached from the rows of a figure, for the unit and its heads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life
from tests.scenes import scene
from yige.cases.models import Exclusion

SAID = {"reason": "force", "words": "全城停电，当天谁都修不了", "document": "停电通知"}


@scene
def closing(here):
    case = life(here, "closed", at=timezone.now() - timedelta(hours=6))
    return case.closings.get()


def address(closing):
    return f"/console/assessment/exclusions/ask/{closing.pk}/"


def test_the_row_of_a_figure_leads_to_the_form_and_the_form_to_the_list(client, here, closing):
    client.force_login(here.grid_head)
    rows = client.get("/console/assessment/team/kept/").text
    page = client.get(address(closing))
    sent = client.post(address(closing), SAID)

    assert f'href="{address(closing)}"' in rows
    assert (page.status_code, closing.case.number in page.text) == (200, True)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/console/assessment/exclusions/")
    assert Exclusion.objects.get().words == SAID["words"]


@pytest.mark.parametrize("name", ["desk", "street_head", "neighbour_head", "department", "other_desk"])
def test_who_may_not_ask_finds_no_page_and_no_link(client, here, closing, name):
    client.force_login(getattr(here, name))

    assert client.get(address(closing)).status_code == 404
    assert client.post(address(closing), SAID).status_code == 404
    rows = client.get("/console/assessment/team/kept/")
    assert rows.status_code == 404 or address(closing) not in rows.text


@pytest.mark.parametrize(
    ("wrong", "sentence"), [({"words": ""}, "请"), ({"reason": "busy"}, "请"), ({"words": "长" * 501}, "500")]
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client, here, closing, wrong, sentence):
    client.force_login(here.grid_head)
    page = client.post(address(closing), SAID | wrong)
    field = next(iter(wrong))

    assert (page.status_code, Exclusion.objects.count()) == (422, 0)
    assert sentence in "".join(page.context["form"].errors[field])
    assert SAID["document"] in page.text


def test_asked_already_says_so_instead_of_a_form_and_a_late_press_keeps_the_words(client, here, closing):
    client.force_login(here.grid_head)
    client.post(address(closing), SAID)
    page = client.get(address(closing))
    late = client.post(address(closing), SAID | {"words": "再申请一次"})

    assert ("正等街道来定" in page.text, '<form method="post"' in page.text.partition("<main")[2]) == (
        True,
        False,
    )
    assert (late.status_code, "再申请一次" in late.text, Exclusion.objects.count()) == (409, True, 1)


def test_a_second_press_of_the_same_form_asks_once(client, here, closing):
    client.force_login(here.grid_head)
    key = client.get(address(closing)).context["form"]["key"].value()
    answers = [client.post(address(closing), SAID | {"key": key}).status_code for _ in range(2)]

    assert (answers, Exclusion.objects.count()) == ([302, 302], 1)
