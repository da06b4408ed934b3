import pytest

from yige.accounts.roles import ROLES
from yige.cases.deadlines import MARKS
from yige.cases.models import RuleValue
from yige.cases.rules import RULES
from yige.cases.workflow import MOVES, STEPS


@pytest.fixture
def text(client, here):
    client.force_login(here.auditor)
    return client.get("/console/help/").text


def test_every_row_of_the_tables_is_there(text):
    wanted = [
        *STEPS.values(),
        *(move.label for move in MOVES),
        *(mark.duty for mark in MARKS),
        *(rule.why for rule in RULES),
        *(role.prose for role in ROLES),
    ]

    assert [words for words in wanted if words not in text] == []


def test_the_values_in_force_are_shown(client, here):
    RuleValue.objects.create(name="cut_off_hour", value=19)
    client.force_login(here.desk)

    text = client.get("/console/help/").text

    assert "19点" in text and "改过" in text


def test_the_tables_of_the_help_cost_no_questions(client, here, django_assert_num_queries):
    client.force_login(here.worker)
    client.get("/console/help/")

    with django_assert_num_queries(3):  # session, user with posts, unread notices
        client.get("/console/help/")
