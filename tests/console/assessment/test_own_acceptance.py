"""What one person took on in time: the figures and their rows, for that person and the direct head, and for nobody else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.factories import act, reported
from yige.assessment import chance, own_figures
from yige.assessment.periods import month_of
from yige.audit.models import LogEntry
from yige.lib.local_time import local_day

OWN = "/console/acceptance/"
MORNING = datetime(2026, 3, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = month_of(local_day(MORNING))
QUERY = {"month": "2026-03"}
SORTED = {"urgency": "normal", "nature": "public"}


def accept(here, case, at, by=None):
    return act("accept", case, by=by or here.grid_head, at=at, category=case.category, **SORTED)


def hand(here, case, at, person=None, by=None):
    return act("dispatch", case, by=by or here.grid_head, at=at, unit=here.team_unit, person=person)


@pytest.fixture
def busy(here):
    """The grid head accepts three, one of them late; two are handed to the worker by name, one signed late, one never."""
    cases = [reported(here, at=MORNING, place=f"{n}号楼") for n in range(3)]
    for case, hours in zip(cases, (2, 8, 26), strict=True):
        accept(here, case, MORNING + hours * HOUR)
    for case in cases[:2]:
        hand(here, case, MORNING + 9 * HOUR - timedelta(minutes=90), here.worker)
    act("sign", cases[0], by=here.worker, at=MORNING + 2 * DAY)
    here.cases = cases
    return here


def told(person, at=MORNING + 5 * DAY, areas=None):
    takings = own_figures.takings(person, MARCH, at, areas)
    return tuple(own_figures.figure(takings))


def page_of(who, address=OWN, **query):
    client = Client()
    client.force_login(who)
    return client.get(address, QUERY | query)


def test_in_time_is_the_day_it_came_and_what_waits_counts_once_it_is_late(busy):
    assert told(busy.grid_head) == (2, 3)
    assert told(busy.worker) == (0, 2)
    assert told(busy.worker, at=MORNING + 9 * HOUR) == (
        0,
        1,
    )  # signed, as it stands; the other is not late yet


def test_after_the_cut_off_the_next_day_counts(here):
    evening = MORNING + 10 * HOUR  # 19:00
    for at in (evening + 20 * HOUR, evening + 40 * HOUR):
        accept(here, reported(here, at=evening), at)

    assert told(here.grid_head) == (1, 2)


def test_what_one_made_for_oneself_and_what_the_unit_got_is_nobodys_own(here):
    own = reported(here, at=MORNING, by=here.grid_head, channel="patrol")
    accept(here, own, MORNING + HOUR)
    to_self = accept(here, reported(here, at=MORNING, place="2号楼"), MORNING + HOUR, by=here.desk)
    hand(here, to_self, MORNING + HOUR, here.grid_head)
    act("sign", to_self, by=here.grid_head, at=MORNING + HOUR)
    of_unit = accept(here, reported(here, at=MORNING, place="3号楼"), MORNING + HOUR, by=here.desk)
    hand(here, of_unit, MORNING + HOUR)
    act("sign", of_unit, by=here.worker, at=MORNING + 9 * DAY)

    assert (told(here.grid_head), told(here.worker), told(here.desk)) == ((0, 0), (0, 0), (2, 2))


def test_the_page_tells_the_person_the_cases_and_opens_them(busy):
    page = page_of(busy.grid_head, span="12")

    assert [line.words for line in page.context["spans_told"]] == ["2/3", "2/3", "2/3"]
    assert [line.in_time for line in page.context["lines"]].count(True) == 2 and len(
        page.context["lines"]
    ) == 3
    assert page.text.count("超时") >= 1 and f'href="/console/cases/{busy.cases[0].number}/"' in page.text
    assert page_of(busy.grid_head, month="2026-02").context["lines"] == []


def test_enough_cases_are_told_with_their_interval(busy, monkeypatch):
    monkeypatch.setattr(chance, "ENOUGH_CASES", 3)

    assert page_of(busy.grid_head).context["spans_told"][0][2:] == ("67%", "2/3，21%–94%")


def test_the_direct_head_reads_it_and_the_look_is_in_the_log(busy):
    page = page_of(busy.grid_head, f"{OWN}{busy.worker.pk}/")
    looks = LogEntry.objects.filter(verb="accounts.view_acceptance")

    assert [line.words for line in page.context["spans_told"]] == ["0/2"] * 3
    assert [(str(look.actor_id), str(look.subject_id)) for look in looks] == [
        (str(busy.grid_head.pk), str(busy.worker.pk))
    ]
    assert page_of(busy.community_head, f"{OWN}{busy.grid_head.pk}/").context["spans_told"][0].words == "2/3"


def test_the_head_reads_what_lay_in_the_own_area(busy):
    assert told(busy.grid_head, areas=["/zz/js/9/"]) == (2, 3)
    assert told(busy.grid_head, areas=["/zz/js/9x/"]) == told(busy.grid_head, areas=[]) == (0, 0)


OTHERS = (
    "worker", "micro", "member", "community_head", "street_head", "desk", "neighbour_head", "neighbour_worker", "other_desk",
    "department", "seat", "intake", "auditor", "security", "system", "registrar",
)  # fmt: skip


def test_nobody_else_opens_a_persons_figures(busy):
    """Not the head's head, the street, the neighbour, a colleague; and no look is written where none was."""
    answers = {name: page_of(getattr(busy, name), f"{OWN}{busy.worker.pk}/").status_code for name in OTHERS}

    assert answers == dict.fromkeys(OTHERS, 404)
    assert page_of(busy.idle, f"{OWN}{busy.worker.pk}/").status_code == 403
    assert Client().get(f"{OWN}{busy.worker.pk}/").status_code == 302
    assert not LogEntry.objects.filter(verb="accounts.view_acceptance").exists()


def test_a_list_of_those_below_is_names_alone_in_an_order_of_their_own(busy):
    page = page_of(busy.grid_head)
    below = page.text.partition('id="below"')[2].partition("</section>")[0]

    assert {post.user for post in page.context["below"]} == {busy.worker, busy.micro, busy.member}
    assert not any(sign.isdigit() for sign in below.partition("<ul")[2].replace(str(busy.worker.pk), "")
                   .replace(str(busy.micro.pk), "").replace(str(busy.member.pk), ""))  # fmt: skip
    assert "您直接带的人" not in page_of(busy.worker).text


@pytest.mark.parametrize("query", [{"order": "share"}, {"person": "all"}, {"sort": "-met"}, {"by": "user"}])
def test_no_address_orders_or_gathers_persons(busy, query):
    assert page_of(busy.grid_head, **query).context["lines"] == page_of(busy.grid_head).context["lines"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_times(client, here, django_assert_num_queries, count):
    for number in range(count):
        accept(here, reported(here, at=MORNING, place=f"{number}号楼"), MORNING + HOUR)
    client.force_login(here.grid_head)
    client.get(OWN, QUERY)

    with django_assert_num_queries(9):
        assert client.get(OWN, QUERY).status_code == 200


ODD = ("month=9999-12", "month=9999-12&span=12", "month=0001-01&span=12", "month=2026-13", "month=²", "span=x",
       "span=²", "page=-1", "page=" + "9" * 30)  # fmt: skip


def test_an_odd_address_shows_a_page(busy):
    client = Client()
    client.force_login(busy.grid_head)
    addresses = [f"{page}?{query}" for query in ODD for page in (OWN, f"{OWN}{busy.worker.pk}/")]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
