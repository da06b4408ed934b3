"""My household's vote as an owner: the own right alone, once, and nobody else reads what was voted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.policy.deliberation import DECIDED, owner_of_501, voted_on
from tests.portal.residents import resident
from yige.cases.models import RuleValue
from yige.cases.rules import values
from yige.deliberation import voting
from yige.deliberation.models import Ballot, Vote, VotingRight

pytestmark = pytest.mark.django_db
AT = timezone.now() - DECIDED - timedelta(hours=4)
KEY = "k" * 24


@pytest.fixture
def here(monkeypatch):
    factories.category()
    town = factories.town()
    owner_of_501(town)
    monkeypatch.setattr(voting.rules, "value", lambda name: 1)
    town.row = voted_on(town, AT)
    town.right = VotingRight.objects.get(number=1)
    return town


def mine(here):
    return f"/my/council/votes/{here.right.pk}/"


def test_an_owner_votes_in_three_taps_and_reads_the_own_ballot(client, here):
    resident(client)
    listed, form = client.get("/my/council/").text, client.get(mine(here)).text
    sent = [client.post(mine(here), {"choice": "no", "key": KEY}) for _ in range(2)]
    page = client.get(mine(here)).text

    assert mine(here) in listed and "89.52 平方米" in form and 'name="choice"' in form
    assert [answer.status_code for answer in sent] == [302, 302] and Ballot.objects.count() == 1
    assert "投的是：不同意" in page and 'name="choice"' not in page
    assert "只有您看得到" in page


def test_somebody_else_of_the_household_reads_why_not_and_never_the_choice(client, here):
    resident(client, "19900000002")
    page = client.get(mine(here)).text
    sent = client.post(mine(here), {"choice": "yes", "key": KEY})
    assert "只由业主本人投" in page and 'name="choice"' not in page
    assert (sent.status_code, "只由业主本人投" in sent.text, Ballot.objects.exists()) == (422, True, False)
    for by in (here.grid_head, here.community_head):
        voting.enter_paper(here.row, by=by, at=timezone.now(), number=1, choice="no", origin="paper")
    after = client.get(mine(here)).text

    assert (
        "投了什么只给业主本人看" in after and "不同意" not in after and Ballot.objects.get().code not in after
    )


def test_a_paper_was_seen_by_the_two_who_entered_it_and_the_page_says_so(client, here):
    resident(client)
    for by in (here.grid_head, here.community_head):
        voting.enter_paper(here.row, by=by, at=timezone.now(), number=1, choice="yes", origin="paper")
    page = client.get(mine(here)).text

    assert "录入纸票的两个人看过" in page and "只有您看得到" not in page


def test_a_voter_finds_the_own_line_in_the_published_list_and_sees_when_it_was_changed(client, here):
    resident(client)
    client.post(mine(here), {"choice": "no", "key": KEY})
    code = Ballot.objects.get().code
    before = client.get(mine(here)).text
    Vote.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    voting.count_vote(here.row, by=here.community_head, at=timezone.now(), words="参与的不够")
    vote, page, public = (
        Vote.objects.get(),
        client.get(mine(here)).text,
        client.get(f"/council/{here.row.pk}/").text,
    )
    (leaf,) = vote.leaves

    assert code in before and code in page and leaf in page and "一字没有改" in page
    assert vote.root in public and leaf in public and code not in public
    Ballot.objects.update(choice="yes")
    assert "不在公布的清单里" in client.get(mine(here)).text


@pytest.mark.parametrize(
    ("typed", "sentence", "status"),
    [({"key": KEY}, "请选一个", 422), ({"choice": "invalid"}, "请选一个", 422)],
)
def test_what_is_wrong_is_said(client, here, typed, sentence, status):
    resident(client)
    page = client.post(mine(here), typed)

    assert (page.status_code, sentence in page.text, Ballot.objects.exists()) == (status, True, False)


def test_after_the_end_and_a_second_time_is_a_sentence(client, here):
    resident(client)
    client.post(mine(here), {"choice": "yes", "key": KEY})
    again = client.post(mine(here), {"choice": "no", "key": "m" * 24})
    Ballot.objects.all().delete()
    Vote.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    late = client.post(mine(here), {"choice": "no", "key": "n" * 24})

    assert (again.status_code, "一票只投一次" in again.text) == (409, True)
    assert (late.status_code, "截止了" in late.text, Ballot.objects.exists()) == (409, True, False)


def test_a_right_of_others_is_not_there(client, here):
    resident(client)
    other = VotingRight.objects.get(number=2)

    assert client.get(f"/my/council/votes/{other.pk}/").status_code == 404
    assert client.post(f"/my/council/votes/{other.pk}/", {"choice": "yes"}).status_code == 404


def test_where_it_does_not_count_the_page_says_where_one_votes(client, here):
    Vote.objects.update(is_online=False)
    resident(client)
    page = client.get(mine(here)).text
    sent = client.post(mine(here), {"choice": "yes"})

    assert "住房保障部门的系统" in page and 'name="choice"' not in page
    assert (sent.status_code, Ballot.objects.exists()) == (422, False)
    assert values()["owners_vote_online"] == 0 and not RuleValue.objects.exists()


def test_everybody_reads_the_quorum_and_nobody_a_door_or_a_choice(client, here):
    resident(client)
    client.post(mine(here), {"choice": "no", "key": KEY})
    client.cookies.clear()
    public = client.get(f"/council/{here.row.pk}/")
    texts = [public.text]
    for name in ("community_head", "desk", "grid_head"):
        client.force_login(getattr(here, name))
        texts.append(client.get(f"/console/deliberations/{here.row.pk}/").text)
        roll = client.get(f"/console/deliberations/{here.row.pk}/vote/").text
        assert "不同意" not in roll.partition('id="roll"')[2].partition("</table>")[0]

    assert "再有 2 户、197.16 平方米参与才有效" in texts[0]
    assert all("2单元501" not in text for text in texts)
