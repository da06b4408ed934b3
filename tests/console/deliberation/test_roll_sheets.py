"""The roll as a file at the desk: checked first, taken in once, refused once the vote is open."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.policy.deliberation import DECIDED, met, voted_on
from yige.deliberation import roll_sheets
from yige.deliberation.models import VotingRight
from yige.lib import sheets

NOW = timezone.now() - timedelta(hours=4)


def upload(*rows):
    return {"file": SimpleUploadedFile("roll.xlsx", sheets.write_xlsx(roll_sheets.HEADINGS, rows))}


def address(row):
    return f"/console/deliberations/{row.pk}/vote/roll/import/"


def test_a_file_is_checked_and_taken_in_once(client, here):
    row = met(here, NOW - DECIDED, matter="owners_7")
    client.force_login(here.grid_head)
    wrong = client.post(address(row), upload(("3号楼501", "89", ""), ("3号楼501", "89", "")))
    page = client.post(address(row), upload(("3号楼501", "89", "甲"), ("3号楼502", "90", "甲")))
    before = VotingRight.objects.count()
    ready = {"ready": page.context["ready"]}
    done, again = (client.post(f"{address(row)}do/", ready) for _ in range(2))
    out = client.get(f"/console/deliberations/{row.pk}/vote/roll.xlsx")

    assert (wrong.status_code, wrong.context["ready"], "和第 2 行是同一套房" in wrong.text) == (422, "", True)
    assert (page.status_code, before) == (200, 0)
    assert "档案里没有这 2" in page.text and "没有核对过" in page.text
    assert (done.status_code, again.status_code, VotingRight.objects.get().area) == (302, 422, 17900)
    assert out.content[:2] == b"PK"


def test_a_roll_is_not_changed_by_a_file_after_the_freeze(client, here):
    row = voted_on(here, NOW - DECIDED)
    client.force_login(here.grid_head)
    page = client.post(address(row), upload(("3号楼777", "89", "")))
    refused = client.post(f"{address(row)}do/", {"ready": page.context["ready"]})

    assert (refused.status_code, VotingRight.objects.count()) == (409, 4)
    assert not VotingRight.objects.filter(doors="3号楼777").exists()
