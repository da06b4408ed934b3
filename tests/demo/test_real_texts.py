"""Every real complaint text goes through the report verb, and the pages show it as it was typed."""

import csv
import gzip
from datetime import timedelta
from html import escape
from itertools import batched
from pathlib import Path

import pytest
from django.conf import settings

from tests import factories
from yige.accounts.actors import STRANGER
from yige.cases import actions, reporters
from yige.cases.models import Case, Category
from yige.cases.reports import Location, Problem
from yige.demo import report_texts
from yige.demo.category_guess import category_of
from yige.lib.refusals import NotSaid
from yige.lib.typed_text import clean
from yige.steps.s3_report.actions import LONGEST_REPORT, report

DATA = Path(__file__).parents[3] / "shared/data"
TEXTS = {
    "complaints_zj_board/messages.csv.gz": 1_383,
    "complaints_tipdm2020/labelled.csv.gz": 974,
    "complaints_tipdm2020/unlabelled_test.csv.gz": 1_958,
    "complaints_tipdm2020/unlabelled_hot.csv.gz": 3_080,
    "complaints_tipdm2020/answered.csv.gz": 1_945,
}
SHARES = [(file, part) for file, count in TEXTS.items() for part in range(-(-count // 700))]
EVERY = 40  # of so many texts one is looked at on the pages
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (DATA / "complaints_zj_board").exists(), reason="真实留言不在旁边（../shared/data），跳过"
    ),
]


def texts_of(file):
    with gzip.open(DATA / file, "rt", encoding="utf-8-sig", newline="") as lines:
        return [f"{row['title']}\n{row['text']}" for row in csv.DictReader(lines)]


@pytest.fixture
def town():
    actions.install()
    return factories.town()


@pytest.mark.parametrize(("file", "part"), SHARES)
def test_every_real_text_is_taken_or_refused_with_a_sentence(town, client, file, part):
    categories = {category.slug: category for category in Category.objects.leaves()}
    client.force_login(town.desk)
    mine = list(batched(texts_of(file), 700))[part]
    for number, text in enumerate(mine):
        typed, at = clean(text), factories.MONDAY_NOON + timedelta(minutes=number)
        said = {"problem": Problem(typed, categories[category_of(typed)]), "location": Location("3号楼")}
        if len(typed) > LONGEST_REPORT or not typed:
            with pytest.raises(NotSaid) as refusal:
                report(town.grid, by=STRANGER, at=at, key=f"real-{number:030d}", **said)
            assert "words" in refusal.value.fields
            continue

        case = report(town.grid, by=STRANGER, at=at, key=f"real-{number:030d}", **said)

        assert Case.objects.values_list("words", flat=True).get(pk=case.pk) == typed
        if number % EVERY == 0:
            look(client, case, typed)
    for page in ("/ledger/", "/console/cases/"):
        assert client.get(page).status_code == 200


def look(client, case, typed):
    """The reporter's page and the desk's page show what was typed, and nothing of it as markup."""
    secret = reporters.link_secret_of(case, settings.YIGE_LINK_KEY)
    beginning = escape(typed.split("\n")[0][:40])
    for page in (f"/c/{case.number}/{secret}/", f"/console/cases/{case.number}/"):
        response = client.get(page)
        assert response.status_code == 200, page
        assert beginning in response.text or beginning.replace("&#x27;", "&#39;") in response.text


def test_files_hold_what_their_readme_says():
    assert {file: len(texts_of(file)) for file in TEXTS} == TEXTS


def test_the_demo_uses_all_that_fit():
    found = report_texts.real_texts(DATA)

    assert len(found) == len(set(found)) > 2_200
    assert max(map(len, found)) <= LONGEST_REPORT
