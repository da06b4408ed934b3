"""The page of a secret vote: slips to print, the box by two, the root before the count, and no code once it is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.policy.deliberation import DECIDED, met, secret
from yige.deliberation.models import Slip, Vote

NOW = timezone.now() - timedelta(hours=4)


def address(row, verb=""):
    return f"/console/deliberations/{row.pk}/secret/{verb}"


def test_a_secret_vote_by_its_page(client, here):
    row = met(here, NOW - DECIDED, matter="representatives")
    client.force_login(here.community_head)
    assert address(row) in client.get(f"/console/deliberations/{row.pk}/").text
    client.post(address(row, "draw_slips/"), {"count": "4"})
    codes = list(Slip.objects.values_list("code", flat=True))
    printed = client.get(address(row, "slips.pdf"))
    ends = timezone.localtime() + timedelta(days=5)
    client.post(address(row, "open_vote/"), {"closes_at": f"{ends:%Y-%m-%dT10:00}"})
    gone = client.get(address(row, "slips.pdf"))
    for name in ("grid_head", "community_head"):
        client.force_login(getattr(here, name))
        client.post(address(row, "enter_slip/"), {"code": codes[0], "choice": "yes"})
    Vote.objects.update(closes_at=timezone.now())
    early = client.post(address(row, "count_vote/"), {"words": "照结果办"})
    wrong = client.post(address(row, "fix_root/"), {"handed_out": "9"})
    client.post(address(row, "fix_root/"), {"handed_out": "3"})
    page, board = client.get(address(row)).text, client.get(address(row, "root.pdf"))
    done = client.post(address(row, "count_vote/"), {"words": "照结果办"})

    assert printed.content[:5] == b"%PDF-" and gone.status_code == 404
    assert (early.status_code, wrong.status_code, "要在这两个数之间" in wrong.text) == (422, 422, True)
    assert Vote.objects.get().root in page and board.content[:5] == b"%PDF-"
    assert done.status_code == 302 and Slip.objects.get(code=codes[0]).choice == "yes"


@pytest.mark.parametrize(
    ("name", "status"), [("grid_head", 200), ("department", 404), ("neighbour_head", 404), ("auditor", 404)]
)
def test_who_opens_a_secret_vote(client, here, name, status):
    row, _ = secret(here, NOW - DECIDED, opened=False)
    client.force_login(getattr(here, name))

    assert client.get(address(row)).status_code == status
    assert client.get(address(row, "slips.pdf")).status_code == status
    assert client.get(address(met(here, NOW - DECIDED, matter="owners_7"))).status_code == 404
