"""What leaves the house: a number, a word, a link; by the first wire that is on; again when it fails."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from tests import factories
from tests.factories import life, reported
from tests.scenes import scene
from yige.accounts.actions import reset_password
from yige.cases import reporters
from yige.channels import messages, wires
from yige.clock import acts
from yige.notices import actions as notices
from yige.notices.models import Delivery, Notice

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
SECRET_WORDS = "楼上漏水把我家吊顶泡坏了"


@scene
def here():
    return factories.town()


@pytest.fixture
def outbox(settings, tmp_path):
    settings.DEMO, settings.YIGE_OUTBOX_FOLDER = True, tmp_path / "outbox"
    return settings.YIGE_OUTBOX_FOLDER


@pytest.fixture
def smtp(settings):
    settings.YIGE_MAIL_ON = True
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def accepted(here, **contact):
    case = life(here, until="accepted", words=SECRET_WORDS, contact=contact or None)
    Notice.objects.filter(
        kind="receipt"
    ).delete()  # what a report is answered with: tests/portal/test_way_back.py
    return case


def to_reporter():
    return Notice.objects.get(audience="reporter")


def test_no_wire_is_on_and_the_notice_stays_in_the_house(here):
    accepted(here, phone="13800000000")

    acts.send_notices(NOON + timedelta(hours=1))

    assert to_reporter().delivery == Delivery.KEPT


def test_the_demo_writes_what_would_have_been_sent(here, outbox, settings):
    case = accepted(here, phone="13800000000")

    acts.send_notices(NOON + timedelta(hours=1))

    notice = to_reporter()
    page = outbox / f"{notice.pk}.txt"
    link = f"{settings.YIGE_PUBLIC_URL}/c/{case.number}/{reporters.link_secret_of(case, settings.YIGE_LINK_KEY)}/"
    assert (notice.delivery, notice.wire) == (Delivery.SENT, "file")
    assert page.read_text() == (
        f"收件：13800000000\n【一格】您反映的事项 {case.number} 有新进展：已受理。查看：{link}\n"
    )
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700


def test_e_mail_goes_before_the_file(here, outbox, smtp):
    case = accepted(here, phone="13800000000", email="neighbour@example.org")

    acts.send_notices(NOON + timedelta(hours=1))

    [letter] = mail.outbox
    assert letter.to == ["neighbour@example.org"]
    assert letter.extra_headers["Message-ID"].startswith(f"<{to_reporter().pk}@")
    assert case.number in letter.subject and SECRET_WORDS not in letter.subject + letter.body
    assert not outbox.exists()


def test_nothing_of_the_case_leaves(here, outbox):
    accepted(here, phone="13800000000")

    message = messages.message_of(to_reporter())

    assert SECRET_WORDS not in message.text and "3号楼" not in message.text


def test_the_night_is_quiet(here, outbox):
    life(here, until="accepted", at=NIGHT, contact={"phone": "13800000000"})

    night = acts.send_notices(NIGHT + timedelta(hours=1))
    morning = acts.send_notices(datetime(2026, 3, 3, 0, 1, tzinfo=UTC))

    assert (night["sent"], morning["sent"]) == (0, 2)  # the number with the link, and that it was accepted


def test_staff_with_an_address_are_also_told_by_e_mail(here, smtp):
    here.worker.email = "worker@example.org"
    here.worker.save()
    case = life(here, until="dispatched", words=SECRET_WORDS)

    acts.send_notices(NOON + timedelta(hours=1))

    [letter] = mail.outbox
    assert letter.to == ["worker@example.org"] and SECRET_WORDS not in letter.body
    assert f"/console/cases/{case.number}/" in letter.body


def test_what_was_done_to_an_account_goes_by_every_wire_at_any_hour(here, smtp, outbox):
    here.worker.email, here.worker.phone = "worker@example.org", "19900000001"
    here.worker.save()
    night = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

    reset_password(here.worker, by=here.security, at=night)
    acts.send_notices(night + timedelta(minutes=1))

    notice = Notice.objects.get(kind="account_changed")
    assert (notice.delivery, notice.wire) == (Delivery.SENT, "email+file")
    assert [letter.to for letter in mail.outbox] == [["worker@example.org"]]
    assert len(list(outbox.iterdir())) == 1


def test_a_removed_contact_is_not_sent_to(here, outbox):
    case = accepted(here, phone="13800000000")
    reporters.remove_contact(case.reporter, at=NOON)

    acts.send_notices(NOON + timedelta(hours=1))

    assert to_reporter().delivery == Delivery.KEPT
    assert not outbox.exists()


def broken(notice):
    raise OSError("the wire is cut")


def test_a_failure_is_tried_again_and_given_up_in_the_end(here):
    accepted(here, phone="13800000000")
    at, waits = NOON + timedelta(hours=1), []
    for _ in range(6):
        notices.deliver_due(at, broken, on_failed=lambda notice: acts.tell_desk_of_failure(notice, NOON))
        notice = to_reporter()
        waits.append((notice.send_after - at).total_seconds() / 60)
        at = max(at, notice.send_after)

    assert waits == [1, 5, 15, 60, 240, 0]
    assert (notice.delivery, notice.attempts, notice.error) == ("failed", 6, "OSError: the wire is cut")
    assert Notice.objects.inbox(here.desk).filter(kind="undelivered").count() == 1


def test_a_database_error_in_a_wire_does_not_lose_the_notice(here):
    accepted(here, phone="13800000000")

    def odd(notice):
        Notice.objects.raw("SELECT nothing FROM nowhere")[0]

    sent, failed = notices.deliver_due(NOON + timedelta(hours=1), odd)

    assert (sent, failed, to_reporter().attempts) == (0, 1, 1)


def test_a_wire_that_is_down_is_left_alone_after_three(here):
    for _ in range(5):
        case = reported(here, contact={"phone": "13800000000"})
        notices.tell_reporter(case.pk, kind="case", title="进展", body="", at=NOON, reachable=True)

    assert notices.deliver_due(NOON, broken) == (0, 3)


def test_the_same_message_again_is_the_same_file(here, outbox):
    accepted(here, phone="13800000000")

    wires.send_by_wires(to_reporter())
    wires.send_by_wires(to_reporter())

    assert len(list(outbox.iterdir())) == 1
