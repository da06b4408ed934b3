"""A report that was refused: a page of its own to come back to, a summary that leads to each field, nothing lost."""

import io
import re
import uuid

import pytest
from django.core.cache import caches

from tests import factories
from tests.portal.test_report import URL, said, send
from tests.scenes import scene
from yige.grids.models import QrToken
from yige.portal import unsent

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


@scene
def door(here):
    return QrToken.objects.create(
        token="0123456789ABCDEF", grid=here.grid, place="演示小区3号楼", issued_at=factories.MONDAY_NOON
    )


def test_refused_form_has_an_address_of_its_own_until_it_is_sent(client, door):
    form = said(code=door.token, words="", phone="13800000000")
    first = client.post(URL, form)
    again = first["Location"]

    pages = [client.get(again) for _ in range(2)]

    assert (first.status_code, [page.status_code for page in pages]) == (302, [422, 422])
    assert all('value="13800000000"' in page.text for page in pages)
    assert "<title>有 1 处要改 · 反映一件事</title>" in " ".join(pages[0].text.split()).replace(
        "> ", ">"
    ).replace(" <", "<")
    client.post(URL, {**form, "words": "现在写了"})
    assert client.get(again)["Location"] == URL


def test_refused_form_lies_sealed(client, door):
    form = said(code=door.token, words="", phone="13800000000")
    client.post(URL, form)

    kept = caches["forms"].get(form["key"])

    assert b"13800000000" not in kept
    assert unsent.find(uuid.UUID(form["key"])).typed["phone"] == "13800000000"


def test_summary_leads_to_each_field_and_takes_the_focus(client, here):
    fake = io.BytesIO(b"<?php evil();")
    fake.name = "photo.jpg"

    page = send(client, {**said(place="", phone="打我电话"), "photos": [fake]}).text
    summary = page.split('id="summary"')[1].split("</ul>")[0]

    assert "有 4 处要改" in summary
    assert page.count("autofocus") == 1
    links = re.findall(r'href="#([a-z_]+)"', summary)
    assert links == ["id_photos", "id_grid", "id_place", "id_phone"]
    assert [f'id="{name}"' in page for name in links] == [True] * 4
    field = re.search(r'<input type="file"[^>]*>', page)[0]
    assert 'aria-describedby="id_photos_error"' in field
    assert 'aria-invalid="true"' in field
    assert "这个文件不是照片" in page.split('id="id_photos_error"')[1].split("</div>")[0]
