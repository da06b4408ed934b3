import pytest

from yige.accounts.roles import ROLES
from yige.cases.deadlines import MARK_BY_NAME, MARKS
from yige.cases.models import RuleValue
from yige.cases.rules import RULES
from yige.cases.workflow import MOVES, STEPS
from yige.console.desk.views.help import length
from yige.whistles.call_moves import CALL_MOVES
from yige.whistles.limits import LIMITS
from yige.whistles.words import TRIGGER_MEANS


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
        *TRIGGER_MEANS.values(),
        *(limit.duty for limit in LIMITS),
        *(move.label for move in CALL_MOVES),
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


def test_how_long_a_mark_gives_is_said_in_its_own_unit():
    assert {name: length(mark) for name, mark in MARK_BY_NAME.items()} == {
        "hour2": "收到反映起 2 小时",
        "hour24": "收到反映起 24 小时",
        "day1": "收到反映的当天",
        "day3": "收到反映起 3 天",
        "day7": "收到反映起 7 天",
        "month1": "收到反映起 1 个月",
        "plan": "到计划的日子",
        "check": "处置完成起 3 天",
        "clear": "办结起 15 天",
    }


@pytest.mark.parametrize(
    ("minutes", "words"), [(30, "30 分钟"), (60, "1 小时"), (90, "90 分钟"), (1440, "24 小时")]
)
def test_a_mark_of_minutes_is_said_in_minutes_unless_they_are_whole_hours(minutes, words):
    assert length(MARK_BY_NAME["hour2"]._replace(minutes=minutes)) == f"收到反映起 {words}"
