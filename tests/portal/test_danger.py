"""A resident who writes of danger reads whom to call before sending and after; a crisis of life is met as a neighbour would."""

import json
import re

import pytest

from tests import factories
from tests.factories import reported
from tests.scenes import scene
from yige.cases import dangers
from yige.cases.models import Case
from yige.portal import links

GAS, CRISIS, LAMP = "楼道里好大一股煤气味，头晕", "我不想活了", "谢谢，路灯修好了"
TODAY, STRIP = "会在今天受理", "什么时候给您答复"
MARKS = 'class="yg-strip'


@scene
def here():
    factories.category()
    return factories.town()


def notes_shown(html):
    """Return the kinds of the notes that are not hidden."""
    notes = re.findall(r'<div[^>]*data-yg-danger-kind="(\w+)"([^>]*)>', html)
    return {kind for kind, rest in notes if not re.search(r"\bhidden\b", rest)}


def sent_page(client, case):
    return client.get(links.address(case, "sent")).text


@pytest.mark.parametrize(
    ("words", "kinds"), [(GAS, {"gas", "ill"}), (CRISIS, {"life"}), (LAMP, set()), ("", set())]
)
def test_a_refused_report_says_whom_to_call_without_any_script(client, here, words, kinds):
    answer = client.post("/report/", {"words": words, "key": "0" * 32}, follow=True)

    assert answer.status_code == 422
    assert notes_shown(answer.text) == kinds


def test_the_page_carries_the_table_for_the_script_and_no_word_has_to_leave_it(client, here):
    html = client.get("/report/").text

    found = re.search(r'<script id="danger-words" type="application/json">(.*?)</script>', html, re.S)
    assert json.loads(found[1]) == dangers.browser_table()
    assert notes_shown(html) == set()


def test_danger_is_not_held_up_by_a_question_what_is_alike(client, here):
    reported(here, words=GAS, place="3号楼")
    form = {"words": GAS, "place": "3号楼", "grid": str(here.grid.pk), "key": "1" * 32}

    answer = client.post("/report/", form)
    assert answer.status_code == 302
    assert Case.objects.count() == 2


def test_the_receipt_of_a_danger_says_call_first_and_promises_no_today(client, here):
    html = sent_page(client, reported(here, words=GAS))

    assert dangers.BY_KIND["gas"].advice in html
    assert 'href="tel:119"' in html
    assert TODAY not in html


def test_the_receipt_of_a_crisis_speaks_as_a_neighbour_would(client, here):
    html = sent_page(client, reported(here, words=CRISIS))

    assert dangers.LIFE_ADVICE in html
    assert html.index("tel:12356") < html.index("tel:120")
    assert TODAY not in html
    assert STRIP not in html
    assert "收到了，谢谢您" not in html


def test_the_page_of_a_crisis_counts_no_days(client, here):
    crisis, lamp = (reported(here, words=words) for words in (CRISIS, LAMP))

    assert MARKS not in client.get(links.address(crisis)).text
    assert MARKS in client.get(links.address(lamp)).text


def test_an_ordinary_receipt_stays_as_it_was(client, here):
    html = sent_page(client, reported(here, words=LAMP))

    assert TODAY in html
    assert STRIP in html
    assert "tel:12356" not in html


def test_the_duty_phone_stands_on_the_receipt_of_a_danger(client, here):
    here.grid.phone = "0371-00001234"
    here.grid.save()

    assert 'href="tel:0371-00001234"' in sent_page(client, reported(here, words=GAS))
