"""The figures by community, category, channel and level: of what one reads, each opens its rows, nothing is ranked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import life
from tests.markup import one_line
from tests.scenes import scene
from yige.accounts.models import Post, User
from yige.assessment.groupings import GROUPINGS

LIST = "/console/assessment/groups/"
KEYS = {"place": "zz~js", "category": "facilities", "channel": "snap", "level": "grid"}


@scene
def busy(here):
    """Two lamps closed by the team, and a heap of rubbish closed by it that came by the hotline."""
    here.at = timezone.now() - timedelta(hours=6)
    for number in (1, 2):
        life(here, "closed", at=here.at, place=f"{number}号楼")
    rubbish = factories.category("sanitation.old-heap")
    case = factories.reported(here, at=here.at, category=rubbish, channel="hotline", by=here.intake)
    life(here, "closed", at=here.at, case=case)
    return here


def read(client, user, address, **query):
    client.force_login(user)
    return client.get(f"{LIST}{address}", query)


def cells(text, rest=""):
    """Return {(key, indicator): (met, of)} of the links of a table."""
    pattern = rf'{LIST}\w+/([^/"]+)/(\w+)/\?month=[\d-]+{rest}"[^>]*>(\d+)/(\d+)<'
    return {(key, name): (int(met), int(of)) for key, name, met, of in re.findall(pattern, one_line(text))}


@pytest.mark.parametrize("name", GROUPINGS)
def test_groups_add_up_and_each_figure_opens_its_rows(client, busy, name):
    told = cells(read(client, busy.desk, f"{name}/").text)

    assert sum(of for (_, indicator), (_, of) in told.items() if indicator == "reopened") == 3
    for (key, indicator), (met, of) in told.items():
        if indicator in ("kept", "asked"):
            shown = [
                read(client, busy.desk, f"{name}/{key}/{indicator}/", show=show).text.count("data-row")
                for show in ("met", "not", "all")
            ]
            assert shown == [met, of - met, of]


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_a_group_tells_its_units_and_their_rows(client, busy, name, key):
    told = cells(read(client, busy.desk, f"{name}/{key}/").text, "&amp;unit=team")
    met, of = told[key, "reopened"]

    rows = read(client, busy.desk, f"{name}/{key}/reopened/", unit="team").text
    assert (met, rows.count("data-row")) == (0, of)


def test_a_class_tells_its_categories_and_a_unit_its_own_groups(client, busy):
    text = read(client, busy.desk, "category/facilities/").text

    assert cells(text)["facilities.street-lamp", "reopened"] == (0, 2)
    assert set(cells(read(client, busy.desk, "channel/", unit="team").text, "&amp;unit=team")) >= {
        ("snap", "kept"), ("hotline", "kept"),
    }  # fmt: skip
    assert cells(read(client, busy.desk, "channel/", unit="bureau").text) == {}


def test_three_months_and_a_year_reach_back(client, here):
    life(here, "closed", at=timezone.now() - timedelta(days=45))

    seen = {
        span: "data-row" in read(client, here.desk, "channel/snap/asked/", span=span).text
        for span in ("1", "3", "12")
    }

    assert seen == {"1": False, "3": True, "12": True}


def test_what_is_no_group_no_unit_and_no_span_is_no_error(client, busy):
    for address in (
        "nothing/",
        "place/zz~~/",
        "category/-/",
        "level/9/kept/",
        "channel/snap/promised/",
        "channel/snap/x/",
    ):
        assert read(client, busy.desk, address).status_code == 404, address
    assert read(client, busy.desk, "place/", unit="nobody").status_code == 404
    assert read(client, busy.desk, "place/", span="-3", month="x").status_code == 200
    assert "还没有办结的事项" in read(client, busy.desk, "place/", month="2020-01").text


def test_a_stranger_reads_no_figure_of_it(client, busy):
    assert cells(read(client, busy.neighbour_head, "category/").text) == {}
    assert cells(read(client, busy.department, "place/").text) == {}
    assert read(client, busy.neighbour_head, "category/", unit="team").status_code == 404


def test_a_team_of_one_stands_in_no_sum_of_those_who_may_not_read_it(client, busy):
    """A sum less the units that are told would tell the one that is not."""
    Post.objects.filter(unit=busy.team_unit).exclude(user__in=[busy.worker]).delete()

    counted = {
        name: sum(of for (_, indicator), (_, of) in cells(read(client, getattr(busy, name), "channel/").text).items() if indicator == "kept")
        for name in ("desk", "street_head", "community_head")
    }  # fmt: skip

    assert counted == {"desk": 0, "street_head": 0, "community_head": 3}


def test_no_page_of_a_group_names_a_person_or_a_case_in_words(client, busy):
    names = {user.name for user in User.objects.all()} - {busy.street_head.name}
    for name, key in KEYS.items():
        for address in (f"{name}/", f"{name}/{key}/", f"{name}/{key}/kept/"):
            main = read(client, busy.street_head, address).text.split("<main", 1)[1]
            assert [word for word in (*names, "好几天了") if word in main] == [], address


@pytest.mark.parametrize("rows", [1, 3])
def test_groups_ask_the_same_for_one_case_as_for_three(client, here, rows, django_assert_max_num_queries):
    for _ in range(rows):
        life(here, "closed", at=timezone.now() - timedelta(hours=6))
    read(client, here.desk, "place/")

    for address, most in (("place/", 9), ("category/", 9), ("category/facilities/", 15), ("level/grid/", 12)):
        with django_assert_max_num_queries(most):
            read_only = client.get(f"{LIST}{address}")
        assert read_only.status_code == 200
