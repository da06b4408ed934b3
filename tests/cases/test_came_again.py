"""The same problem again: whom it is shown to, which closing says so, and that no number of reports says it twice."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.markup import one_line
from yige.cases.came_again import AGAIN_WITHIN
from yige.cases.models import ChangedDay, Closing
from yige.portal import links

DAY = timedelta(days=1)
NEXT = MONDAY_NOON + 20 * DAY


def taken_on(here, at=NEXT, **said):
    case = reported(here, at=at, **said)
    words = {"category": case.category, "urgency": case.urgency, "nature": case.nature}
    return act("accept", case, by=here.desk, at=at + timedelta(minutes=5), **words)


def noted(case):
    return Closing.objects.get(case=case).came_again_at is not None


def test_the_desk_reads_how_often_it_came_and_opens_what_was_closed(client, here):
    first, second = (life(here, until="cleared", at=MONDAY_NOON + days * DAY) for days in (0, 7))
    again = reported(here, at=NEXT)
    client.force_login(here.desk)

    page = client.get(f"/console/cases/{again.number}/").text

    part = page[page.index("同一处又来了：第 3 次") :]
    assert f"/console/cases/{first.number}/" in part and f"/console/cases/{second.number}/" in part


@pytest.mark.parametrize(
    "said",
    [
        {"place": "5号楼"},
        {"at": MONDAY_NOON + AGAIN_WITHIN + DAY},
        {"words": "楼道里堆满了旧家具，走不过去", "category": "safety.gas-smell"},
    ],
)
def test_another_place_another_time_and_another_thing_are_not_the_same(client, here, said):
    first = life(here, until="cleared")
    said = said | ({"category": category(said["category"])} if "category" in said else {})
    again = taken_on(here, **said)
    client.force_login(here.desk)

    assert "同一处又来了" not in client.get(f"/console/cases/{again.number}/").text
    assert not noted(first)


def test_who_does_not_see_the_earlier_case_counts_what_he_sees(client, here):
    life(here, until="cleared")
    again = life(here, until="accepted", at=NEXT)
    act("dispatch", again, by=here.desk, at=NEXT + DAY, unit=here.bureau_unit, person=here.department)
    client.force_login(here.department)

    assert "同一处又来了" not in client.get(f"/console/cases/{again.number}/").text


def test_the_reporter_reads_it_in_plain_words_without_others(client, here):
    first = life(here, until="cleared", contact={"name": "王阿姨", "phone": "19900000003"})
    again = reported(here, at=NEXT)

    page = one_line(client.get(links.address(again)).text)

    assert "半年里办结过 1 次。" in page
    assert first.number not in page and "王阿姨" not in page


def test_the_last_closing_says_that_it_came_again_once_the_next_is_taken_on(here):
    first, second = (life(here, until="cleared", at=MONDAY_NOON + days * DAY) for days in (0, 9))
    waiting = reported(here, at=NEXT)
    before = (noted(first), noted(second))
    ChangedDay.objects.all().delete()

    words = {"category": waiting.category, "urgency": waiting.urgency, "nature": waiting.nature}
    act("accept", waiting, by=here.desk, at=NEXT + DAY, **words)

    assert (before, noted(second)) == ((True, False), True)
    assert ChangedDay.objects.count() == 1


def test_a_strangers_many_reports_count_as_one(here):
    closed = [life(here, until="cleared") for _ in range(3)]
    for number in range(4):
        taken_on(here, at=NEXT + timedelta(hours=number))

    assert sum(noted(case) for case in closed) == 1


def test_what_is_not_taken_on_counts_for_nothing(here):
    first = life(here, until="cleared")
    act(
        "reject", reported(here, at=NEXT), by=here.desk, at=NEXT + DAY, reason="outside", words="请联系邻街道"
    )

    assert not noted(first)
