"""What a called unit left undone, as the page and the sheet say it: by when, what, and that a signing lapsed."""

from datetime import datetime, timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.whistles.joint import brought, sounded
from yige.lib.local_time import SHANGHAI, moment_words
from yige.whistles import clockwork

LAPSED = "签收后没有联系，签收作废，重新计时"


@pytest.mark.parametrize("page", ["", "print/"])
def test_the_page_says_by_when_what_was_not_done(client, here, page):
    joint = sounded(here)
    clockwork.wake(MONDAY_NOON + timedelta(hours=6))

    client.force_login(here.street_head)
    text = client.get(f"/console/whistles/{joint.whistle.pk}/{page}").text
    due = moment_words(MONDAY_NOON + timedelta(hours=5), datetime.now(SHANGHAI))
    assert text.count(f"应在 {due} 前签收，到时没有") == 2


def test_a_signing_that_lapsed_is_a_moment_of_the_unit(client, here):
    joint = sounded(here)
    brought(joint.calls["bureau"], "sign", here)
    client.force_login(here.street_head)
    address = f"/console/whistles/{joint.whistle.pk}/"
    assert LAPSED not in client.get(address).text

    clockwork.wake(MONDAY_NOON + timedelta(days=1, hours=4, minutes=1))
    assert client.get(address).text.count(LAPSED) == 1
