"""The page of one shift: cancelling what has not begun, and what a bad hour gets."""

from datetime import timedelta

from yige.accounts.models import Shift
from yige.accounts.shift_actions import add_shift
from yige.lib.local_time import local


def coming(here):
    begins = here.now + timedelta(days=1)
    return add_shift(here.property_unit, by=here.desk, at=here.now, name="周班", phone="19900000007",
                     begins_at=begins, ends_at=begins + timedelta(hours=8))  # fmt: skip


def test_what_has_not_begun_is_cancelled_and_may_be_written_anew(client, here):
    row = coming(here)
    client.force_login(here.desk)
    client.post(f"/console/duty-roster/shifts/{row.pk}/end/")
    page = client.get(f"/console/duty-roster/shifts/{row.pk}/")

    assert Shift.objects.get(pk=row.pk).cancelled_at and "取消了" in page.text
    assert coming(here).pk != row.pk


def test_hours_that_cannot_be_keep_what_was_typed(client, here):
    row = coming(here)
    client.force_login(here.desk)
    begins = f"{local(row.begins_at):%Y-%m-%dT%H:%M}"
    page = client.post(
        f"/console/duty-roster/shifts/{row.pk}/", {"begins_at": begins, "ends_at": begins, "note": "带班领导"}
    )

    assert (page.status_code, "结束要晚于开始" in page.text, "带班领导" in page.text) == (422, True, True)
    assert Shift.objects.get(pk=row.pk).ends_at == row.ends_at
