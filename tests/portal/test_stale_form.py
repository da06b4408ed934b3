"""A form that lay open too long: what was typed comes back, and one tap sends it."""

import re
import uuid

import pytest
from django.test import Client

from tests import factories
from yige.cases.models import Case
from yige.grids.models import QrToken


@pytest.mark.django_db
def test_stale_report_is_given_back_and_sent_with_one_tap():
    factories.category()
    here = factories.town()
    QrToken.objects.create(token="0123456789ABCDEF", grid=here.grid, issued_at=factories.MONDAY_NOON)
    client = Client(enforce_csrf_checks=True)
    form = {"key": str(uuid.uuid4()), "words": "路灯不亮", "place": "3号楼", "code": "0123456789ABCDEF"}

    refused = client.post("/report/", form, headers={"Sec-Fetch-Site": "same-origin"})
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', refused.text))
    answer = client.post("/report/", again, headers={"Sec-Fetch-Site": "same-origin"})

    assert refused.status_code == 403
    assert "路灯不亮" in refused.text
    assert answer.status_code == 302
    assert Case.objects.get().words == "路灯不亮"
