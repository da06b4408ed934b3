"""The pages for everybody: first page, lookup, ledger, how it works, platform, privacy; and their weight."""

import gzip
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from tests import factories
from tests.markup import said_alone
from tests.scenes import scene
from yige.cases.models import PlatformComplaint
from yige.portal import links, queries
from yige.steps.s6_feedback import actions as s6

pytestmark = pytest.mark.django_db
OPEN_PAGES = (
    "/",
    "/report/",
    "/lookup/",
    "/ledger/",
    "/figures/",
    "/open-data/",
    "/about/",
    "/platform/",
    "/privacy/",
)


@scene
def here():
    factories.category()
    return factories.town()


def recent(here, until="reported", **said):
    return factories.life(here, until, at=timezone.now() - timedelta(hours=3), **said)


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_every_page_has_its_frame(client, here, path):
    response = client.get(path)

    assert response.status_code == 200
    for part in (
        'href="#main"',
        'href="/platform/"',
        "tel:110",
        "tel:119",
        "tel:120",
        'href="/care/on/"',
        'lang="zh-CN"',
    ):
        assert part in response.text


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_large_letters_reach_every_page(client, here, path):
    client.cookies["yg-care"] = "1"

    assert 'data-weui-mode="care"' in client.get(path).text


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_first_load_is_light(client, here, path):
    page = client.get(path).text

    assert sum(weight(page)) <= 60 * 1024


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_other_methods_are_refused(client, here, path):
    assert client.delete(path).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=99999999999999999999",
        "area=/zz/js/9/'--",
        "state=x&category=😀",
        "number=410106-0000001-1",
    ],
)
def test_odd_queries_of_the_ledger_are_calm(client, here, query):
    assert client.get(f"/ledger/?{query}").status_code == 200


def test_ledger_shows_public_cases_without_words_or_place(client, here):
    case = recent(here, words="王小英家楼下路灯不亮 13800001234", place="3号楼2单元501")

    text = client.get("/ledger/").text

    assert case.number in text
    assert "王小英" not in text
    assert not said_alone("501", text)


def test_ledger_hides_personal_withdrawn_and_merged_cases(client, here):
    personal = recent(here, nature="personal")
    withdrawn, merged = recent(here, "withdrawn", words="另一件"), recent(here, "merged", words="第三件")

    text = client.get("/ledger/").text

    for case in (personal, withdrawn, merged):
        assert case.number not in text
        assert client.get(f"/ledger/{case.number}/").status_code == 404


def test_ledger_filter_stays_inside_its_grid(client, here):
    inside, neighbour = recent(here), recent(here, grid=here.neighbour_grid, words="隔壁的事")

    text = client.get("/ledger/?area=/zz/js/9/").text

    assert inside.number in text
    assert neighbour.number not in text


@pytest.mark.parametrize(
    "query", ["state=cleared", "category=order", "number=410106-9999999-3", "number=没有"]
)
def test_ledger_says_when_nothing_fits(client, here, query):
    recent(here)

    assert "没有符合条件的事项" in client.get(f"/ledger/?{query}").text


def test_ledger_finds_a_number(client, here):
    case, other = recent(here), recent(here, words="另一件")

    text = client.get("/ledger/", {"number": case.number.replace("-", " ")}).text

    assert case.number in text
    assert other.number not in text


def test_public_page_tells_steps_not_words(client, here):
    case = recent(here, "progressed")
    s6.tell_area(case, by=here.desk, at=timezone.now(), words="今晚八点前修好")

    text = client.get(f"/ledger/{case.number}/").text

    assert "单位team" in text
    assert "今晚八点前修好" in text
    assert "灯头坏了" not in text
    assert "路灯不亮好几天了" not in text


def test_figures_count_what_the_list_beside_them_lists(client, here):
    """A number that anybody can count is told as it is; a hidden one would be hidden from nobody."""
    for each in range(3):
        recent(here, words=f"第{each}件")
    recent(here, "cleared", words="办好的")

    counted = queries.figures(path="/zz/js/9/", at=timezone.now())
    (row,) = queries.by_class(path="/zz/js/9/", at=timezone.now())
    listed = list(queries.ledger(path="/zz/js/9/"))
    page = client.get("/ledger/", {"path": "/zz/js/9/"}).text

    assert (counted["reported"], counted["cleared"]) == (len(listed), 1) == (row["reported"], row["closed"])
    assert all(case.number in page for case in listed)
    assert '<td class="yg-number">4</td>' in page and "少于" not in page


@pytest.mark.parametrize("count", [1, 5])
def test_ledger_query_count(client, here, count, django_assert_num_queries):
    for each in range(count):
        recent(here, words=f"第{each}件")

    with django_assert_num_queries(8):
        client.get("/ledger/")


def test_lookup_leads_to_the_case(client, here):
    case = recent(here)

    response = client.post(
        "/lookup/", {"number": case.number.replace("-", ""), "secret": links.secret(case).lower()}
    )

    assert response["Location"] == links.address(case)


@pytest.mark.parametrize(
    ("number", "secret"),
    [("real", "0" * 20), ("410106-9999999-3", "0" * 20), ("你好", "😀"), ("1" * 30, "x" * 60)],
)
def test_lookup_says_the_same_for_every_wrong_pair(client, here, number, secret):
    case = recent(here)

    response = client.post(
        "/lookup/", {"number": case.number if number == "real" else number, "secret": secret}
    )

    assert response.status_code == 422
    assert "编号和查询码对不上" in response.text


def test_about_is_read_from_the_tables(client, here):
    text = client.get("/about/").text

    for words in ("受理、明确承办人、联系反映人", "销号跟踪", "逐级上报", "事件处置岗", "办结后 15 天"):
        assert words in text


def test_platform_complaint_is_kept_and_answered_in_public(client, here):
    key = str(uuid.uuid4())
    for _ in range(2):
        response = client.post(
            "/platform/", {"key": key, "words": "字太小", "contact": "13800001234"}, follow=True
        )

    complaint = PlatformComplaint.objects.get()
    PlatformComplaint.objects.update(answer="已加长辈版", answered_at=timezone.now())

    assert "收到了" in response.text
    assert b"13800001234" not in bytes(complaint.contact_sealed)
    text = client.get("/platform/").text
    assert "已加长辈版" in text
    assert "字太小" not in text


def test_platform_never_keeps_a_secret_link(client, here):
    case = recent(here)

    text = client.get("/platform/", headers={"Referer": f"http://testserver{links.address(case)}"}).text

    assert links.secret(case) not in text


@pytest.mark.parametrize("referer", ["http://[", "x", "http://testserver", "\u00ff://\u00ff/%00"])
def test_odd_referer_is_calm(client, here, referer):
    for path in ("/platform/", "/care/on/"):
        assert client.get(path, headers={"Referer": referer}).status_code < 400


def weight(page):
    """Yield the gzipped size of the page and of every file that it asks for."""
    named = re.findall(r'(?:href|src)="/static/[^/"]+/([^"]+\.(?:css|js|svg))"', page)
    assert "web/vendor/weui-2.6.26/weui.min.css" in named
    yield len(gzip.compress(page.encode()))
    for name in [*named, *(f"web/{part}.js" for part in ("once", "copy", "draft", "photos"))]:
        yield len(gzip.compress(Path(finders.find(name)).read_bytes()))
