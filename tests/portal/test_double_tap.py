"""Two taps at the same moment: one case, one photo, the same number for both."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from tests.portal.test_report import photo
from yige.cases.models import Case, Photo
from yige.grids.models import QrToken


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_case():
    factories.category()
    here = factories.town()
    QrToken.objects.create(token="0123456789ABCDEF", grid=here.grid, issued_at=factories.MONDAY_NOON)
    form = {"key": str(uuid.uuid4()), "words": "路灯不亮", "place": "3号楼", "code": "0123456789ABCDEF"}
    picture = photo().read()

    with ThreadPoolExecutor(4) as taps:
        answers = list(taps.map(lambda _: tap(form, picture), range(4)))

    assert {status for status, _ in answers} == {302}
    assert len({address for _, address in answers}) == 1
    assert (Case.objects.count(), Photo.objects.count()) == (1, 1)
    assert Case.objects.get().photos.count() == 1


def tap(form, picture):
    upload = photo()
    upload.seek(0)
    upload.truncate()
    upload.write(picture)
    upload.seek(0)
    try:
        response = Client().post("/report/", {**form, "photos": [upload]})
        return response.status_code, response.get("Location")
    finally:
        connection.close()
