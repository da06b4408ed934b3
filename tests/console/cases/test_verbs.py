"""One view for all verbs: forms as the table says, refusals in words, nothing typed is lost, nothing done twice."""

import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.markup import one_line
from yige.cases.models import Case
from yige.cases.workflow import BY_VERB, MOVES
from yige.lib.local_time import local_day
from yige.steps.forms import FORMS
from yige.steps.verbs import VERBS

MORE = {
    "dispatch": {"words"}, "hand_back": {"suggested"}, "rate": {"words"}, "clear": {"words"}, "escalate": {"suggested"},
    "follow_up": {"contacted", "solved", "satisfied", "words"}, "answer_at_visit": {"words"},
    "whistle": {"meet_at", "meet_place"}, "correct": {"place", "urgency", "nature"}, "correct_slip": {"report", "name", "phone", "renew"},
    **{verb: {"heard"} for verb in ("object", "withdraw", "urge", "reopen", "add")},
}  # fmt: skip


SAID_ON_THE_PHONE = {
    "reached": "yes",
    "how": "phone",
    "contacted": "yes",
    "solved": "yes",
    "satisfied": "fair",
}


def send(client, user, case, verb, seen=None, **said):
    client.force_login(user)
    said.setdefault("key", secrets.token_urlsafe(24))
    version = Case.objects.get(pk=case.pk).version if seen is None else seen
    return client.post(f"/console/cases/{case.number}/{verb}/", {"seen": version, **said})


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("verb", sorted(set(FORMS)))
def test_the_fields_of_a_form_are_what_must_be_said_and_what_may_be(verb):
    rows = {"calls"} if verb == "whistle" else set()  # one row of fields a unit, made with the form
    assert set(FORMS[verb].base_fields) == set(BY_VERB[verb].must_say) - rows | MORE.get(verb, set())


def test_every_verb_of_staff_has_a_form_and_every_form_a_verb():
    of_staff = {move.verb for move in MOVES if move.start and set(move.who) - {"reporter", "fellow", "clock"}}

    assert set(FORMS) == of_staff
    assert set(FORMS) <= set(VERBS)


def test_a_whole_life_by_the_pages(client, here):
    case = factories.reported(here, contact={"phone": "19900000019"})
    category = str(case.category_id)
    acts = [
        (here.desk, "accept", {"category": category, "urgency": "normal", "nature": "public"}),
        (here.desk, "dispatch", {"unit": f"{here.team_unit.pk}:{here.worker.pk}", "words": "请今天去"}),
        (here.worker, "sign", {}),
        (here.worker, "contact", {"how": "phone", "words": "约了下午"}),
        (here.worker, "verify", {"words": "灯头坏了"}),
        (here.worker, "progress", {"words": "明天换"}),
        (here.worker, "finish", {"words": "换好了"}),
        (here.desk, "close", {"words": "灯已亮"}),
        (here.street_head, "follow_up", SAID_ON_THE_PHONE),
    ]

    answers = [send(client, user, case, verb, **said) for user, verb, said in acts]

    assert [answer.status_code for answer in answers] == [302] * len(acts)
    assert fresh(case).state == "cleared"
    assert [entry.verb for entry in case.entries.all()][-3:] == ["follow_up", "rate", "clear"]


def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(client, here):
    case = factories.reported(here)

    response = send(client, here.desk, case, "reject", words="请联系铁路部门")

    assert response.status_code == 422
    assert 'id="reject_reason_error"><p class="yg-field__error">' in one_line(response.text)
    assert "请联系铁路部门</textarea>" in response.text
    assert fresh(case).state == "reported"


def test_far_too_long_words_are_kept_and_counted(client, here):
    case = factories.life(here, "handling")
    words = "长" * 20_000

    response = send(client, here.worker, case, "progress", words=words)

    assert response.status_code == 422
    assert "最多写 1000 个字，现在是 20000 个。" in response.text
    assert words in response.text
    assert fresh(case).progress_at is None


@pytest.mark.parametrize(
    "words", ["\x00\x01看过了\x02", "已修好👨‍👩‍👧", "<script>alert(1)</script>", "=1+1", "' OR 1=1 --"]
)
def test_odd_words_are_taken_as_they_are(client, here, words):
    case = factories.life(here, "handling")

    response = send(client, here.worker, case, "progress", words=words)

    assert response.status_code == 302
    page = client.get(f"/console/cases/{case.number}/")
    assert "<script>alert(1)" not in page.text
    assert "\x01" not in page.text


def test_an_old_page_is_told_what_changed_and_keeps_the_words(client, here):
    case = factories.life(here, "handling")
    VERBS["verify"](case, by=here.worker, at=timezone.now(), words="看过了")

    response = send(client, here.worker, case, "progress", seen=case.version, words="明天换灯")

    assert response.status_code == 409
    assert "“现场核实”" in response.text
    assert "明天换灯</textarea>" in response.text
    assert f'name="seen" value="{fresh(case).version}"' in one_line(response.text)
    assert fresh(case).progress_at is None


def test_two_on_one_case_the_second_is_told_who_was_first(client, here):
    case = factories.life(here, "accepted")
    version = case.version
    to = str(here.team_unit.pk)

    first = send(client, here.desk, case, "dispatch", seen=version, unit=to)
    second = send(client, here.community_head, case, "dispatch", seen=version, unit=to)

    assert (first.status_code, second.status_code) == (302, 409)
    assert fresh(case).handed_by_id == here.desk.pk


def test_a_double_tap_does_it_once_and_says_the_same(client, here):
    case = factories.life(here, "handling")
    key, version = secrets.token_urlsafe(24), fresh(case).version

    answers = [
        send(client, here.worker, case, "progress", seen=version, key=key, words="明天换灯") for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert case.entries.filter(verb="progress").count() == 1


def test_the_same_key_with_other_words_is_refused(client, here):
    case = factories.life(here, "handling")
    key = secrets.token_urlsafe(24)
    send(client, here.worker, case, "progress", key=key, words="明天换灯")

    response = send(client, here.worker, case, "progress", key=key, words="后天换灯")

    assert response.status_code == 409
    assert "后天换灯</textarea>" in response.text


def test_who_may_not_is_told_who_may(client, here):
    case = factories.life(here, "handling")

    response = send(client, here.grid_head, case, "finish", words="办好了")

    assert response.status_code == 422
    assert "“处置完成”要由承办人、承办单位的人来做。" in response.text
    assert "办好了</textarea>" in response.text


def test_a_verb_at_the_wrong_time_says_when(client, here):
    case = factories.life(here, "accepted")

    response = send(client, here.desk, case, "close", words="好了")

    assert response.status_code == 409
    assert "这件事现在是“已受理”" in response.text


@pytest.mark.parametrize("name", ["neighbour_head", "other_desk", "department", "auditor"])
def test_out_of_reach_is_404_and_changes_nothing(client, here, name):
    case = factories.reported(here)

    response = send(client, getattr(here, name), case, "withdraw", words="撤了")

    assert response.status_code == 404
    assert fresh(case).state == "reported"


@pytest.mark.parametrize("verb", ["report", "fly", "__init__"])
def test_what_is_no_verb_of_staff_is_no_page(client, here, verb):
    case = factories.reported(here)

    assert send(client, here.desk, case, verb).status_code == 404


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, "１", ""])
def test_a_nonsense_version_counts_as_an_old_page(client, here, seen):
    case = factories.life(here, "dispatched")

    assert send(client, here.worker, case, "sign", seen=seen).status_code == 409


def test_a_get_performs_nothing(client, here):
    case = factories.life(here, "dispatched")
    client.force_login(here.worker)

    assert client.get(f"/console/cases/{case.number}/sign/").status_code == 405
    assert fresh(case).state == "dispatched"


def test_nobody_is_dispatched_to_who_is_not_offered(client, here):
    case = factories.life(here, "accepted")

    response = send(client, here.desk, case, "dispatch", unit=str(here.team_x_unit.pk))

    assert response.status_code == 422
    assert "请选择一项。" in response.text
    assert fresh(case).state == "accepted"


def test_not_mine_names_the_proper_owner(client, here):
    case = factories.life(here, "signed")
    said = {"reason": "not_mine", "words": "归热力公司管"}

    without = send(client, here.worker, case, "hand_back", **said)
    named = send(client, here.worker, case, "hand_back", suggested=str(here.bureau_unit.pk), **said)

    assert without.status_code == 422
    assert "请同时选一个您认为该办的单位" in without.text
    assert named.status_code == 302
    assert case.returns.get().suggested == here.bureau_unit


def test_whoever_hands_it_on_comes_back_to_the_desk(client, here):
    case = factories.life(here, "signed")

    response = send(client, here.worker, case, "hand_back", reason="wrong_place", words="在路对面")

    assert response["Location"] == "/console/"
    assert fresh(case).state == "accepted"


def test_a_leader_answers_a_request_and_starts_with_its_words(client, here):
    case = factories.life(here, "handling", at=timezone.now())
    until = timezone.now() + timedelta(days=20)
    VERBS["ask"](
        case,
        by=here.worker,
        at=timezone.now() + timedelta(hours=2),
        kind="parking",
        words="等开春施工",
        until=until,
    )
    client.force_login(here.street_head)

    page = client.get(f"/console/cases/{case.number}/")
    answer = send(
        client, here.street_head, case, "park", until=local_day(until).isoformat(), words="开春施工"
    )

    assert "申请挂账" in page.text
    assert "等开春施工</textarea>" in page.text
    assert answer.status_code == 302
    assert fresh(case).is_parked


@pytest.mark.parametrize("until", ["", "明天", "2026-02-30", "0001-01-01", "9999-12-31", "2020-01-01"])
def test_a_day_that_is_none_is_refused_in_words(client, here, until):
    case = factories.life(here, "handling", at=timezone.now())

    response = send(client, here.worker, case, "ask", kind="parking", words="等开春", until=until)

    assert response.status_code == 422
    assert 'id="ask_until_error"><p class="yg-field__error">' in one_line(response.text)
    assert "等开春</textarea>" in response.text
