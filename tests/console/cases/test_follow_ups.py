import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life
from tests.scenes import scene
from yige.audit.models import LogEntry
from yige.cases.models import Case, FollowUp, Rating
from yige.cases.words import State

NOW = timezone.now()
KEY = "k" * 24
SOLVED = {
    "reached": "yes",
    "how": "phone",
    "contacted": "yes",
    "solved": "yes",
    "satisfied": "fair",
    "words": "谢谢",
}


@scene
def case(here):
    return closed(here)


def closed(here, **said):
    said = {"contact": {"name": "王阿姨", "phone": "13812345678"}, "words": "楼道灯不亮", **said}
    return life(here, until="closed", at=NOW - timedelta(days=2), **said)


def url(case, tail=""):
    return f"/console/follow-ups/{case.number}/{tail}"


def write(client, case, **said):
    return client.post(url(case), {"key": KEY, "seen": case.version, "how": "phone", **said})


def test_the_list_shows_whom_to_call(client, here, case):
    client.force_login(here.intake)

    text = client.get("/console/follow-ups/").text

    assert "楼道灯不亮" in text and url(case) in text
    assert "13812345678" not in text


def test_a_reporter_without_a_number_is_not_called(client, here):
    anonymous = closed(here, contact=None)
    client.force_login(here.intake)

    assert anonymous.number not in client.get("/console/follow-ups/").text
    assert anonymous.number in client.get("/console/follow-ups/?show=wait").text


def test_the_call_page_says_what_to_say(client, here, case):
    client.force_login(here.intake)

    text = client.get(url(case)).text

    assert "换了灯头" in text and "您好，我是单位station的" in text
    assert "138****5678" in text and "13812345678" not in text


def test_the_number_is_shown_by_a_logged_act(client, here, case):
    client.force_login(here.intake)

    text = client.post(url(case, "phone/")).text

    assert "13812345678" in text
    assert f'action="{url(case)}"' in text  # the answers do not go where the number came from
    assert LogEntry.objects.filter(verb="cases.reveal", subject_id=case.pk).count() == 1


def test_solved_clears(client, here, case):
    client.force_login(here.intake)

    response = write(client, case, **SOLVED)

    assert response.headers["Location"] == "/console/follow-ups/"
    cleared = Case.objects.get()
    assert (cleared.state, cleared.outcome) == (State.CLEARED, "followed_up")
    assert (FollowUp.objects.get().reached, Rating.objects.get().by_phone) == (True, True)


def test_not_solved_reopens(client, here, case):
    client.force_login(here.intake)

    write(client, case, **{**SOLVED, "solved": "no", "satisfied": "no", "words": "又灭了"})

    assert (Case.objects.get().state, Case.objects.get().reopen_no) == (State.ACCEPTED, 1)


def test_partly_solved_waits_for_a_decision(client, here, case):
    client.force_login(here.intake)

    write(client, case, **{**SOLVED, "solved": "partly"})

    assert case.number in client.get("/console/follow-ups/?show=decide").text
    assert case.number not in client.get("/console/follow-ups/").text


def test_not_reached_is_an_attempt_and_only_one_counts_a_day(client, here, case):
    client.force_login(here.intake)

    first = write(client, case, reached="no", words="没人接")
    again = client.post(url(case), {"key": "q" * 24, "how": "phone", "reached": "no", "words": "还是没人接"})

    assert first.status_code == 302
    assert again.status_code == 422
    assert "请改天再打" in again.text and "还是没人接" in again.text
    assert FollowUp.objects.count() == 1


def test_a_double_tap_writes_once(client, here, case):
    client.force_login(here.intake)

    first, second = write(client, case, **SOLVED), write(client, case, **SOLVED)

    assert (first.status_code, FollowUp.objects.count(), Rating.objects.count()) == (302, 1, 1)
    assert second.status_code in (302, 404)  # the case is cleared and no longer in the list


@pytest.mark.parametrize(
    "said, words",
    [
        ({}, "请选一项。"),
        ({"reached": "yes"}, "联系上了的，请把这一问也问了。"),
        ({"reached": "maybe"}, "请选一项。"),
        ({"reached": "no", "words": "字" * 501}, "最多写 500 个字，现在是 501 个。"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, here, case, said, words):
    client.force_login(here.intake)

    response = write(client, case, **said)

    assert response.status_code == 422 and words in response.text
    assert not FollowUp.objects.exists()


def test_a_stale_page_is_told_what_changed(client, here, case):
    client.force_login(here.intake)

    response = client.post(url(case), {"key": KEY, "seen": case.version - 1, **SOLVED})

    assert response.status_code == 409 and "已经有了变化" in response.text


@pytest.mark.parametrize(
    "who, status", [("other_desk", 404), ("grid_head", 404), ("worker", 404), ("auditor", 404)]
)
def test_others_get_404(client, here, case, who, status):
    client.force_login(getattr(here, who))

    assert [client.get(url(case)).status_code, client.post(url(case, "phone/")).status_code] == [status] * 2
    assert LogEntry.objects.filter(verb="cases.reveal").count() == 0


@pytest.mark.parametrize("who", ["desk", "worker"])
def test_whoever_had_a_part_in_it_neither_sees_the_call_nor_writes_down_what_was_said(
    client, here, case, who
):
    """The desk dispatched it and checked it, the worker handled it: neither asks how good it was."""
    client.force_login(getattr(here, who))

    listed, page = client.get("/console/follow-ups/"), client.get(url(case))
    sent = write(client, case, **SOLVED)

    assert "楼道灯不亮" not in listed.text
    assert page.status_code == (404 if who == "worker" else 200)
    assert 'name="solved"' not in page.text
    assert sent.status_code in (404, 422)
    assert (FollowUp.objects.count(), Rating.objects.count()) == (0, 0)
    assert Case.objects.get().state == State.CLOSED


def test_who_said_partly_is_asked_again_about_that_alone(client, here, case):
    client.force_login(here.intake)
    write(client, case, **{**SOLVED, "solved": "partly"})

    page = client.get(url(case))
    case.refresh_from_db()
    client.post(
        url(case), {"key": "r" * 24, "seen": case.version, "how": "phone", "reached": "yes", "solved": "yes"}
    )

    assert "上次说部分解决，现在解决了吗？" in page.text and 'name="satisfied"' not in page.text
    assert Case.objects.get().outcome == "followed_up"
    assert Rating.objects.get().solved == "partly"


@pytest.mark.parametrize("n", [1, 3])
def test_list_query_count(client, here, n, django_assert_num_queries):
    for _ in range(n):
        closed(here)
    client.force_login(here.intake)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(4):
        response = client.get("/console/follow-ups/")

    assert response.text.count("楼道灯不亮") == n


def test_the_desk_counts_what_the_page_of_call_backs_shows(client, here):
    """Called, rated, without a number, asked in vain, merged into a closed one: the heap is the length of the list."""
    leader = closed(here)
    told = {"contact": {"name": "李叔叔", "phone": "13812345679"}, "words": "灯还是不亮"}
    joined = life(here, until="reported", at=NOW - timedelta(days=3), **told)
    Case.objects.filter(pk=joined.pk).update(state=State.MERGED, leader=leader, merged_into=leader)
    closed(here, contact=None)
    partly = closed(here)
    Rating.objects.create(
        case=partly, about=partly, at=NOW, contacted=True, solved="partly", satisfied="fair"
    )
    client.force_login(here.intake)

    desk = client.get("/console/").text

    for show, count in (("call", 2), ("decide", 1)):
        page = f"/console/follow-ups/?show={show}"
        heap = re.search(rf'href="{re.escape(page)}"\s*><b>(\d+)</b>', desk)
        assert (int(heap[1]), client.get(page).text.count("yg-queue__words")) == (count, count)


def test_a_saved_view_of_call_backs_leads_to_their_page(client, here):
    client.force_login(here.intake)

    assert client.get("/console/cases/?view=to_follow_up").headers["Location"] == "/console/follow-ups/"
