from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import factories
from yige.clock.acts import tell_follow_ups
from yige.lib.refusals import Refusal
from yige.notices.models import Notice
from yige.portal import links

pytestmark = pytest.mark.django_db
PHONE = {"phone": "19900000019"}
SOLVED = {"reached": True, "contacted": True, "solved": "yes", "satisfied": "yes"}


def offered(client, case):
    """Say whether the page of a case leads to a call with its reporter."""
    return f"/console/follow-ups/{case.number}/" in client.get(f"/console/cases/{case.number}/").text


def test_reporter_of_a_merged_case_is_asked_when_the_other_is_closed_and_once(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    factories.category()
    leader, merged = (factories.reported(here, at=at, contact=PHONE) for _ in range(2))
    merged = factories.act("merge", merged, by=here.desk, at=at, into=leader)
    client.force_login(here.street_head)

    seen = [offered(client, merged)]
    factories.life(here, "closed", case=leader, at=at)
    seen.append(offered(client, merged))
    page = client.get(f"/console/follow-ups/{merged.number}/")
    factories.act("follow_up", merged, by=here.street_head, at=timezone.now(), **SOLVED)
    seen.append(offered(client, merged))

    assert seen == [False, True, False]
    assert page.status_code == 200 and 'name="solved"' in page.text
    assert merged.ratings.get().by_phone


def test_who_checked_the_leading_case_does_not_ask_the_reporter_of_a_merged_one(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    leader, merged = (factories.reported(here, at=at, contact=PHONE) for _ in range(2))
    merged = factories.act("merge", merged, by=here.street_head, at=at, into=leader)
    factories.life(here, "closed", case=leader, at=at)
    client.force_login(here.desk)

    assert not offered(client, merged)


@pytest.fixture
def closed_pair(client):
    """A closed case and one merged into it by way of another; both reporters left a number, and nobody has called."""
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    leader, middle, merged = (factories.reported(here, at=at, contact=PHONE) for _ in range(3))
    merged = factories.act("merge", merged, by=here.desk, at=at, into=middle)
    factories.act("merge", middle, by=here.desk, at=at, into=leader)
    leader = factories.life(here, "closed", case=leader, at=at)
    client.force_login(here.intake)
    return SimpleNamespace(here=here, leader=leader, merged=merged)


def listed(client, case):
    return f'href="/console/follow-ups/{case.number}/"' in client.get("/console/follow-ups/").text


def test_each_reporter_of_one_problem_is_a_call_of_the_daily_list_until_he_was_reached(client, closed_pair):
    leader, merged = closed_pair.leader, closed_pair.merged
    before = listed(client, leader), listed(client, merged)
    page = client.get(f"/console/follow-ups/{merged.number}/").text
    factories.act("follow_up", merged, by=closed_pair.here.intake, at=timezone.now(), **SOLVED)

    assert before == (True, True)
    assert (listed(client, leader), listed(client, merged)) == (True, False)
    assert f"是和编号 {leader.number} 的合在一起办的" in page
    assert "说已经这样办了：换了灯头" in page


def test_who_checked_the_leading_case_has_no_call_to_those_merged_in(client, closed_pair):
    client.force_login(closed_pair.here.desk)

    assert not listed(client, closed_pair.merged)
    assert tell_follow_ups(timezone.now())["told"] == 1  # the hotline, and not the desk that closed it


def test_what_a_merged_reporter_said_is_shown_on_the_leading_case_and_counts_once(client, closed_pair):
    here, leader, merged = closed_pair.here, closed_pair.leader, closed_pair.merged
    said = {**SOLVED, "solved": "partly", "satisfied": "fair", "words": "五单元还黑着"}
    factories.act("follow_up", merged, by=here.intake, at=timezone.now(), **said)
    client.force_login(here.street_head)

    text = client.get(f"/console/cases/{leader.number}/").text

    assert text.count("部分解决，基本满意（回访）") == 1
    assert "五单元还黑着" in text
    assert (merged.ratings.get().about_id, leader.ratings.count()) == (leader.pk, 0)
    assert str(merged.number) in client.get("/console/follow-ups/?show=decide").text


def test_words_of_a_merged_caller_stand_on_both_cases_and_say_how_they_were_heard(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    leader = factories.life(here, "handling", at=at, contact=PHONE)
    merged = factories.reported(here, at=at, by=here.intake, channel="hotline", contact=PHONE)
    factories.act("merge", merged, by=here.desk, at=at, into=leader)
    client.force_login(here.intake)
    address, words = f"/console/cases/{merged.number}/add/", "五单元门口有根线垂下来了，闻到煤气味"
    unsaid = client.post(address, {"key": "k" * 24, "words": words})
    for _ in range(2):  # a double tap
        answered = client.post(address, {"key": "w" * 24, "words": words, "heard": "phone"})

    leader.refresh_from_db()
    own, passed = (case.entries.get(verb="add") for case in (merged, leader))
    assert (unsaid.status_code, answered.status_code) == (422, 302)
    assert words in unsaid.text
    assert own.public_words == f"补充说明：{words}（电话里说的，由单位station回访记下）"
    assert passed.public_words == "另一位反映人补充了情况，承办单位看得到。"
    assert (passed.said["words"], passed.said["heard"]) == (words, "phone")
    assert leader.alarm_at is not None
    assert Notice.objects.filter(user_id=here.worker.pk, title=f"反映人有补充 {leader.number}").count() == 1
    client.logout()
    mine, theirs = (client.get(links.address(case)).text for case in (merged, leader))
    assert (mine.count(words), mine.count("补充了情况")) == (1, 0)
    assert (words in theirs, "另一位反映人补充了情况" in theirs) == (False, True)


def test_who_handles_the_leading_case_does_not_speak_for_a_merged_caller(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    leader = factories.life(here, "handling", at=at)
    merged = factories.reported(here, at=at, contact=PHONE)
    factories.act("merge", merged, by=here.desk, at=at, into=leader)
    client.force_login(here.desk)

    page = client.get(f"/console/cases/{merged.number}/").text

    assert ("do=separate" in page, "do=add" in page) == (True, False)
    with pytest.raises(Refusal):
        factories.act("add", merged, by=here.desk, at=timezone.now(), words="他说更黑了", heard="phone")
    assert not merged.entries.filter(verb="add").exists()
