from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from yige.cases import rules
from yige.cases.models import Closing
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

LATER = MONDAY_NOON + timedelta(hours=3)
IN_TEN_DAYS = MONDAY_NOON + timedelta(days=10)


def test_first_contact_comes_before_everything(here):
    case = life(here, until="signed")

    for verb in ("progress", "verify", "finish"):
        with pytest.raises(Conflict):
            act(verb, case, by=here.worker, at=LATER, words="先做了再说")


def test_a_new_handler_contacts_again_after_a_reopening(here):
    case = life(here, until="closed")
    case = act("reopen", case, by=here.desk, at=LATER, words="又不亮了")
    case = act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit, person=here.worker)
    case = act("sign", case, by=here.worker, at=LATER)

    assert case.contacted_at is None
    with pytest.raises(Conflict):
        act("finish", case, by=here.worker, at=LATER, words="好了")


def test_what_the_level_cannot_solve_goes_up_one_level_at_a_time(here):
    case = act(
        "escalate",
        life(here, until="handling"),
        by=here.worker,
        at=LATER,
        tried="换过灯头还是不亮。",
        asked="更换线路",
    )

    assert (case.state, case.tier, case.unit, case.handler) == ("accepted", "community", None, None)
    assert (
        case.entries.last().public_words
        == "本级办不了，正在上报社区。做过的：换过灯头还是不亮。请社区做的：更换线路"
    )
    case = act("dispatch", case, by=here.desk, at=LATER, unit=here.community_unit, person=here.community_head)
    case = act("sign", case, by=here.community_head, at=LATER)
    case = act("escalate", case, by=here.community_head, at=LATER, tried="社区也没有权限", asked="请供电所来")
    assert case.tier == "street"


def ask(case, by, kind="extension", until=IN_TEN_DAYS):
    return act("ask", case, by=by, at=LATER, kind=kind, words="要等配件", until=until)


def test_extension_is_asked_for_and_granted_once(here):
    case = ask(life(here, until="handling"), here.worker)
    case = act("extend", case, by=here.community_head, at=LATER, until=IN_TEN_DAYS, words="配件到货后换")

    request = case.asks.get()
    assert (request.decided_by, request.granted_until) == (here.community_head, IN_TEN_DAYS)
    assert (case.extensions, case.next_mark) == (1, "day3")
    with pytest.raises(NotAllowed, match="一般只能延期一次"):
        act("extend", case, by=here.desk, at=LATER, until=IN_TEN_DAYS, words="再延")
    assert act("extend", case, by=here.street_head, at=LATER, until=IN_TEN_DAYS, words="再延").extensions == 2


def test_extension_after_its_time_is_refused(here):
    case = life(here, until="handling")
    late = MONDAY_NOON + timedelta(days=8)

    with pytest.raises(Conflict, match="已经过了时限"):
        act("extend", case, by=here.desk, at=late, until=late + timedelta(days=5), words="没来得及")


@pytest.mark.parametrize("days", [-1, 0, 40])
def test_dates_in_the_past_or_too_far_are_refused_beside_their_field(here, days):
    case = life(here, until="handling")

    with pytest.raises(NotSaid) as refused:
        ask(case, here.worker, until=LATER + timedelta(days=days))

    assert list(refused.value.fields) == ["until"]


def test_one_request_waits_at_a_time(here):
    case = ask(life(here, until="handling"), here.worker)

    with pytest.raises(Conflict, match="已经有一个申请"):
        ask(case, here.worker, kind="parking")


@pytest.mark.parametrize("kind", ["holiday", ""])
def test_request_of_an_unknown_kind_is_refused(here, kind):
    with pytest.raises(NotSaid) as refused:
        ask(life(here, until="handling"), here.worker, kind=kind)

    assert list(refused.value.fields) == ["kind"]


def test_only_the_level_one_head_parks(here):
    case = ask(life(here, until="handling"), here.worker, kind="parking")
    said = {"at": LATER, "until": IN_TEN_DAYS, "words": "列入春季改造"}

    with pytest.raises(NotAllowed):
        act("park", case, by=here.desk, **said)
    case = act("park", case, by=here.street_head, **said)

    assert (case.is_parked, case.plan) == (True, "列入春季改造")


def test_declined_request_leaves_the_case_as_it_was(here):
    case = ask(life(here, until="handling"), here.worker)
    case = act("decline", case, by=here.desk, at=LATER, words="七天内能办好")

    assert (case.extensions, case.planned_at, case.asks.get().granted_until) == (0, None, None)
    with pytest.raises(Conflict, match="没有在等批复"):
        act("decline", case, by=here.desk, at=LATER, words="再说一次")


def test_parked_case_that_is_sent_back_after_finishing_is_parked_again_and_keeps_its_clock(here):
    case = life(here, until="progressed")
    case = act("park", case, by=here.street_head, at=LATER, until=IN_TEN_DAYS, words="等春季施工")
    case = act("finish", case, by=here.worker, at=LATER, words="提前办好了")
    assert not case.is_parked

    case = act("send_back", case, by=here.desk, at=LATER, words="没有修好")

    assert (case.state, case.is_parked, case.next_mark, case.next_mark_at) == (
        "handling",
        True,
        "plan",
        IN_TEN_DAYS,
    )


def own_find(here, by, **said):
    return reported(here, by=by, channel="patrol", **said)


def test_finder_settles_what_he_fixed_himself_and_it_stays_out_of_every_rate(here):
    case = act("settle", own_find(here, here.worker), by=here.worker, at=LATER, words="捡走了纸箱")

    assert (case.state, case.outcome, case.handler, case.unit) == (
        "closed",
        "light",
        here.worker,
        here.team_unit,
    )
    assert not Closing.objects.countable().filter(case=case).exists()


def test_countable_keeps_ordinary_cases_and_drops_what_the_reporter_handled(here):
    ordinary, anonymous = (
        life(here, until="closed", by=here.intake, channel="hotline"),
        life(here, until="closed"),
    )
    life(here, until="closed", by=here.worker, channel="patrol")

    assert {closing.case for closing in Closing.objects.countable()} == {ordinary, anonymous}


def test_what_was_taken_in_for_somebody_else_cannot_be_settled(here):
    case = reported(here, by=here.grid_head, channel="proxy", contact={"phone": "19900000018"})

    with pytest.raises(NotAllowed):
        act("settle", case, by=here.grid_head, at=LATER, words="办好了")


def test_major_matter_cannot_be_settled_without_being_looked_back_on(here):
    with pytest.raises(Conflict, match="重大"):
        act("settle", own_find(here, here.worker, nature="major"), by=here.worker, at=LATER, words="办好了")


def test_somebody_else_cannot_settle(here):
    with pytest.raises(NotAllowed):
        act("settle", own_find(here, here.worker), by=here.micro, at=LATER, words="我办的")


def test_a_share_of_settled_cases_is_checked_by_others(here, monkeypatch):
    monkeypatch.setattr(
        rules, "value", lambda name: 100 if name == "check_share" else rules.RULE_BY_NAME[name].value
    )
    case = act("settle", own_find(here, here.worker), by=here.worker, at=LATER, words="捡走了纸箱")

    assert case.lookbacks.get().due_on == (LATER + timedelta(days=7)).date()
    with pytest.raises(NotAllowed):
        act("look_back", case, by=here.worker, at=LATER, result="holds", words="自己看过")


def test_emergency_is_met_by_being_on_the_spot(here):
    case = life(here, until="handling", category=category("safety.gas-smell"))
    assert case.next_mark == "hour2"

    case = act("progress", case, by=here.worker, at=LATER, words="已关阀，人员已疏散")

    assert case.next_mark == "day7"
