"""Words of danger put a case on top of every desk and tell people now; a person judges, nobody is judged."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, household, life, reported
from yige.accounts.actors import LinkHolder
from yige.accounts.models import User
from yige.archive.models import Household, Label
from yige.cases import work_lists
from yige.cases.models import Case
from yige.cases.words import Nature, Urgency
from yige.lib.refusals import Conflict
from yige.notices.models import Notice

GAS, CRISIS = "楼道里好大一股煤气味，头晕", "我不想活了"
NIGHT = MONDAY_NOON + timedelta(hours=11)  # 23:00 in Shanghai
HEADS = {"desk", "street_head", "community_head", "grid_head"}


def unsure(here, words=GAS, **said):
    return reported(here, words=words, category=category("other.unsure"), **said)


def again(case):
    return Case.objects.select_related("category", "unit", "handler").get(pk=case.pk)


def told(here, case, kind="danger"):
    names = dict(User.objects.values_list("pk", "username"))
    rows = Notice.objects.filter(subject_id=case.pk, kind=kind)
    return {names[row.user_id]: row for row in rows}


@pytest.mark.parametrize("words", [GAS, CRISIS])
def test_danger_without_a_category_stands_on_top_and_is_no_emergency_before_a_person_says_so(here, words):
    case = again(unsure(here, words))

    assert (case.danger_at, case.alarm_at) == (MONDAY_NOON, MONDAY_NOON)
    assert case.urgency == Urgency.NORMAL


def test_every_head_over_the_place_is_told_at_night_and_nobody_else(here):
    case = unsure(here, at=NIGHT)

    notices = told(here, case)
    assert set(notices) == HEADS
    assert {(row.urgent, row.delivery, row.send_after) for row in notices.values()} == {
        (True, "waiting", NIGHT)
    }


def test_what_leaves_the_house_does_not_say_what_it_is_about(here):
    case = unsure(here, CRISIS)

    notice = told(here, case)["desk"]
    assert notice.title == f"可能有险情，请马上看 {case.number}"
    assert notice.body == "有人可能想不开，写到“不想活”。我不想活了"


def test_an_ordinary_report_waits_for_the_morning(here):
    case = reported(here, at=NIGHT)

    assert again(case).alarm_at is None
    assert told(here, case) == {}
    assert {row.urgent for row in told(here, case, "reported").values()} == {False}


def test_words_of_a_crisis_are_for_nobody_else_whatever_category_was_chosen(here):
    case = again(reported(here, words=CRISIS))

    assert case.nature == Nature.PERSONAL
    assert not Case.objects.public().filter(pk=case.pk).exists()


def test_an_emergency_by_its_category_stands_on_top_until_somebody_was_there(here):
    case = life(here, until="handling", category=category("facilities.manhole"), words="帮忙看一下")
    assert case.alarm_at == MONDAY_NOON

    case = act("progress", case, by=here.worker, at=case.contacted_at, words="围起来了")
    assert again(case).alarm_at is None


@pytest.mark.parametrize(
    ("urgency", "alarm"), [("emergency", MONDAY_NOON), ("normal", None), ("urgent", None)]
)
def test_the_person_who_accepts_decides(here, urgency, alarm):
    case = unsure(here)
    act(
        "accept",
        case,
        by=here.grid_head,
        at=MONDAY_NOON,
        category=case.category,
        urgency=urgency,
        nature="public",
    )

    case = again(case)
    assert (case.urgency, case.danger_at, case.alarm_at) == (urgency, None, alarm)


def added(here, until="handling", words=GAS, by=None):
    case = life(here, until=until)
    return again(act("add", case, by=by or LinkHolder(case.pk), at=NIGHT, words=words))


@pytest.mark.parametrize(
    "until", ["reported", "accepted", "dispatched", "signed", "handling", "handled", "closed"]
)
def test_words_added_later_are_heard(here, until):
    case = added(here, until)

    assert (case.danger, case.danger_at, case.alarm_at) == ("gas,ill", NIGHT, NIGHT)
    assert set(told(here, case)) >= HEADS


def test_the_handler_is_told_of_words_added_later(here):
    notice = told(here, added(here))["worker"]

    assert (notice.urgent, notice.send_after) == (True, NIGHT)
    assert notice.body.endswith(f"。{GAS}")


def test_a_heads_own_words_need_no_second_head(here):
    case = added(here, by=here.desk)

    assert case.danger_at is None
    assert told(here, case) == {}


def test_a_head_who_has_looked_decides_and_the_handler_learns_of_it(here):
    case = added(here)
    act("judge", case, by=here.desk, at=NIGHT, urgency="emergency", words="打过电话，人出来了")

    case = again(case)
    assert (case.urgency, case.danger_at, case.alarm_at) == ("emergency", None, MONDAY_NOON)
    assert set(told(here, case, "judged")) == {"worker"}


def test_there_is_nothing_to_judge_twice(here):
    case = added(here)
    act("judge", case, by=here.desk, at=NIGHT, urgency="normal", words="看过，没有")

    with pytest.raises(Conflict):
        act("judge", again(case), by=here.grid_head, at=NIGHT, urgency="normal", words="也看过")


def test_the_same_danger_said_again_after_it_was_judged_none_is_heard_again(here):
    case = added(here)
    act("judge", case, by=here.desk, at=NIGHT, urgency="normal", words="看过，没有")
    later = NIGHT + timedelta(hours=1)
    act("add", case, by=LinkHolder(case.pk), at=later, words="煤气味更大了")

    assert again(case).danger_at == later


def test_in_a_known_emergency_the_same_words_ring_no_second_time_but_a_new_danger_does(here):
    case = life(here, until="dispatched", words=GAS, category=category("safety.gas-smell"))
    assert case.danger_at is None

    case = again(act("add", case, by=LinkHolder(case.pk), at=NIGHT, words="煤气味还在"))
    assert case.danger_at is None
    case = again(act("add", case, by=LinkHolder(case.pk), at=NIGHT, words=CRISIS))
    assert (case.danger, case.danger_at) == ("life,gas,ill", NIGHT)


@pytest.mark.parametrize(
    ("until", "verb", "by", "said"),
    [
        ("rejected", "object", "reporter", {}),
        ("closed", "reopen", "reporter", {}),
        ("closed", "rate", "reporter", {"contacted": True, "solved": "partly", "satisfied": "no"}),
        ("signed", "contact", "worker", {"how": "phone"}),
        ("handling", "verify", "worker", {}),
    ],
)
def test_what_is_said_in_other_ways_is_heard(here, until, verb, by, said):
    case = life(here, until=until, contact={"phone": "13800000000"})
    by = LinkHolder(case.pk) if by == "reporter" else getattr(here, by)
    act(verb, case, by=by, at=NIGHT, words=CRISIS, **said)

    assert again(case).danger_at == NIGHT
    assert set(told(here, case)) >= HEADS


def test_what_the_doer_reports_of_the_work_rings_no_bell(here):
    case = life(here, until="handling")
    act("progress", case, by=here.worker, at=NIGHT, words="煤气味已经查过，是隔壁炒菜")

    assert again(case).danger_at is None


def test_a_danger_that_is_merged_rings_in_the_case_that_goes_on(here):
    lamp, gas = reported(here), unsure(here)
    act("merge", gas, by=here.desk, at=NIGHT, into=lamp)

    lamp = again(lamp)
    assert (lamp.danger, lamp.danger_at, lamp.alarm_at) == ("gas,ill", MONDAY_NOON, MONDAY_NOON)
    assert again(gas).alarm_at is None


@pytest.mark.parametrize("channel", ["hotline", "patrol", "visit", "h12345"])
def test_the_words_count_whoever_takes_them_down(here, channel):
    by = here.micro if channel in ("patrol", "visit") else here.intake
    case = unsure(here, by=by, channel=channel)

    assert again(case).alarm_at == MONDAY_NOON
    assert set(told(here, case)) == HEADS


def test_an_old_list_rings_no_bell(here):
    assert again(unsure(here, channel="ledger")).danger_at is None


@pytest.mark.parametrize(
    ("name", "sees"),
    [("desk", True), ("street_head", True), ("community_head", True), ("grid_head", True), ("worker", True),
     ("neighbour_head", False), ("neighbour_worker", False)],
)  # fmt: skip
def test_it_lies_on_every_desk_that_could_act(here, name, sees):
    case = life(here, until="dispatched", words=GAS)
    act("add", case, by=LinkHolder(case.pk), at=NIGHT, words=GAS)

    user = getattr(here, name)
    who = work_lists.viewer(user, NIGHT)
    first = work_lists.work_lists_of(who)[0]
    found = Case.objects.visible_to(user, NIGHT).open().filter(first.when(who))
    assert first.name == "danger"
    assert list(found.values_list("pk", flat=True)) == ([case.pk] if sees else [])


def test_nothing_is_kept_of_the_household_whose_words_they_are(here):
    home = household(here)
    before = Household.objects.values().get(pk=home.pk)
    unsure(here, CRISIS, by=here.micro, channel="visit", household=home)

    assert Household.objects.values().get(pk=home.pk) == before
    assert not Label.objects.exists()
