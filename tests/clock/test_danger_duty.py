"""Who is on duty is told of a danger first, by night and at weekends too; then everybody else as ever, nobody less."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import act, category, reported
from yige.accounts.models import Shift, User
from yige.cases.danger_calls import call_again
from yige.lib.local_time import SHANGHAI
from yige.notices import actions as notices
from yige.notices.models import Notice

GAS = "楼道里好大一股煤气味，头晕"
FIRM_PHONE = "19900000077"
AT_ONCE = {"desk", "street_head", "community_head", "grid_head"}
NEAR = {"desk", "community_head", "grid_head"}
WAIT = timedelta(minutes=10)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NIGHT = moment("2026-03-03T02:00")


def shift(unit, at, *, user=None, hours=(-2, 10)):
    said = {"user": user} if user else {"name": "王值班", "phone": FIRM_PHONE}
    begins_at, ends_at = (at + timedelta(hours=each) for each in hours)
    return Shift.objects.create(unit=unit, begins_at=begins_at, ends_at=ends_at, **said)


def gas(here, at=NIGHT):
    return reported(here, words=GAS, category=category("other.unsure"), at=at)


def told(at):
    """Return whom the outbox hands to a wire at this moment, in its order, as [(name, notice)]."""
    names = dict(User.objects.values_list("pk", "username"))
    sent = []

    def send(notice):
        if notice.kind == "danger" and notice.created_at == at:
            sent.append((names[notice.user_id], notice))
        return "test"

    notices.deliver_due(at, send)
    return sent


def called(case, at):
    call_again(at)
    return told(at)


# fmt: off
MOMENTS = [
    # when                      hours of the shift around it   who is first
    ("2026-03-03T02:00",        (-2, 6),                       "desk"),    # a night
    ("2026-03-07T12:00",        (-4, 20),                      "desk"),    # a Saturday
    ("2026-10-03T03:00",        (-7, 5),                       "desk"),    # a night of the National Day
    ("2026-03-03T02:00",        (0, 8),                        "desk"),    # who comes at this moment
    ("2026-03-03T02:00",        (-8, 0),                       None),      # who goes at this moment
    ("2026-03-03T02:00",        (1, 9),                        None),      # who comes later
]
# fmt: on


@pytest.mark.parametrize(("when", "hours", "first"), MOMENTS)
def test_who_is_on_duty_is_told_first_and_nobody_less_than_without_a_roster(here, when, hours, first):
    at = moment(when)
    shift(here.street_unit, at, user=here.desk, hours=hours)
    shift(here.street_z_unit, at, user=here.other_desk)  # of another street

    gas(here, at)
    names = [name for name, _ in told(at)]

    assert sorted(names) == sorted(AT_ONCE)
    assert first is None or names[0] == first


def test_each_call_asks_the_roster_of_its_own_moment(here):
    case = gas(here)
    told(NIGHT)
    shift(here.street_unit, NIGHT, user=here.street_head, hours=(-6, 0.25))
    shift(here.community_unit, NIGHT, user=here.community_head, hours=(0.25, 8))

    first, second = (called(case, NIGHT + timedelta(minutes=minutes)) for minutes in (10, 20))

    assert next(name for name, _ in first) == "street_head"  # on duty: earlier than posts alone would have it
    assert {name for name, _ in first} == {*NEAR, "street_head"}
    assert next(name for name, _ in second) == "community_head"
    assert {name for name, _ in second} == {*NEAR, "street_head"}


def test_the_unit_that_has_the_case_is_asked_too(here):
    case = gas(here)
    said = {"category": case.category, "urgency": "emergency", "nature": "public"}
    case = act("accept", case, by=here.desk, at=NIGHT + WAIT / 5, **said)
    shift(here.bureau_unit, NIGHT, user=here.department)
    before = called(case, NIGHT + WAIT / 5 + WAIT)
    case = act("dispatch", case, by=here.desk, at=NIGHT + 2 * WAIT, unit=here.bureau_unit)

    found = called(case, NIGHT + 3 * WAIT)

    assert "department" not in {name for name, _ in before}
    assert next(name for name, _ in found) == "department"
    assert {name for name, _ in found} == {*NEAR, "department"}


def test_where_nobody_is_on_duty_everybody_is_called_as_ever(here):
    case = gas(here)
    gone = shift(here.street_unit, NIGHT, user=here.former)  # holds no post any more
    told(NIGHT)

    assert gone.user == here.former
    assert {name for name, _ in called(case, NIGHT + WAIT)} == NEAR


def test_who_is_on_duty_and_may_not_open_the_case_reads_no_word_of_it(client, here):
    shift(here.street_unit, NIGHT, user=here.system)
    shift(here.team_unit, NIGHT, user=here.worker)
    case = gas(here)

    mine = {name: notice for name, notice in told(NIGHT) if name in ("system", "worker")}
    assert set(mine) == {"system", "worker"}
    assert {(notice.subject_id, notice.title) for notice in mine.values()} == {(None, "可能有险情，您在值班")}
    assert all("煤气" not in notice.body and case.number not in notice.body for notice in mine.values())
    assert "请马上打电话：街道的事件处置岗" in mine["worker"].body
    client.force_login(here.system)
    assert client.post(f"/console/inbox/{mine['system'].pk}/").headers["Location"] == "/console/inbox/"


def test_who_has_no_account_is_rung_up_and_the_number_stands_on_the_page_alone(client, here):
    shift(here.team_unit, NIGHT)
    case = gas(here)
    case = act(
        "accept", case, by=here.desk, at=NIGHT, category=case.category, urgency="emergency", nature="public"
    )
    act("dispatch", case, by=here.desk, at=NIGHT + WAIT, unit=here.team_unit, person=here.worker)
    bodies = {name: notice.body for name, notice in called(case, NIGHT + 2 * WAIT)}

    assert {name for name, body in bodies.items() if "要打电话的：单位team，号码在事项页上" in body} == NEAR
    assert set(bodies) == {*NEAR, "worker"}
    assert not Notice.objects.filter(body__contains=FIRM_PHONE).exists()


@pytest.mark.parametrize(("who", "sees"), [
    ("desk", True), ("street_head", True), ("community_head", True), ("grid_head", True), ("worker", False),
])  # fmt: skip
def test_the_page_says_whom_to_ring_up_to_who_may_see_the_roster(client, here, who, sees):
    now = timezone.now()
    case = gas(here, now)
    shift(here.team_unit, now)
    said = {"category": case.category, "urgency": "emergency", "nature": "public"}
    case = act("accept", case, by=here.desk, at=now, **said)
    act("dispatch", case, by=here.desk, at=now, unit=here.team_unit, person=here.worker)
    client.force_login(getattr(here, who))

    page = client.get(f"/console/cases/{case.number}/").text

    assert (FIRM_PHONE in page, "没有账号，请打电话" in page) == (sees, sees)


def test_the_page_says_that_nobody_is_on_duty(client, here):
    case = gas(here)
    client.force_login(here.desk)

    assert "值班表上现在没有人值班" in client.get(f"/console/cases/{case.number}/").text
