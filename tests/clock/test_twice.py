"""Two clocks at once act once: real connections, and what happens without the lock."""

import threading
from datetime import UTC, datetime

from django.db import connection, transaction

from tests.factories import life, reported
from yige.cases import clockwork
from yige.cases.models import Card, Case, Entry
from yige.clock import acts
from yige.notices import actions as notices
from yige.notices.models import Notice

TUESDAY = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)  # 20:30 in Shanghai
A_MONTH_LATER = datetime(2026, 4, 3, 1, 0, tzinfo=UTC)
CASES = 12


def at_once(act, actors=2):
    """Run `act(number)` on as many connections at the same moment; return what went wrong."""
    barrier, wrong = threading.Barrier(actors), []

    def run(number):
        try:
            barrier.wait(10)
            act(number)
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(actors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_two_clocks_give_each_card_once(there):
    for _ in range(CASES):
        life(there, until="dispatched")

    wrong = at_once(lambda _: clockwork.wake(TUESDAY))

    assert wrong == []
    assert Card.objects.count() == CASES
    assert Notice.objects.inbox(there.worker).filter(kind="card").count() == CASES


def test_without_the_lock_the_database_still_refuses_the_second_card(there):
    """The negative control: both look at the same unlocked case."""
    case = life(there, until="dispatched")
    both_have_read = threading.Barrier(2)

    def unlocked(_):
        with transaction.atomic():
            mine = Case.objects.select_related("unit").get(pk=case.pk)
            both_have_read.wait(10)
            clockwork.look_at(mine, TUESDAY)

    wrong = at_once(unlocked)

    assert [type(problem).__name__ for problem in wrong] == ["IntegrityError"]
    assert Card.objects.count() == 1


def test_two_clocks_remind_once(there):
    for _ in range(CASES):
        life(there, until="dispatched")

    wrong = at_once(lambda _: clockwork.wake(EVENING))

    assert wrong == []
    assert Notice.objects.inbox(there.worker).filter(kind="reminded").count() == CASES


def test_two_clocks_clear_once_and_tell_look_backs_once(there):
    for nature in ("public", "major"):
        for _ in range(4):
            life(there, until="closed", nature=nature)

    wrong = at_once(
        lambda _: (acts.clear_what_is_over(A_MONTH_LATER), clockwork.tell_look_backs(A_MONTH_LATER))
    )

    assert wrong == []
    assert Entry.objects.filter(verb="clear").count() == Case.objects.filter(state="cleared").count() == 4
    assert Notice.objects.inbox(there.desk).filter(kind="look_back").count() == 4


def waiting(there, count):
    for number in range(count):
        case = reported(there, contact={"phone": "13800000000"})
        Notice.objects.filter(kind="receipt").delete()  # what a report is answered with
        notices.tell_reporter(
            case.pk, kind="case", title=f"第{number}条", body="", at=TUESDAY, reachable=True
        )


def test_two_workers_send_each_notice_once(there):
    waiting(there, CASES)
    sent = []

    def send(notice):
        sent.append(notice.pk)
        return "file"

    wrong = at_once(lambda _: notices.deliver_due(TUESDAY, send))

    assert wrong == []
    assert sorted(sent) == sorted(Notice.objects.filter(delivery="sent").values_list("pk", flat=True))
    assert len(sent) == CASES


def test_without_the_lock_two_workers_send_twice(there):
    """The negative control: the same two sends, reading without a lock."""
    waiting(there, 1)
    sent, both_have_read = [], threading.Barrier(2)

    def unlocked(_):
        notice = Notice.objects.due(TUESDAY).first()
        both_have_read.wait(10)
        sent.append(notice.pk)

    at_once(unlocked)

    assert len(sent) == 2
