import csv
import io
import re
from datetime import timedelta

import pytest

from tests import factories
from yige.accounts import oversight
from yige.audit.models import LogEntry
from yige.lib.refusals import NotAllowed


@pytest.fixture
def reader(client, here):
    client.force_login(here.auditor)
    return client


def lines(response):
    return [(line.entry.verb, line.account) for line in response.context["lines"]]


def test_looking_is_itself_in_the_log(reader, here):
    reader.get("/console/audit/?verb=cases.report&kind=stranger")

    line = LogEntry.objects.get(verb="audit.search")
    assert (line.actor_id, line.fields) == (here.auditor.pk, ["kind", "verb"])


def test_filters_narrow_the_lines(reader, here):
    case = factories.life(here, until="dispatched")
    other = factories.reported(here, words="别处的事，水管漏水")

    by_case = reader.get("/console/audit/", {"number": case.number})
    by_account = reader.get("/console/audit/", {"account": "DESK"})
    by_verb = reader.get("/console/audit/", {"verb": "cases.report"})
    later = reader.get("/console/audit/", {"since": (factories.MONDAY_NOON + timedelta(days=2)).date()})

    assert {line.entry.subject_id for line in by_case.context["lines"]} == {str(case.pk)}
    assert {account for _, account in lines(by_account)} == {"desk"}
    assert {verb for verb, _ in lines(by_verb)} == {"cases.report"}
    assert str(other.pk) in by_verb.text and case.number in by_verb.text
    assert {verb for verb, _ in lines(later)} <= {"audit.search"}
    seen = re.sub(r"<[^>]*>", " ", by_account.text)
    assert case.number in seen and str(case.pk) not in seen


def test_nothing_that_was_said_is_shown(reader, here):
    factories.reported(here, words="王小明家漏水", contact={"name": "王小明", "phone": "13812345678"})

    page = reader.get("/console/audit/").text

    assert "平台上报" in page or "上报" in page
    assert "王小明" not in page and "13812345678" not in page


@pytest.mark.parametrize("number", ["abc", "410106-0000001-1", "1234", "<script>", "9" * 50])
def test_unknown_number_is_a_sentence_beside_the_field(reader, here, number):
    response = reader.get("/console/audit/", {"number": number})

    assert response.status_code == 422
    assert "没有这个编号" in response.text
    assert '<script>"' not in response.text


@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_the_same_for_one_and_three(reader, here, n, django_assert_num_queries):
    for number in range(n):
        factories.reported(here, words=f"第{number}件，路灯不亮")
    reader.get("/console/audit/")

    with django_assert_num_queries(8):
        response = reader.get("/console/audit/", {"verb": "cases.report"})

    assert len(response.context["lines"]) == n


def test_export_is_a_file_without_words_and_is_written_down(reader, here):
    case = factories.reported(here, words="王小明家漏水")

    response = reader.get("/console/audit/export/", {"number": case.number})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert [row[5:7] for row in rows[1:]] == [[case.number, str(case.pk)]]
    assert "王小明" not in str(rows)
    assert LogEntry.objects.filter(verb="audit.export").count() == 1


@pytest.mark.parametrize("name", ["security", "system", "desk", "street_head", "idle"])
def test_log_opens_for_nobody_else_even_below_the_page(here, name):
    with pytest.raises(NotAllowed):
        oversight.search_log(getattr(here, name), factories.MONDAY_NOON)
