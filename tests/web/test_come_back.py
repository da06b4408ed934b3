"""A log-in that ended while somebody typed: the same page comes back, never a stranger's; the form keeps its draft."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests import factories
from yige.web.presence import IDLE, SEEN


@pytest.fixture
def case(db):
    return factories.reported(factories.town())


def page_after_log_in(answer):
    return parse_qs(urlsplit(answer["Location"]).query).get("next")


@pytest.mark.parametrize("signed_in", [True, False], ids=["idled", "signed out"])
@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("http://testserver/console/cases/{}/?do=reject", "/console/cases/{}/?do=reject"),
        ("http://elsewhere.example/console/cases/{}/", "/console/"),
        ("http://testserver/accounts/logout/", "/console/"),
        ("", "/console/"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(client, case, signed_in, sent_from, back):
    if signed_in:
        client.force_login(factories.User.objects.get(username="desk"))
        session = client.session
        session[SEEN] = factories.MONDAY_NOON.timestamp() - 2 * IDLE
        session.save()

    headers = {"Referer": sent_from.format(case.number)} if sent_from else {}
    answer = client.post(f"/console/cases/{case.number}/reject/", {"words": "请找邻街道"}, headers=headers)

    assert answer.status_code == 302
    assert page_after_log_in(answer) == [back.format(case.number)]


def test_the_form_of_a_verb_keeps_what_is_typed_for_its_person_and_version(client, case):
    user = factories.User.objects.get(username="desk")
    client.force_login(user)

    html = client.get(f"/console/cases/{case.number}/?do=reject").text
    assert f'data-yg-draft="{user.pk}-{case.serial}-reject-1"' in html
