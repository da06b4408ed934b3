from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life
from yige.accounts.actors import CLOCK, LinkHolder
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

LATER = MONDAY_NOON + timedelta(hours=3)
PHONE = {"phone": "19900000019"}
ANSWERS = {"contacted": True, "solved": "yes", "satisfied": "yes"}


def test_nobody_checks_his_own_work(here):
    case = life(here, until="accepted")
    case = act("dispatch", case, by=here.grid_head, at=LATER, unit=here.team_unit, person=here.grid_head)
    case = act("sign", case, by=here.grid_head, at=LATER)
    case = act("contact", case, by=here.grid_head, at=LATER, how="no_way", words="上门看了")
    case = act("finish", case, by=here.grid_head, at=LATER, words="换好了")

    with pytest.raises(NotAllowed, match="不能自己核查"):
        act("close", case, by=here.grid_head, at=LATER, words="我看可以")
    assert act("close", case, by=here.community_head, at=LATER, words="看过了").state == "closed"


def test_solved_clears_and_says_who_said_so(here):
    case = life(here, until="closed")

    cleared = act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS)

    assert (cleared.state, cleared.outcome, cleared.next_mark_at) == ("cleared", "confirmed", None)


def test_solved_on_the_phone_is_a_follow_up_and_not_the_reporters_own_word(here):
    case = life(here, until="closed", contact=PHONE)

    cleared = act("follow_up", case, by=here.intake, at=LATER, reached=True, **ANSWERS)

    assert (cleared.outcome, cleared.ratings.get().by_phone) == ("followed_up", True)
    assert [entry.public_words for entry in cleared.entries.all()][-3:] == [
        "已回访：您说解决了。",
        "您已评价：解决了，满意。（电话里说的，由单位station回访记下）",
        "已销号：回访确认解决。",
    ]


def test_partly_solved_waits_for_somebody_to_decide(here):
    case = life(here, until="closed")

    assert (
        act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS | {"solved": "partly"}).state
        == "closed"
    )


@pytest.mark.parametrize(
    ("name", "value"), [("solved", "maybe"), ("satisfied", "very"), ("solved", ""), ("contacted", None)]
)
def test_answers_come_from_the_lists(here, name, value):
    case = life(here, until="closed")

    with pytest.raises(NotSaid) as refused:
        act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS | {name: value})

    assert list(refused.value.fields) == [name]


def unsolved(here, case, key=None, at=LATER):
    no = {"contacted": True, "solved": "no", "satisfied": "no", "words": "还是不亮"}
    return act("rate", case, by=LinkHolder(case.pk), at=at, key=key, **no)


def test_not_solved_reopens_a_new_round_and_keeps_the_first(here):
    case = unsolved(here, life(here, until="closed"))

    assert (case.state, case.reopen_no, case.closed_at, case.handler) == ("accepted", 1, None, None)
    assert case.ratings.get().solved == "no"


def test_an_old_form_sent_again_does_not_reopen_the_next_round(here):
    case = unsolved(here, life(here, until="closed"), key="k" * 24)
    case = act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit, person=here.worker)
    case = act("sign", case, by=here.worker, at=LATER)
    case = act("contact", case, by=here.worker, at=LATER, how="no_way", words="再约")
    case = act("finish", case, by=here.worker, at=LATER, words="换了线路")
    case = act("close", case, by=here.desk, at=LATER, words="亮了")

    again = unsolved(here, case, key="k" * 24)

    assert (again.state, again.reopen_no) == ("closed", 1)


def test_reporter_reopens_within_fifteen_days_and_the_desk_afterwards(here):
    case = life(here, until="cleared")
    within, after = case.closed_at + timedelta(days=15), case.closed_at + timedelta(days=15, seconds=1)

    with pytest.raises(Conflict, match="重新上报"):
        act("reopen", case, by=LinkHolder(case.pk), at=after, words="又坏了")
    assert act("reopen", case, by=LinkHolder(case.pk), at=within, words="又坏了").state == "accepted"


def test_plan_of_the_first_round_does_not_reach_the_second(here):
    case = life(here, until="progressed")
    case = act("park", case, by=here.street_head, at=LATER, until=LATER + timedelta(days=9), words="等施工")
    case = act("finish", case, by=here.worker, at=LATER, words="好了")
    case = act("close", case, by=here.desk, at=LATER, words="好了")
    case = unsolved(here, case)

    assert (case.plan, case.parked_until, case.planned_at, case.next_mark) == ("", None, None, "day1")


def missed_call(here, case, days):
    return act(
        "follow_up", case, by=here.intake, at=LATER + timedelta(days=days), reached=False, words="没接"
    )


def test_silence_is_two_attempts_on_different_days_and_fifteen_days_of_waiting(here):
    case = life(here, until="closed", contact=PHONE)
    sixteen = case.closed_at + timedelta(days=16)

    case = missed_call(here, case, 1)
    with pytest.raises(Conflict, match="换一天"):
        missed_call(here, case, 1)
    with pytest.raises(Conflict, match="要先回访 2 次"):
        act("clear", case, by=CLOCK, at=sixteen, outcome="no_answer")
    case = missed_call(here, case, 2)
    with pytest.raises(Conflict, match="满 15 天"):
        act("clear", case, by=CLOCK, at=case.closed_at + timedelta(days=14), outcome="no_answer")

    cleared = act("clear", case, by=CLOCK, at=sixteen, outcome="no_answer")

    assert (cleared.state, cleared.outcome) == ("cleared", "no_answer")
    assert cleared.entries.last().public_words == "已销号：两次回访没有联系上，等满 15 天没有得到答复。"


def test_no_end_without_what_it_says(here):
    case = life(here, until="closed", contact=PHONE)

    with pytest.raises(Conflict, match="还没有听到"):
        act("clear", case, by=here.desk, at=LATER, outcome="confirmed")
    case = act("follow_up", case, by=here.intake, at=LATER, reached=True, **ANSWERS | {"solved": "partly"})
    with pytest.raises(NotAllowed, match="只能由反映人"):
        act("clear", case, by=here.street_head, at=LATER, outcome="confirmed")
    with pytest.raises(Conflict, match="还没有回访到"):
        act("clear", case, by=here.street_head, at=LATER, outcome="followed_up")
    with pytest.raises(Conflict, match="自行处置"):
        act("clear", case, by=here.street_head, at=LATER, outcome="light")
    with pytest.raises(NotSaid):
        act("clear", case, by=here.street_head, at=LATER, outcome="satisfied")
    with pytest.raises(NotAllowed, match="没有经手这件事的人来定"):
        act("clear", case, by=here.desk, at=LATER, outcome="partly", words="排到明年")
    with pytest.raises(NotSaid, match="为什么不能再办"):
        act("clear", case, by=here.street_head, at=LATER, outcome="partly")

    done = act("clear", case, by=here.street_head, at=LATER, outcome="partly", words="排到明年")
    assert done.entries.last().public_words == "已销号：反映人说部分解决。排到明年"


def test_who_said_partly_is_asked_again_and_clears_by_that_answer(here):
    case = life(here, until="closed", contact=PHONE)
    act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS | {"solved": "partly"})

    cleared = act("follow_up", case, by=here.intake, at=LATER, reached=True, solved="yes")

    assert (cleared.outcome, cleared.ratings.get().solved) == ("followed_up", "partly")


def test_call_back_of_another_street_gives_no_standing(here):
    from tests.factories import staff, unit

    case = life(here, until="closed")
    other = staff("other_intake", "intake", "/zzz/", unit("station_z", "station", "/zzz/"))

    with pytest.raises(NotAllowed):
        act("follow_up", case, by=other, at=LATER, reached=True, **ANSWERS)


def major(here, until):
    return life(here, until=until, nature="major")


def test_major_case_is_looked_back_on_before_it_is_cleared(here):
    case = major(here, "closed")
    day = case.closed_at + timedelta(days=30)

    rated = act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS)
    assert rated.state == "closed"
    with pytest.raises(Conflict, match="回头看"):
        act("clear", case, by=LinkHolder(case.pk), at=LATER, outcome="confirmed")
    assert [(row.due_on - case.closed_at.date()).days for row in case.lookbacks.order_by("due_on")] == [
        30,
        90,
    ]

    case = act("look_back", case, by=here.desk, at=day, result="holds", words="没有反弹")
    assert act("clear", case, by=CLOCK, at=day, outcome="confirmed").state == "cleared"


def test_major_case_closed_twice_on_one_day_can_still_be_cleared(here):
    case = unsolved(here, major(here, "closed"))
    case = act("dispatch", case, by=here.desk, at=LATER, unit=here.team_unit, person=here.worker)
    case = act("sign", case, by=here.worker, at=LATER)
    case = act("contact", case, by=here.worker, at=LATER, how="no_way", words="再约")
    case = act("finish", case, by=here.worker, at=LATER, words="换了线路")
    case = act("close", case, by=here.desk, at=LATER, words="亮了")
    day = case.closed_at + timedelta(days=30)

    case = act("look_back", case, by=here.desk, at=day, result="holds", words="没有反弹")

    assert act("rate", case, by=LinkHolder(case.pk), at=day, **ANSWERS).state == "cleared"


def test_rating_counts_once_a_round(here):
    case = life(here, until="closed")
    act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS | {"solved": "partly"})

    with pytest.raises(Conflict, match="已经评价过"):
        act("rate", case, by=LinkHolder(case.pk), at=LATER, **ANSWERS)


def test_problem_that_came_back_is_a_new_case_linked_to_the_first(here):
    case = major(here, "closed")
    day = case.closed_at + timedelta(days=30)
    said = {"by": here.desk, "at": day, "key": "k" * 24, "result": "recurred", "words": "又塌了"}

    for _ in range(2):
        looked = act("look_back", case, **said)

    again = looked.recurrences.get()
    assert (looked.state, again.state, again.words, again.grid, again.reported_by) == (
        "closed", "reported", case.words, case.grid, here.desk,
    )  # fmt: skip


def test_look_back_that_holds_reports_nothing(here):
    case = major(here, "closed")
    act("look_back", case, by=here.desk, at=case.closed_at + timedelta(days=30), result="holds", words="好着")

    assert not case.recurrences.exists()
