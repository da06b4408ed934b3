"""The list: reach, filters, search, sorting, paging, saved views, the sheet."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from python_calamine import load_workbook

from tests import factories
from yige.audit.models import LogEntry
from yige.cases.models import Case, SavedView

DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")


def listed(client, user, query="", **how):
    client.force_login(user)
    return client.get(f"/console/cases/{query}", **how)


@pytest.mark.parametrize("n", [1, 3])
def test_the_statements_do_not_grow_with_the_rows(client, here, n, django_assert_num_queries):
    for _ in range(n):
        factories.life(here, "handling")
    client.force_login(here.desk)
    client.get("/console/cases/")

    with django_assert_num_queries(5):
        response = client.get("/console/cases/")

    assert response.text.count("路灯不亮好几天了") == n


def test_an_insider_a_neighbour_and_a_stranger(client, here):
    case = factories.reported(here)

    assert case.number in listed(client, here.grid_head).text
    assert case.number not in listed(client, here.neighbour_head).text
    assert listed(client, here.auditor).status_code == 404
    client.logout()
    assert client.get("/console/cases/").status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["灯一", "灯二", "灯三"]),
        ("?view=all", ["灯一", "灯二", "灯三", "灯四"]),
        ("?view=to_accept", ["灯一", "灯三"]),
        ("?state=handling", ["灯二"]),
        ("?state=cleared", ["灯四"]),
        ("?grid=/zz/js/9x/", ["灯三"]),
        ("?grid=/zz/js/9/", ["灯一", "灯二"]),
        ("?unit=team", ["灯二"]),
        ("?group=facilities", ["灯一", "灯二", "灯三"]),
        ("?group=housing", []),
        ("?urgency=urgent", ["灯三"]),
        ("?nature=personal", []),
        ("?channel=hotline", ["灯三"]),
        ("?since=2026-03-05", ["灯三"]),
        ("?until=2026-03-03", ["灯一", "灯二"]),
        ("?since=2026-03-05&until=2026-03-04", []),
        ("?q=坏了", ["灯一", "灯二", "灯三", "灯四"]),
        ("?q=坏", ["灯一", "灯二", "灯三", "灯四"]),
        ("?q=灯二", ["灯二"]),
        ("?q=2号楼", ["灯二"]),
        ("?q=没有的词", []),
        ("?q=２号楼", ["灯二"]),
        ("?q=2号楼。", ["灯二"]),
        ("?q=二号楼", ["灯二"]),
        ("?q=2栋", ["灯二"]),
        ("?q=2 幢", ["灯二"]),
        ("?q=。", []),
        ("?q=灯二 2栋", ["灯二"]),
        ("?q=灯二 4栋", []),
    ],
)
def test_filters(client, here, query, found):
    later = factories.MONDAY_NOON + timedelta(days=4)
    factories.reported(here, words="灯一坏了", place="1号楼")
    factories.life(here, "handling", words="灯二坏了", place="2号楼")
    factories.reported(
        here, grid=here.neighbour_grid, words="灯三坏了", at=later, urgency="urgent", channel="hotline"
    )
    factories.life(here, "cleared", words="灯四坏了", place="4号楼")

    response = listed(client, here.desk, query)

    assert [words for words in ("灯一", "灯二", "灯三", "灯四") if f">{words}坏了" in response.text] == found


def test_a_number_leads_to_its_case_whatever_its_state(client, here):
    case = factories.life(here, "cleared")

    assert ">路灯不亮好几天了<" in listed(client, here.desk, f"?q={case.number}").text


@pytest.mark.parametrize("written", ["编号{}", "编号：{}", "事项编号 {}。", "{} "])
def test_a_number_is_read_as_people_write_it(client, here, written):
    case, _ = factories.reported(here), factories.reported(here, words="另一件")

    text = listed(client, here.desk, f"?q={written.format(case.number)}").text

    assert ">路灯不亮好几天了<" in text and "另一件" not in text


@pytest.mark.parametrize("length", [4, 5, 8, 9, 11, 13])
def test_the_last_digits_of_a_number_are_enough(client, here, length):
    case, other = factories.reported(here), factories.reported(here, words="另一件")
    digits = case.number.replace("-", "")

    text = listed(client, here.desk, f"?q={digits[-length:]}").text

    assert case.number in text and other.number not in text
    assert case.number not in listed(client, here.neighbour_head, f"?q={digits[-length:]}").text


def test_last_digits_are_also_looked_for_in_the_words(client, here):
    factories.reported(here, words="门上写着 1101 的那家漏水")

    assert "门上写着" in listed(client, here.desk, "?q=1101").text


def test_the_last_moment_of_a_day_belongs_to_it(client, here):
    late = datetime(2026, 3, 2, 15, 59, 59, 500_000, tzinfo=UTC)  # 23:59:59.5 in Shanghai
    factories.reported(here, words="半夜的事", at=late)

    days = {day: "半夜的事" in listed(client, here.desk, f"?since={day}&until={day}").text for day in DAYS}

    assert days == {"2026-03-01": False, "2026-03-02": True, "2026-03-03": False}


@pytest.mark.parametrize(("sort", "order"), [("due", "一二三"), ("new", "三二一"), ("old", "一二三")])
def test_sorting(client, here, sort, order):
    for place, name in enumerate("一二三"):
        factories.reported(here, words=f"灯{name}坏了", at=factories.MONDAY_NOON + timedelta(days=place))

    text = listed(client, here.desk, f"?sort={sort}").text

    assert "".join(sorted("一二三", key=lambda name: text.index(f"灯{name}坏了"))) == order


@pytest.mark.parametrize(
    "query",
    [
        "?page=0", "?page=-1", "?page=999999999", "?page=x", "?page=２", "?state=nonsense", "?grid=/../../", "?grid=/zz%25/",
        "?unit=%27", "?unit=a%00", "?group=" + "g" * 500, "?since=2026-02-30", "?since=0001-01-01", "?until=9999-12-31",
        "?sort=%3B", "?view=__class__", "?q=%27%20OR%201=1", "?q=" + "很" * 3000, "?q=%25_%5C", "?q=👨‍👩‍👧", "?q=%E2%80%AE",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_never_an_error(client, here, query):
    assert listed(client, here.desk, query).status_code in (200, 400)


@pytest.mark.parametrize("query", ["?view=all&sort=due", "?q=路灯", "?state=cleared&sort=due"])
def test_a_list_that_may_hold_ended_cases_is_never_ordered_by_the_next_mark(client, here, query):
    for _ in range(2):
        factories.life(here, "cleared")
    first, last = Case.objects.order_by("serial")

    text = listed(client, here.desk, query).text

    assert text.index(last.number) < text.index(first.number)
    assert '<option value="new" selected>' in text


def test_nothing_found_says_how_to_go_on(client, here):
    assert "没有符合条件的事项" in listed(client, here.desk, "?q=没有的词").text
    assert "这里现在没有事项" in listed(client, here.desk).text


def test_paging_goes_by_fifty_and_counts(client, here):
    case = factories.reported(here)
    rows = []
    for _ in range(60):
        row = Case.objects.get(pk=case.pk)
        row.pk, row.serial = factories.Case._meta.pk.get_default(), None
        rows.append(row)
    for row in rows:
        row._state.adding = True
        row.serial = Case._meta.get_field("serial").db_default
        row.save(force_insert=True)

    first, second = listed(client, here.desk), listed(client, here.desk, "?page=2")

    assert first.text.count("data-yg-row>") == 50
    assert second.text.count("data-yg-row>") == 11
    assert '<b class="yg-digits">61</b>' in first.text


def test_htmx_gets_the_rows_alone(client, here):
    factories.reported(here)

    response = listed(client, here.desk, headers={"HX-Request": "true"})

    assert "路灯不亮好几天了" in response.text
    assert "<html" not in response.text


def test_typed_words_stay_text_in_the_list(client, here):
    factories.reported(here, words="<script>alert(1)</script>", place="<b>门口</b>")

    response = listed(client, here.desk, "?q=%3Cscript%3Ealert")

    assert "<script>alert(" not in response.text
    assert "<b>门口" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_a_view_is_saved_replaced_and_removed_by_its_owner_alone(client, here):
    client.force_login(here.desk)
    client.post("/console/cases/views/save/", {"name": "急件", "query": "urgency=urgent"})
    client.post("/console/cases/views/save/", {"name": "急件", "query": "urgency=emergency"})
    view = SavedView.objects.get(user=here.desk)

    assert "?urgency=emergency" in client.get("/console/cases/").text
    client.force_login(here.grid_head)
    assert client.post(f"/console/cases/views/{view.pk}/remove/").status_code == 404
    client.force_login(here.desk)
    client.post(f"/console/cases/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "said", [{"name": "", "query": "q=1"}, {"name": "长" * 31, "query": "q=1"}, {"name": "空", "query": ""}]
)
def test_a_view_that_cannot_be_saved_says_why(client, here, said):
    client.force_login(here.desk)

    response = client.post("/console/cases/views/save/", said)

    assert response.status_code == 422
    assert re.search(r'<p class="yg-field__error"[^>]*role="alert"[^>]*>.*?</svg>请', response.text, re.S)
    assert f'value="{said["name"]}"' in response.text
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "query", ["a\r\nSet-Cookie: x=1", "//evil.example", '"><script>', "view=%00", "=&&=&"]
)
def test_an_odd_query_is_kept_as_a_query(client, here, query):
    client.force_login(here.desk)

    response = client.post("/console/cases/views/save/", {"name": "怪", "query": query})

    assert response.status_code == 302
    assert response["Location"].startswith("/console/cases/?")
    assert "\n" not in response["Location"]
    assert "<script>" not in client.get("/console/cases/").text.split("<main")[1]


def test_the_sheet_holds_what_is_listed_masked_and_logged(client, here):
    factories.reported(
        here, words="=1+1 请打19900001234", contact={"name": "王小英", "phone": "19911112222"}, place="3号楼"
    )
    factories.reported(here, grid=here.neighbour_grid, words="邻格的事")
    client.force_login(here.grid_head)

    response = client.post("/console/cases/export/", {"q": ""})

    rows = load_workbook(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][7] == "=1+1 请打199****"
    assert "19911112222" not in str(rows)
    assert response["Content-Disposition"].startswith('attachment; filename="cases-')
    assert LogEntry.objects.filter(verb="cases.export", actor_id=here.grid_head.pk).count() == 1


def test_a_sheet_is_not_made_by_a_link(client, here):
    client.force_login(here.desk)

    assert client.get("/console/cases/export/").status_code == 405


def test_only_heads_may_pick_rows(client, here):
    factories.life(here, "handling", at=timezone.now())

    assert 'name="case"' in listed(client, here.desk).text
    assert 'name="case"' not in listed(client, here.worker).text
