"""One sheet: live while it is shown, the frozen numbers afterwards; corrections stand under it and change nothing."""

import re

import pytest

from tests.markup import one_line
from tests.month_sheets.conftest import MORNING, OCTOBER, closed  # noqa: F401
from tests.month_sheets.test_sheets import AFTER, sheet_of, turned
from tests.scenes import scene
from yige.accounts.models import Post, Unit

SHEETS = "/console/assessment/sheets/"


@scene
def frozen(closed):  # noqa: F811
    turned(MORNING, AFTER)
    closed.sheet = sheet_of(closed)
    return closed


def read(client, here, user):
    client.force_login(user)
    return client.get(f"{SHEETS}{here.sheet.pk}/")


@pytest.mark.parametrize("name", ["street_head", "desk", "community_head", "grid_head"])
def test_heads_read_the_frozen_numbers_though_the_ledger_went_on(client, frozen, name):
    frozen.closings[0].delete()
    text = one_line(read(client, frozen, getattr(frozen, name)).text)

    assert ("/console/assessment/team/" in text, "1/3" in text) == (True, True)
    assert f"{frozen.cases[0].number}</span>：现在不算进这个月了" in text


def test_every_frozen_figure_opens_the_rows_it_was_counted_from(client, frozen):
    frozen.closings[0].delete()
    text = one_line(read(client, frozen, frozen.grid_head).text)
    links = re.findall(rf'href="({SHEETS}{frozen.sheet.pk}/team/\w+/)"\s?>(\d+)/(\d+)<', text)

    assert len(links) > 4
    for address, met, of in links:
        page = client.get(address)
        assert page.text.count("data-row") == int(of), address
        assert f">{met} / {of}<" in page.text, address
    for name in ("neighbour_head", "department", "other_desk"):
        client.force_login(getattr(frozen, name))
        assert client.get(links[0][0]).status_code == 404
    client.force_login(frozen.desk)
    assert client.get(f"{SHEETS}{frozen.sheet.pk}/team/nonsense/").status_code == 404


def test_after_the_boundaries_moved_the_head_of_the_unit_finds_its_frozen_rows(client, frozen):
    """The grid was closed and the team works in the neighbour's now: its frozen month is still the unit's, in every digit."""
    before = re.findall(r"(\d+)/(\d+)<", one_line(read(client, frozen, frozen.grid_head).text))
    Unit.objects.filter(pk=frozen.team_unit.pk).update(path="/zz/js/9x/")
    Post.objects.filter(user__in=[frozen.grid_head, frozen.worker]).update(path="/zz/js/9x/")
    text = one_line(read(client, frozen, frozen.grid_head).text)
    links = re.findall(rf'href="({SHEETS}{frozen.sheet.pk}/team/\w+/)"\s?>(\d+)/(\d+)<', text)

    assert re.findall(r"(\d+)/(\d+)<", text) == before != []
    assert [client.get(address).text.count("data-row") for address, *_ in links] == [
        int(of) for *_, of in links
    ]
    assert client.get("/console/assessment/team/").status_code == 200
    assert links[0][0] in one_line(read(client, frozen, frozen.neighbour_head).text)
    for name in ("department", "other_desk"):
        client.force_login(getattr(frozen, name))
        assert client.get(links[0][0]).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["", "team/", "team/kept/", "groups/place/", "groups/channel/snap/", "groups/channel/snap/kept/"],
)
def test_the_live_pages_of_a_frozen_month_say_so_and_lead_to_its_sheet(client, frozen, address):
    client.force_login(frozen.grid_head)
    link = f'href="{SHEETS}{frozen.sheet.pk}/"'
    pages = {
        query: client.get(f"/console/assessment/{address}?{query}").text
        for query in ("month=2026-10", "month=2026-10&span=3", "month=2026-08")
    }

    assert [link in text for text in pages.values()] == [True, True, False]
    assert "2026年10月的表已经定下来了，以表上的为准" in one_line(pages["month=2026-10"])


@pytest.mark.parametrize("name", ["neighbour_head", "department"])
def test_units_without_figures_read_of_no_other(client, frozen, name):
    assert "/console/assessment/team/" not in read(client, frozen, getattr(frozen, name)).text


def test_while_it_is_shown_it_counts_what_stands_now(client, closed):  # noqa: F811
    turned(MORNING)
    closed.sheet = sheet_of(closed)
    closed.closings[0].delete()
    text = read(client, closed, closed.desk).text

    assert ("公示中" in text, "1/2" in text, "写上更正" in text) == (True, True, False)


def test_the_street_writes_a_correction_and_others_may_not(client, frozen):
    address = f"{SHEETS}{frozen.sheet.pk}/note/"
    page = read(client, frozen, frozen.desk)
    assert "写上更正" in page.text
    empty = client.post(address, {"words": ""})
    done = client.post(address, {"words": "第三件应算邻网格的"})
    assert (empty.status_code, done.status_code) == (422, 302)
    assert "第三件应算邻网格的" in client.get(f"{SHEETS}{frozen.sheet.pk}/").text

    page = read(client, frozen, frozen.grid_head)
    assert "写上更正" not in page.text
    assert client.post(address, {"words": "改"}).status_code == 422
    assert frozen.sheet.notes.count() == 1


def test_no_page_of_a_sheet_names_who_handled_or_reported(client, frozen):
    text = read(client, frozen, frozen.desk).text.partition("<main")[2]
    assert not [name for name in (frozen.worker.name, frozen.grid_head.name, "19900000024") if name in text]
    assert OCTOBER.label in text
