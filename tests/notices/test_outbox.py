from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from yige.lib.refusals import NotSaid
from yige.notices import actions
from yige.notices.models import Delivery, Notice

LATER = MONDAY_NOON + timedelta(hours=3)
EVENING = datetime(2026, 3, 2, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = {"phone": "19900000022"}


class Wire:
    """A wire that keeps what it sent; it fails as often as it is told."""

    def __init__(self, failures=0):
        self.sent, self.failures = [], failures

    def __call__(self, notice):
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the line is dead")
        self.sent.append(notice.pk)
        return "file"


def to_reporters():
    return Notice.objects.filter(audience="reporter").exclude(kind="receipt")


def accepted(here, **said):
    case = reported(here, **said)
    Notice.objects.filter(
        kind="receipt"
    ).delete()  # what a report is answered with: tests/portal/test_way_back.py
    return act(
        "accept",
        case,
        by=here.desk,
        at=LATER,
        category=case.category,
        urgency=case.urgency,
        nature=case.nature,
    )


def test_anonymous_reporter_is_told_on_the_page_alone(here):
    accepted(here)

    assert to_reporters().get().delivery == Delivery.KEPT


def test_reporter_with_a_phone_is_sent_the_words_once(here):
    accepted(here, contact=PHONE)
    wire = Wire()

    actions.deliver_due(LATER, wire)
    actions.deliver_due(LATER + timedelta(days=1), wire)

    notice = to_reporters().get()
    assert wire.sent.count(notice.pk) == 1
    assert (notice.delivery, notice.wire, notice.attempts) == (Delivery.SENT, "file", 1)


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("facilities.street-lamp", MORNING), ("safety.gas-smell", EVENING)],
    ids=["lamp", "gas"],
)
def test_evening_waits_for_the_morning_but_not_in_an_emergency(here, slug, expected):
    case = reported(here, contact=PHONE, category=category(slug))
    act(
        "accept",
        case,
        by=here.desk,
        at=EVENING,
        category=case.category,
        urgency=case.urgency,
        nature=case.nature,
    )

    assert to_reporters().get().send_after == expected


def test_dead_line_is_tried_again_and_then_shown_as_failed(here):
    accepted(here, contact=PHONE)
    Notice.objects.exclude(audience="reporter").delete()
    wire, at = Wire(failures=99), LATER

    for _ in range(len(actions.RETRY_MINUTES) + 3):
        actions.deliver_due(at, wire)
        at += timedelta(hours=5)

    notice = to_reporters().get()
    assert (notice.delivery, notice.attempts) == (Delivery.FAILED, len(actions.RETRY_MINUTES) + 1)
    assert notice.error == "ConnectionError: the line is dead"


def test_failure_of_one_does_not_stop_the_others(here):
    for number in range(3):
        accepted(here, contact={"phone": f"199000000{30 + number}"})
    wire = Wire(failures=1)

    actions.deliver_due(LATER, wire)

    assert len(wire.sent) == Notice.objects.filter(delivery=Delivery.SENT).count() >= 2


def test_wire_that_breaks_the_database_does_not_break_the_outbox(here):
    accepted(here, contact=PHONE)

    def broken(notice):
        return Notice.objects.raw("SELECT no_such_column FROM notices_notice")[0]

    actions.deliver_due(LATER, broken)

    assert to_reporters().get().attempts == 1


def test_inbox_belongs_to_one_person(here):
    life(here, until="dispatched")

    assert Notice.objects.inbox(here.worker).unread().count() == 1
    assert not Notice.objects.inbox(here.neighbour_worker).exists()
    actions.mark_read(here.worker, at=LATER)
    assert not Notice.objects.inbox(here.worker).unread().exists()


def test_news_for_an_area_stays_in_it(here):
    case = life(here, until="accepted")
    act("tell_area", case, by=here.desk, at=LATER, words="路灯周三更换")

    assert Notice.objects.of_area("/zz/js/9/").count() == 1
    assert not Notice.objects.of_area("/zz/js/9x/").exists()


def test_refused_act_tells_nobody(here):
    case = reported(here)
    before = Notice.objects.count()

    with pytest.raises(NotSaid):
        act("reject", case, by=here.desk, at=LATER, reason="outside", words="")

    assert Notice.objects.count() == before
