"""Voting by a code: nobody signed in, one vote a slip, and neither page nor kept page nor list tells more than codes."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from tests import factories
from tests.policy.deliberation import DECIDED, secret
from tests.portal.residents import resident
from yige.deliberation import secret_voting, voting
from yige.deliberation.models import Slip, Vote

pytestmark = pytest.mark.django_db
AT = timezone.now() - DECIDED - timedelta(hours=4)


@pytest.fixture
def here():
    town = factories.town()
    factories.family(town)
    town.row, town.codes = secret(town, AT)
    return town


def ballot(here):
    return f"/council/{here.row.pk}/ballot/"


def end(here, counted=True):
    Vote.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    secret_voting.fix_root(here.row, by=here.community_head, at=timezone.now(), handed_out=5)
    if counted:
        voting.count_vote(here.row, by=here.community_head, at=timezone.now(), words="照结果办")


def test_a_code_votes_in_three_taps_without_a_sign_in(client, here):
    shown = client.get(f"/council/{here.row.pk}/").text
    sent = [client.post(ballot(here), {"code": here.codes[0].lower(), "choice": "no"}) for _ in range(2)]
    again = client.post(ballot(here), {"code": here.codes[0], "choice": "yes"})

    assert ballot(here) in shown and "不用登录" in client.get(ballot(here)).text
    assert [answer.status_code for answer in sent] == [302, 302]
    assert (again.status_code, "一张只投一次" in again.text) == (409, True)
    assert list(Slip.objects.exclude(choice="").values_list("choice", flat=True)) == ["no"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"choice": "yes"}, "请写单子上的码"), ({"code": "ABCD"}, "请选一个"), ({"code": "ABCD", "choice": "no"}, "没有这个码")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_kept_in_the_page_alone(client, here, typed, sentence):
    caches["pages"].clear()
    client.force_login(here.desk)
    page = client.post(
        ballot(here), typed, headers={"Accept": "text/html", "Referer": f"http://testserver{ballot(here)}"}
    )

    assert (page.status_code, sentence in page.text) == (422, True)
    assert typed.get("code", "") in page.text and not Slip.objects.exclude(choice="").exists()


def test_the_root_comes_first_then_the_list_and_a_changed_vote_is_found(client, here):
    for code in here.codes[:3]:
        client.post(ballot(here), {"code": code, "choice": "no"})
    address = f"/council/{here.row.pk}/"
    running = client.get(address).text
    end(here, counted=False)
    fixed, root = client.get(address).text, Vote.objects.get().root
    file = f"{address}{Vote.objects.get().pk}.txt"
    early = client.get(file).status_code
    voting.count_vote(here.row, by=here.community_head, at=timezone.now(), words="照结果办")
    page, text = client.get(address).text, client.get(file).text
    Slip.objects.filter(code=here.codes[1]).update(choice="yes")
    changed = client.get(address).text

    assert root not in running and not any(code in running + fixed for code in here.codes)
    assert root in fixed and early == 404
    assert re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", page) == sorted(here.codes[:3])
    assert "不同意 3 票" in page and "对得上" in page and text.count("不同意\n") == 3
    assert "对不上" in changed
    late = client.post(ballot(here), {"code": here.codes[4], "choice": "no"})
    assert (late.status_code, "现在不在不记名投票" in late.text) == (200, True)


def test_no_page_of_staff_or_of_a_resident_shows_a_choice_beside_anybody(client, here):
    resident(client)
    client.post(ballot(here), {"code": here.codes[0], "choice": "no"})
    texts = [client.get("/my/council/").text]
    for name in ("community_head", "desk", "grid_head"):
        client.force_login(getattr(here, name))
        texts += [client.get(f"/console/deliberations/{here.row.pk}/{part}").text for part in ("", "secret/")]

    assert all(here.codes[0] not in text for text in texts)
    assert all("投了 1 张" in text for text in texts[2::2])
    assert all("通不过" not in text for text in texts)
