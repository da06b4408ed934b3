"""Staff meet a danger on the case, in the form that judges it, on the desk and in the queue; a page that looks by itself is no person."""

import io
import re
from datetime import timedelta

import pytest
from python_calamine import load_workbook

from tests.factories import MONDAY_NOON, category, life, reported
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.cases.dangers import BY_KIND
from yige.cases.models import Case
from yige.console.cases.rows import queue
from yige.steps.verbs import VERBS
from yige.web.presence import SEEN
from yige.web.quiet import HEADER

GAS = "楼道里好大一股煤气味，头晕"
QUIET = {"headers": {HEADER: "1"}}


@scene
def gas(here):
    here.grid.phone = "0371-00001234"
    here.grid.save()
    return reported(here, words=GAS, category=category("other.unsure"))


@pytest.mark.parametrize("name", ["desk", "street_head", "community_head", "grid_head"])
def test_the_heap_of_dangers_is_the_first_on_every_desk(client, here, gas, name):
    client.force_login(getattr(here, name))
    html = client.get("/console/").text

    heaps = re.findall(r"\?view=(\w+)", html)
    assert heaps[0] == "danger"
    assert re.search(r'data-tone="bad"[^>]*href="/console/cases/\?view=danger"', html)
    assert html.index('id="heap-danger"') == min(found.start() for found in re.finditer('id="heap-', html))


def test_the_queue_shows_danger_before_what_is_long_overdue(client, here, gas):
    old = reported(here, words="路灯不亮", at=gas.reported_at.replace(month=1))
    client.force_login(here.desk)

    found = re.findall(r'/console/cases/([\d-]+)/"', client.get("/console/cases/").text)
    assert list(dict.fromkeys(found))[:2] == [gas.number, old.number]


def test_the_case_says_which_words_and_whom_to_ring_up(client, here, gas):
    client.force_login(here.desk)
    html = client.get(f"/console/cases/{gas.number}/").text

    assert "写到“煤气味”" in html
    assert 'href="tel:0371-00001234"' in html
    assert "由您判断" in html


def test_the_form_of_acceptance_proposes_and_a_person_decides(client, here, gas):
    client.force_login(here.desk)
    html = client.get(f"/console/cases/{gas.number}/").text
    assert '<option value="emergency" selected>' in html
    assert f'<option value="{category("safety.gas-smell").pk}" selected>' in html
    assert "建议定为“紧急”" in html

    said = {
        "category": str(gas.category_id),
        "urgency": "normal",
        "nature": "public",
        "key": "k",
        "seen": "1",
    }
    assert client.post(f"/console/cases/{gas.number}/accept/", said).status_code == 302
    after = Case.objects.get(pk=gas.pk)
    assert (after.urgency, after.alarm_at) == ("normal", None)
    assert "写到“煤气味”" not in client.get(f"/console/cases/{gas.number}/").text


def test_words_added_later_offer_the_judgement_first(client, here):
    case = reported(here)
    said = {"category": case.category, "urgency": "normal", "nature": "public"}
    VERBS["accept"](case, by=here.desk, at=case.reported_at, **said)
    VERBS["add"](case, by=LinkHolder(case.pk), at=case.reported_at, words="闻到煤气味")
    client.force_login(here.desk)

    html = client.get(f"/console/cases/{case.number}/").text
    assert f"/console/cases/{case.number}/judge/" in html
    assert "写到“煤气味”" in html


def test_an_ordinary_case_shows_nothing_of_the_kind(client, here):
    case = reported(here)
    client.force_login(here.desk)

    html = client.get(f"/console/cases/{case.number}/").text
    assert "险情" not in html.split('id="why"')[0].split("yg-side")[-1]


def test_a_desk_that_looks_by_itself_gets_the_part_and_then_nothing_new(client, here, gas):
    client.force_login(here.desk)
    first = client.get("/console/", **QUIET)
    assert "<html" not in first.text
    assert 'id="heap-danger"' in first.text

    headers = {HEADER: "1", "If-None-Match": first["ETag"]}
    assert client.get("/console/", headers=headers).status_code == 304
    reported(here, words=GAS)
    assert client.get("/console/", headers=headers).status_code == 200


def test_a_page_that_looks_by_itself_keeps_no_log_in_alive(client, here):
    client.force_login(here.desk)
    client.get("/console/")
    session = client.session
    session[SEEN] -= 3000
    session.save()

    client.get("/console/", **QUIET)
    assert client.session[SEEN] == session[SEEN]
    client.get("/console/")
    assert client.session[SEEN] > session[SEEN]


@pytest.mark.parametrize("narrowed", ["", "?view=danger", "?sort=new&state=reported"])
def test_a_queue_that_looks_by_itself_gets_its_rows_and_then_nothing_new(client, here, gas, narrowed):
    client.force_login(here.desk)
    address = f"/console/cases/{narrowed}"
    first = client.get(address, **QUIET)
    assert "<html" not in first.text
    assert gas.number in first.text

    headers = {HEADER: "1", "If-None-Match": first["ETag"]}
    assert client.get(address, headers=headers).status_code == 304
    reported(here, words=GAS)
    assert client.get(address, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("words", "advice", "deadlines"), [(GAS, "gas", True), ("我不想活了", "life", False)]
)
def test_the_receipt_of_intake_says_call_first_and_who_was_told(client, here, words, advice, deadlines):
    case = reported(here, words=words, by=here.intake, channel="hotline")
    client.force_login(here.intake)
    html = client.get(f"/console/intake/{case.number}/receipt/").text

    assert BY_KIND[advice].advice in html
    assert all(f'href="tel:{number}"' in html for number in BY_KIND[advice].numbers)
    assert "已经马上告诉：事件处置岗、一级网格长、二级网格长、三级网格长。" in html
    assert ("<h3>接下来</h3>" in html) == deadlines


def test_an_ordinary_receipt_of_intake_tells_of_no_danger(client, here):
    case = reported(here, by=here.intake, channel="hotline")
    client.force_login(here.intake)

    assert "已经马上告诉" not in client.get(f"/console/intake/{case.number}/receipt/").text


@pytest.mark.parametrize("sort", queue.SORTS)
def test_every_order_of_the_queue_shows_danger_first_and_says_so(client, here, sort):
    day = timedelta(days=1)
    old, gas, new = (
        reported(here, words=words, at=MONDAY_NOON + number * day)
        for number, words in enumerate(("路灯不亮", GAS, "路面有坑"))
    )
    client.force_login(here.desk)
    html = client.get(f"/console/cases/?sort={sort}").text

    rest = [new, old] if sort == "new" else [old, new]
    found = list(dict.fromkeys(re.findall(r'/console/cases/([\d-]+)/"', html)))
    assert found == [case.number for case in (gas, *rest)]
    assert f"件。{queue.SORTS[sort][0]}。只数" in "".join(html.split())
    sheet = load_workbook(io.BytesIO(client.post("/console/cases/export/", {"sort": sort}).content))
    assert [row[0] for row in sheet.get_sheet_by_index(0).to_python()[1:]] == [
        case.number for case in (gas, *rest)
    ]


def test_the_list_of_a_unit_shows_danger_first(client, here):
    old = life(here, "dispatched", words="路灯不亮", at=MONDAY_NOON - timedelta(days=1))
    gas = life(here, "dispatched", words="井盖没了", category=category("facilities.manhole"))
    client.force_login(here.desk)

    html = client.get(f"/console/units/{here.team_unit.slug}/").text
    assert html.index(gas.number) < html.index(old.number)
