"""What residents read: no offer that was used up, no thanks for a complaint, no word of the office left unexplained."""

import re
import uuid

import pytest
from django.utils import timezone

from tests import factories
from tests.portal.test_case import form, recent
from tests.scenes import scene
from yige.cases.models import Case
from yige.cases.plain_words import PLAIN_WORDS, explained_in
from yige.cases.public_lines import public_line
from yige.cases.workflow import BY_VERB
from yige.portal import links

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


def text_of(html):
    html = re.sub(
        r"<(\w+)[^>]*\sdata-yg-own[^>]*>.*?</\1>|<(select|script|textarea)\b.*?</\2>", "", html, flags=re.S
    )
    return re.sub(r"<[^>]*>", "", html)


def main_of(html):
    return html.partition('<main class="yg-main"')[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "state", ["reported", "signed", "progressed", "handled", "closed", "cleared", "rejected", "merged"]
)
def test_words_of_the_office_are_explained_where_one_meets_them(client, here, state):
    case = recent(here, state)

    for page in ("case", "sent", "slip"):
        main = main_of(client.get(links.address(case, page)).text)
        met = {row.word for row in explained_in(text_of(main.partition("data-yg-plain-words")[0]))}
        explained = set(re.findall(r"<dt>([^<]+)</dt>", main.partition("data-yg-plain-words")[2]))
        assert met and met <= explained, (page, met - explained)


def test_page_that_explains_how_things_are_done_explains_every_word(client, here):
    main = main_of(client.get("/about/").text)

    assert all(f"<dt>{row.word}</dt>" in main and row.meaning in main for row in PLAIN_WORDS)


def test_own_words_are_not_explained_to_whoever_wrote_them(client, here):
    text = client.get(links.address(recent(here, words="请督办挂账"))).text

    assert "<dt>督办</dt>" not in text
    assert "<dt>挂账</dt>" not in text


def test_objection_is_not_offered_after_it_was_used(client, here):
    case = recent(here, "rejected")
    before = client.get(links.address(case)).text
    client.post(f"{links.address(case)}object/", form(case, words="就在我们楼下"))
    case.refresh_from_db()
    factories.act("reject", case, by=here.desk, at=timezone.now(), reason="outside", words="还是不行")

    after = client.get(links.address(case)).text

    assert "您可以提一次异议" in before
    assert 'id="object"' in before
    assert "您可以提一次异议" not in after
    assert 'id="object"' not in after
    assert "异议已经提过一次" in after
    assert "12345" in after


@pytest.mark.parametrize(
    ("solved", "answer"),
    [
        ("yes", "谢谢您，记下了：解决了。"),
        ("partly", "记下了：还有一部分没解决。"),
        ("no", "知道了，没有解决。已经重新办理"),
    ],
)
def test_rating_is_answered_by_what_was_said(client, here, solved, answer):
    case = recent(here, "closed")

    response = client.post(
        f"{links.address(case)}rate/", form(case, contacted="yes", solved=solved, satisfied="no"), follow=True
    )

    assert answer in response.text
    assert "谢谢您的评价" not in response.text


def test_case_without_a_category_is_no_page_titled_so(client, here):
    case = recent(here, category=factories.category("other.unsure"))

    for address in (links.address(case), links.address(case, "slip"), f"/ledger/{case.number}/", "/ledger/"):
        main = main_of(client.get(address).text)
        assert "说不清归哪类" not in main.replace("说不清归哪类</option>", ""), address
        assert "还没归类的事" in main


def test_fresh_report_says_when_it_was_made(client, here):
    case = factories.reported(here, at=timezone.now())

    for address in (links.address(case), f"/ledger/{case.number}/"):
        text = re.sub(r"\s+", "", client.get(address).text)
        assert "刚刚反映" in text
        assert "反映于" not in text


@pytest.mark.parametrize(
    "typed", ["计划：等配件到了就换", "计划:等配件到了就换", "计划：计划： 等配件到了就换", "等配件到了就换"]
)
def test_label_of_a_line_stands_once(typed):
    line = public_line(BY_VERB["park"], {"until": "12月1日", "words": typed})

    assert line.endswith("计划：等配件到了就换")
    assert line.count("计划") == 1


def test_place_far_away_is_no_place(client, here):
    said = {
        "key": str(uuid.uuid4()), "words": "路灯不亮", "grid": str(here.grid.pk),
        "lon": "116.39", "lat": "39.91", "accuracy": "20",
    }  # fmt: skip

    refused = client.post("/report/", said, follow=True)

    assert not Case.objects.exists()
    assert "刚才的位置不在本辖区，没有用它。请写一下具体在哪里" in refused.text
    client.post("/report/", {**said, "key": str(uuid.uuid4()), "place": "3号楼"})
    assert Case.objects.get().lon is None


def test_chosen_category_stays_in_sight(client, here):
    said = {"key": str(uuid.uuid4()), "words": "", "category": factories.LAMP}

    html = client.post("/report/", said, follow=True).text
    panel = next(part for part in re.findall(r"<details[^>]*>.*?</details>", html, re.S) if "checked" in part)

    assert re.match(r"<details\s+open>", panel)
    assert "name=" not in re.match(r"<details[^>]*>", panel)[0]  # choosing elsewhere must not close it
    assert "已选" in panel


def test_receipt_is_not_called_acceptance(client, here):
    case = recent(here)

    assert "受理回执" not in client.get(links.address(case, "slip")).text
    assert "反映回执" in client.get(links.address(case, "slip")).text
