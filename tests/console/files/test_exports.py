"""Lists of persons through the pages: who sees which request, and what is said when it does not go out."""

import pytest
from django.utils import timezone

from tests.factories import family
from yige.archive.models import Export
from yige.archive.rights import exports
from yige.audit.models import LogEntry

NOW = timezone.now()
SAID = {
    "grid": "/zz/js/9/",
    "purpose": "service",
    "words": "送水到门口",
    "columns": ["door", "name_clear"],
    "label": "",
}


def asked(here):
    said = {name: SAID[name] for name in ("purpose", "words", "columns")}
    return exports.ask(here.grid, by=here.registrar, at=NOW, **said)


def page_of(export):
    return f"/console/exports/{export.pk}/"


def test_one_asks_another_agrees_and_the_file_comes_once(client, here):
    family(here)
    client.force_login(here.grid_head)
    made = client.post("/console/exports/new/", SAID)
    export = Export.objects.get()
    assert made["Location"] == page_of(export)
    assert "申请人自己不能批" in client.get(page_of(export)).text

    client.force_login(here.registrar)
    assert "等您批" in client.get("/console/exports/").text
    client.post(f"{page_of(export)}decide/", {"granted": "1", "answer": ""})
    client.force_login(here.grid_head)
    file, again = client.post(f"{page_of(export)}fetch/"), client.post(f"{page_of(export)}fetch/")

    assert file["Content-Disposition"] == f'attachment; filename="list-{exports.number(export)}.xlsx"'
    assert file.content[:2] == b"PK" and "no-store" in file["Cache-Control"]
    assert (again.status_code, "已经下载过一次" in again.text) == (409, True)
    assert LogEntry.objects.filter(verb="archive.export_person").count() == 2


def test_request_keeps_what_was_typed_beside_each_fault(client, here):
    family(here)
    client.force_login(here.registrar)

    refused = client.post("/console/exports/new/", SAID | {"purpose": "handover", "words": "交给小李"})
    empty = client.post("/console/exports/new/", {})
    outside = client.post("/console/exports/new/", SAID | {"grid": "/zzz/"})

    assert (refused.status_code, "用不着这几列：姓名" in refused.text, "交给小李" in refused.text) == (
        422,
        True,
        True,
    )
    assert refused.text.count("checked") == 3
    assert (empty.status_code, "请选范围" in empty.text, "请选用途" in empty.text) == (422, True, True)
    assert (outside.status_code, "请选您管的网格" in outside.text) == (422, True)
    assert Export.objects.count() == 0


def test_decision_without_an_answer_is_told_at_its_field(client, here):
    family(here)
    export = asked(here)
    client.force_login(here.second_registrar)

    nothing = client.post(f"{page_of(export)}decide/", {})
    bare = client.post(f"{page_of(export)}decide/", {"granted": "0"})
    client.post(f"{page_of(export)}decide/", {"granted": "0", "answer": "用不着姓名"})

    assert (nothing.status_code, "请选同意或不同意" in nothing.text) == (422, True)
    assert (bare.status_code, "申请人会看到" in bare.text) == (422, True)
    client.force_login(here.registrar)
    text = client.get(page_of(export)).text
    assert "用不着姓名" in text and "没有同意" in text
    assert client.post(f"{page_of(export)}fetch/").status_code == 422


def test_own_request_is_not_agreed_to(client, here):
    family(here)
    export = asked(here)
    client.force_login(here.registrar)

    answer = client.post(f"{page_of(export)}decide/", {"granted": "1"})

    assert (answer.status_code, "另一位档案管理员来批" in answer.text) == (422, True)
    assert Export.objects.get().decided_at is None


@pytest.mark.parametrize("who", ["neighbour_head", "other_registrar", "micro", "desk", "auditor"])
def test_request_is_not_there_for_others(client, here, who):
    family(here)
    export = asked(here)
    client.force_login(getattr(here, who))

    assert client.get(page_of(export)).status_code == 404
    for act in ("decide", "fetch"):
        assert client.post(f"{page_of(export)}{act}/", {"granted": "1"}).status_code == 404


def test_empty_list_says_so(client, here):
    client.force_login(here.registrar)

    assert "还没有人申请过名单" in client.get("/console/exports/").text


@pytest.mark.parametrize("n", [1, 3])
def test_exports_query_count(client, here, n, django_assert_num_queries):
    family(here)
    for _ in range(n):
        asked(here)
    client.force_login(here.second_registrar)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(5):
        response = client.get("/console/exports/")

    assert response.text.count("等您批") == n
