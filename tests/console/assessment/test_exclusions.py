"""The list of what was asked to be left out: who reads it, who finds a form in it, and the number that leads to it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import LONG_AGO, life
from tests.scenes import scene
from yige.accounts.models import Post
from yige.cases.models import Exclusion
from yige.month_sheets.exclusions import ask_exclusion

LIST = "/console/assessment/exclusions/"


@scene
def asked(here):
    return ask(here, life(here, "closed", at=timezone.now() - timedelta(hours=6)))


def ask(here, case, by=None):
    said = {"reason": "force", "words": "全城停电，谁都修不了"}
    return ask_exclusion(case.closings.get(), by=by or here.grid_head, at=timezone.now(), **said)


def decide(client, exclusion, **said):
    return client.post(
        f"{LIST}{exclusion.pk}/decide/", {"granted": "yes", "words": "查过了，确实停电"} | said
    )


def read(client, user, **query):
    client.force_login(user)
    return client.get(LIST, query)


@pytest.mark.parametrize("name", ["desk", "street_head"])
def test_the_street_finds_a_form_and_decides(client, here, asked, name):
    page = read(client, getattr(here, name))
    answer = decide(client, asked)
    asked.refresh_from_db()

    assert f"{LIST}{asked.pk}/decide/" in page.text
    assert (answer.status_code, asked.granted, asked.answer) == (302, True, "查过了，确实停电")


@pytest.mark.parametrize("name", ["grid_head", "community_head"])
def test_the_unit_and_its_heads_read_and_find_no_form(client, here, asked, name):
    page = read(client, getattr(here, name))
    answer = decide(client, asked)
    asked.refresh_from_db()

    assert ("全城停电" in page.text, f"{LIST}{asked.pk}/decide/" in page.text) == (True, False)
    assert (answer.status_code, asked.decided_at) == (422, None)


@pytest.mark.parametrize("name", ["neighbour_head", "department", "other_desk"])
def test_others_read_nothing_of_it(client, here, asked, name):
    page = read(client, getattr(here, name))

    assert (page.status_code, "全城停电" in page.text) == (200, False)
    assert decide(client, asked).status_code == 404


@pytest.mark.parametrize(
    ("name", "counted"),
    [("desk", 1), ("street_head", 1), ("grid_head", 0), ("community_head", 0), ("other_desk", 0)],
)
def test_what_waits_is_counted_where_a_decider_looks_and_for_nobody_else(client, here, asked, name, counted):
    page = read(client, getattr(here, name))
    with_form = [line for line in page.context["waiting"] if line.form]

    assert len(with_form) == counted
    assert (f"有 {counted} 件不计入考核的申请" in client.get("/console/").text) == bool(counted)
    for address in ("/console/assessment/", "/console/assessment/sheets/"):
        assert client.get(address).context["waiting"] == counted


def test_what_is_of_the_own_unit_waits_for_somebody_else(client, here, asked):
    Post.objects.create(
        user=here.desk, role="grid_worker", unit=here.team_unit, path=here.grid.path, since=LONG_AGO
    )
    client.force_login(here.desk)

    assert "不计入考核的申请" not in client.get("/console/").text
    assert read(client, here.street_head).context["waiting"][0].form


def test_a_decision_without_a_reason_keeps_what_was_chosen_beside_its_own_form(client, here, asked):
    other = ask(here, life(here, "closed", at=timezone.now() - timedelta(hours=5)))
    client.force_login(here.desk)
    page = decide(client, asked, words="")

    assert (page.status_code, Exclusion.objects.exclude(decided_at=None).count()) == (422, 0)
    shown = {line.exclusion.pk: bool(line.form.errors) for line in page.context["waiting"]}
    assert shown == {asked.pk: True, other.pk: False}


def test_the_number_beside_the_figures_is_that_of_the_list_it_leads_to(client, here, asked):
    ask(here, life(here, "closed", at=timezone.now() - timedelta(hours=5)))
    client.force_login(here.desk)
    decide(client, asked)
    unit = client.get("/console/assessment/team/").text
    address, count = re.search(
        r'href="([^"]+)"\s*>不计入考核 <span class="yg-digits">(\d+)</span>', unit
    ).groups()
    page = client.get(address.replace("&amp;", "&"))

    assert (count, len(page.context["decided"])) == ("1", 1)
    assert "共 1 件" in page.text


def test_who_reads_the_words_of_an_asking_opens_no_case_that_he_may_not(client, here, asked):
    page = read(client, here.desk)
    assert "tel:" not in page.text
    assert here.worker.name not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_times(client, here, django_assert_num_queries, count):
    for hours in range(count):
        ask(here, life(here, "closed", at=timezone.now() - timedelta(hours=4 + hours)))
    read(client, here.community_head)

    with django_assert_num_queries(10):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    "query", [{"unit": "nobody"}, {"unit": "team", "month": "nonsense"}, {"month": "2026-13"}]
)
def test_nonsense_in_the_address_is_the_plain_list(client, here, asked, query):
    assert read(client, here.desk, **query).status_code == 200
