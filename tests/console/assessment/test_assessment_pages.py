"""The pages of assessment: whose figures one reads, each figure opens its rows, and nothing names or ranks a person."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import act, life
from tests.markup import one_line
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.accounts.models import Post, User
from yige.assessment import chance
from yige.assessment.indicators import INDICATORS
from yige.contact.models import Promise
from yige.lib.local_time import local_day

LIST = "/console/assessment/"


@scene
def busy(here):
    """Two cases closed today by the team of the grid, one of them taken up again, and one late and open."""
    here.at = timezone.now() - timedelta(hours=6)
    here.done = life(here, "cleared", at=here.at, contact={"phone": "19900000024"})
    again = life(here, "closed", at=here.at, place="8号楼")
    here.again = act("reopen", again, by=here.street_head, at=timezone.now(), words="还是不亮")
    return here


def read(client, user, address=LIST, **query):
    client.force_login(user)
    return client.get(address, query)


@pytest.mark.parametrize("name", ["street_head", "desk", "community_head", "grid_head"])
def test_heads_read_the_units_of_their_area(client, busy, name):
    text = read(client, getattr(busy, name)).text

    assert f'href="{LIST}team/?month=' in text


@pytest.mark.parametrize("name", ["neighbour_head", "department"])
def test_others_read_nothing_of_it(client, busy, name):
    user = getattr(busy, name)

    assert f'href="{LIST}team/' not in read(client, user).text
    assert read(client, user, f"{LIST}team/").status_code == 404
    assert read(client, user, f"{LIST}team/kept/").status_code == 404


def test_a_unit_reads_its_own_and_no_other(client, busy):
    case = life(busy, "accepted", at=busy.at)
    case = act("dispatch", case, by=busy.desk, at=busy.at + timedelta(hours=1), unit=busy.bureau_unit)
    text = read(client, busy.department).text

    assert (f"{LIST}{busy.bureau_unit.slug}/" in text, f"{LIST}team/" in text) == (True, False)
    assert read(client, busy.department, f"{LIST}{busy.bureau_unit.slug}/").status_code == 200


def test_a_team_that_is_one_person_is_read_by_its_own_and_the_head_above_alone(client, busy):
    team, day = busy.team_unit, local_day(timezone.now())
    Post.objects.filter(unit=team).exclude(user__in=[busy.worker, busy.grid_head]).delete()
    two = [
        read(client, busy.desk, f"{LIST}team/").status_code,
        f"{LIST}team/" in read(client, busy.desk).text,
    ]
    Post.objects.filter(unit=team, user=busy.worker).delete()

    shown = {
        name: (read(client, user, f"{LIST}team/").status_code, f"{LIST}team/" in read(client, user).text)
        for name in ("street_head", "desk", "community_head", "grid_head")
        for user in [getattr(busy, name)]
    }

    assert (two, Post.objects.held_on(day).filter(unit=team).count()) == ([200, True], 1)
    assert shown == {
        "street_head": (404, False), "desk": (404, False), "community_head": (200, True), "grid_head": (200, True),
    }  # fmt: skip


def test_every_figure_opens_as_many_rows_as_it_says(client, busy):
    page = read(client, busy.desk, f"{LIST}team/").text
    told = {
        name: (int(met), int(of))
        for name, met, of in re.findall(
            rf'{LIST}team/(\w+)/\?month=[\d-]+"[^>]*>(\d+)/(\d+)<', one_line(page)
        )
    }

    assert told["kept"] == (1, 2) and told["reopened"] == (1, 2) and told["asked"] == (1, 2)
    for name, (met, of) in told.items():
        shown = {
            show: read(client, busy.desk, f"{LIST}team/{name}/", show=show).text.count("data-row")
            for show in ("met", "not", "all")
        }
        assert shown == {"met": met, "not": of - met, "all": of}, name


def test_a_row_opens_its_case_and_tells_neither_words_nor_persons(client, busy):
    text = read(client, busy.desk, f"{LIST}team/kept/").text

    assert f"/console/cases/{busy.done.number}/" in text
    assert busy.done.words not in text
    assert "19900000024" not in text


def test_no_page_of_assessment_names_a_person(client, busy):
    names = {user.name for user in User.objects.all()} - {busy.street_head.name}
    for address in (LIST, f"{LIST}team/", *(f"{LIST}team/{each.name}/" for each in INDICATORS)):
        main = read(client, busy.street_head, address).text.split("<main", 1)[1]
        assert [name for name in names if name in main] == [], address


def test_few_cases_are_told_as_cases_and_give_no_points(client, busy):
    text = one_line(read(client, busy.desk, f"{LIST}team/").text)

    assert (
        "这个月件数太少，不算分" in text
        and ">件数太少</span" in text
        and "不到 20 件的" in text
        and "%" not in text.split("<main", 1)[1].split('id="months"')[0]
    )


def test_a_month_that_is_none_is_this_month_and_nothing_a_stranger_types_is_an_error(client, busy):
    for typed in ("2026-13", "很久", "0000-01", "2999-01", "", "2026-1"):
        assert read(client, busy.desk, f"{LIST}team/", month=typed).status_code == 200
    assert read(client, busy.desk, f"{LIST}team/nothing/").status_code == 404
    assert read(client, busy.desk, f"{LIST}nobody/").status_code == 404


def test_a_month_without_anything_says_so(client, busy):
    assert "还没有办结的事项" in read(client, busy.desk, LIST, month="2020-01").text
    assert "没有这样的事项" in read(client, busy.desk, f"{LIST}team/kept/", month="2020-01").text


def test_a_month_that_there_is_not_is_said_and_nothing_lies_before_the_first(client, busy):
    page = f"{LIST}team/kept/"

    assert "没有这个月" in read(client, busy.desk, page, month="2026-13").text
    assert "没有这个月" not in read(client, busy.desk, page).text
    assert "1999-12" not in read(client, busy.desk, page, month="2000-01").text


def test_a_page_past_the_end_leads_back(client, busy):
    text = read(client, busy.desk, f"{LIST}team/kept/", page="400").text

    assert "后面没有了" in text and "page=1" in text and "没有这样的事项" not in text


def test_a_promise_opens_its_household_for_whoever_may_open_it(client, busy):
    family, today = factories.family(busy), local_day(timezone.now())
    Promise.objects.create(
        household=family, grid_path=family.grid_path, words="修楼门", due_on=today, first_due_on=today,
        made_at=busy.at, by=busy.micro, unit=busy.team_unit,
    )  # fmt: skip
    told = [read(client, user, f"{LIST}team/promised/").text for user in (busy.grid_head, busy.desk)]

    assert [f"/console/households/{family.pk}/" in text and "修楼门" in text for text in told] == [
        True,
        False,
    ]
    assert all("data-row" in text for text in told)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_for_one_case_as_for_three(client, here, rows, django_assert_num_queries):
    for _ in range(rows):
        life(here, "closed", at=timezone.now() - timedelta(hours=6))
    read(client, here.desk, f"{LIST}team/")

    for address, count in ((LIST, 10), (f"{LIST}team/", 15), (f"{LIST}team/kept/", 13)):
        with django_assert_num_queries(count):
            client.get(address)


def test_fewer_than_half_were_asked_is_said_instead_of_points_until_half_of_them_were(
    client, here, monkeypatch
):
    monkeypatch.setattr(chance, "ENOUGH_CASES", 2)
    at = timezone.now() - timedelta(seconds=30)
    cases = [
        life(
            here,
            "closed",
            at=at,
            every=timedelta(seconds=1),
            place=f"{n}号楼",
            contact={"phone": "19900000024"},
        )
        for n in range(5)
    ]

    def asked(*some):
        for case in some:
            said = {"contacted": True, "solved": "yes", "satisfied": "yes"}
            act("rate", case, by=LinkHolder(case.pk), at=timezone.now(), **said)
        return read(client, here.grid_head, f"{LIST}team/").text.count(">问到的不到一半<")

    assert asked(*cases[:2]) == 2  # solved, and satisfied
    assert asked(cases[2]) == 0
