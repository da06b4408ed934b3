"""One field in the clear: a reason, a line before it leaves, five minutes; no line, no value."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import family, linked_household, person
from yige.accounts.models import Bucket
from yige.audit.models import LogEntry

NOW = timezone.now()
CLEAR = "19900000001"
BREAK = """
    CREATE FUNCTION refuse_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER refuse_line BEFORE INSERT ON audit_logentry FOR EACH ROW EXECUTE FUNCTION refuse_line();
"""
MEND = "DROP TRIGGER refuse_line ON audit_logentry; DROP FUNCTION refuse_line();"


def reveal(client, someone, field="phone", reason="visit", **how):
    return client.post(f"/console/people/{someone.pk}/reveal/", {"field": field, "reason": reason}, **how)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_field_is_shown_for_five_minutes_and_written_down(client, here):
    old = family(here).contact
    client.force_login(here.micro)

    whole, part = reveal(client, old), reveal(client, old, HTTP_HX_REQUEST="true")

    for answer in (whole, part):
        assert CLEAR in answer.text and 'data-yg-hide-after="300"' in answer.text
    assert "<main" in whole.text and "<main" not in part.text
    line = LogEntry.objects.filter(verb="archive.reveal").first()
    assert (line.subject_id, line.purpose, line.fields) == (str(old.pk), "visit", ["phone"])
    assert line.post_id == here.micro.posts.get().pk


@pytest.mark.parametrize(
    ("field", "reason", "sentence"),
    [
        ("phone", "", "请先选查看的原因"),
        ("phone", "curious", "请先选查看的原因"),
        ("name_index", "visit", "没有这一项"),
    ],
)
def test_reveal_without_a_reason_or_of_no_field_is_refused(client, here, field, reason, sentence):
    old = family(here).contact
    client.force_login(here.micro)

    for how in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = reveal(client, old, field, reason, **how)
        assert (answer.status_code, sentence in answer.text, CLEAR in answer.text) == (422, True, False)
    assert not LogEntry.objects.filter(verb="archive.reveal").exists()


@pytest.mark.parametrize("who", ["neighbour_head", "neighbour_worker", "member", "community_head", "other_registrar", "desk"])  # fmt: skip
def test_nobody_else_gets_the_value(client, here, who):
    old = family(here).contact
    client.force_login(getattr(here, who))

    answer = reveal(client, old)

    assert (answer.status_code, CLEAR in answer.text) == (404, False)


def test_linked_member_and_keeper_get_it_with_their_reason(client, here):
    old = person(here, linked_household(here))
    for who in (here.member, here.registrar):
        client.force_login(who)
        assert CLEAR in reveal(client, old, HTTP_HX_REQUEST="true").text
        assert CLEAR in reveal(client, old).text
    posts = LogEntry.objects.filter(verb="archive.reveal").values_list("post_id", flat=True)
    assert set(posts) == {here.member.posts.get().pk, here.registrar.posts.get().pk}


def test_too_many_in_a_while_have_to_wait(client, here):
    old = family(here).contact
    client.force_login(here.micro)

    got = [reveal(client, old, HTTP_HX_REQUEST="true") for _ in range(21)]

    assert [answer.status_code for answer in got] == [200] * 20 + [429]
    assert CLEAR not in got[-1].text and "请等" in got[-1].text


def test_child_shows_a_name_for_few_reasons_and_no_number(client, here):
    made = family(here)
    child = person(here, made, "王小宝", birth_year=NOW.year - 6, phone="", guardian=made.contact)
    client.force_login(here.micro)

    refused = [
        reveal(client, child, *asked, HTTP_HX_REQUEST="true")
        for asked in (("phone", "care"), ("name", "visit"))
    ]
    shown = reveal(client, child, "name", "care", HTTP_HX_REQUEST="true")

    assert [answer.status_code for answer in refused] == [422, 422]
    assert all("王小宝" not in answer.text for answer in refused) and "王小宝" in shown.text


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_file_leaves_while_the_log_cannot_be_written(client, here):
    made = family(here)
    client.force_login(here.micro)
    client.get("/console/help/")
    run(BREAK)
    try:
        got = []
        for _ in range(100):
            Bucket.objects.all().delete()
            got.append(reveal(client, made.contact, HTTP_HX_REQUEST="true"))
        got += [client.get(f"/console/{where}/{row.pk}/") for where, row in (("households", made), ("people", made.contact))]  # fmt: skip
        got.append(client.post(f"/console/households/{made.pk}/print/", {"reason": "visit"}))
        got.append(client.post("/console/households/search/", {"how": "name", "q": "王小英"}))
    finally:
        run(MEND)

    assert [answer.status_code for answer in got] == [503] * 104
    assert [answer for answer in got if re.search(r"19900000|199\*|王", answer.text)] == []
    assert "没能记进日志" in got[0].text
    assert CLEAR in reveal(client, made.contact).text
