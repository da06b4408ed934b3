"""A new call: from a case or on its own, and what is said beside what was typed wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life
from tests.policy.volunteer_calls import SAID, typed_call
from yige.alliance.models import VolunteerCall

AT = timezone.now() - timedelta(hours=2)
LIST = "/console/volunteer-calls/"


def test_from_a_case_to_a_call_that_its_handler_sees(client, here):
    case = life(here, "handling", at=AT)
    client.force_login(here.grid_head)
    page = client.get(f"/console/cases/{case.number}/").text
    assert f"{LIST}new/{case.number}/" in page

    form = client.get(f"{LIST}new/{case.number}/")
    assert f'<option value="{here.grid.pk}" selected>' in form.text
    done = client.post(f"{LIST}new/{case.number}/", typed_call(here), follow=True)
    call = VolunteerCall.objects.get()

    assert (call.case, call.unit) == (case, here.team_unit)
    assert "发出去了" in done.text and case.number in done.text
    client.force_login(here.worker)
    seen = client.get(f"/console/cases/{case.number}/").text
    assert SAID["title"] in seen and f"/together/{call.pk}/" in seen


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_at": "2026-01-01T10:00"}, "已经过了"),
        ({"words": "来的打 13812345678 找我"}, "电话"),
        ({"wanted": "很多"}, "请写一个数"),
        ({"area": ""}, "请选择一项"),
        ({"ends_at": "昨天"}, "这样填写日期和时间"),
    ],
)
def test_what_was_typed_wrong_is_said_beside_it_and_kept(client, here, typed, words):
    client.force_login(here.grid_head)
    page = client.post(f"{LIST}new/", typed_call(here, **typed))

    assert page.status_code == 422
    assert words in page.text and SAID["title"] in page.text
    assert not VolunteerCall.objects.exists()
