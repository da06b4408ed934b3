"""Every state is reached by the verbs, and the reporter's timeline tells it."""

import pytest

from tests.factories import life, reported
from yige.cases.models import Case
from yige.cases.words import State


@pytest.mark.parametrize("state", State.values)
def test_life_reaches_every_state(here, state):
    case = life(here, until=state)

    assert case.state == state


def test_timeline_of_an_ordinary_life_reads_as_a_story(here):
    case = life(here, until="cleared")

    assert [entry.public_words for entry in case.entries.all()] == [
        "已收到您反映的问题。",
        "已受理，正在安排承办单位。",
        "已派给单位team办理。",
        "单位team已签收，会先与您联系。",
        "没有留联系方式，承办人直接去办：约了下午去看",
        "办理进展：灯头坏了，明天换",
        "处置完成，等待核查：换了灯头",
        "经核查已办结：灯已亮 解决得怎么样，请您说一声。",
        "您已评价：解决了，满意。",
        "已销号：反映人确认解决。",
    ]


def test_report_says_the_same_thing_once(here):
    first = reported(here, key="k" * 24)
    again = reported(here, key="k" * 24)

    assert again.pk == first.pk
    assert Case.objects.count() == 1


def test_a_case_is_found_by_two_characters_and_by_its_number(here):
    case = reported(here, words="三号楼下水道堵了", place="北门")

    found = {
        typed: Case.objects.matching(typed).count()
        for typed in ("下水", "水道堵", "北门", case.number, "路灯")
    }

    assert found == {"下水": 1, "水道堵": 1, "北门": 1, case.number: 1, "路灯": 0}
