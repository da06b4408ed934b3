"""A script that sends a form is told the next page; a photo that was none is said at its field, in forms of staff too."""

import io
import uuid

import pytest

from tests import factories
from tests.portal.test_report import said
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


def test_script_is_told_the_next_page_and_a_browser_is_led_there(client, here):
    form = said(grid=str(here.grid.pk))

    by_browser = client.post("/report/", form)
    by_script = client.post("/report/", form, headers={"X-Yige-Send": "1"})

    assert (by_browser.status_code, by_script.status_code) == (302, 204)
    assert by_script["X-Yige-Next"] == by_browser["Location"]
    assert not by_script.has_header("Location")


def test_photo_that_is_none_is_said_at_its_field_in_forms_of_staff(client, here):
    fake = io.BytesIO(b"<?php evil();")
    fake.name = "photo.jpg"
    client.force_login(here.intake)

    page = client.post("/console/intake/", {"key": str(uuid.uuid4()), "photos": [fake]}).text

    at_field = page.split('id="photos_error"')[1].split("</div>")[0]
    assert "这个文件不是照片" in at_field
    field = page.split('id="photos"')[1].split(">")[0]
    assert 'aria-describedby="photos_error"' in field
    assert 'aria-invalid="true"' in field
