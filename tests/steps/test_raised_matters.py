"""What is raised with a head becomes a case, a matter or an answered question, keeps its source, and is found by its person."""

import pytest

from tests import factories
from tests.factories import MONDAY_NOON
from yige.cases.models import Case
from yige.deliberation.models import Deliberation, Question
from yige.lib.refusals import NotAllowed, NotSaid
from yige.steps.raised_matters import take_up

pytestmark = pytest.mark.django_db
PHONE = "19900000001"


@pytest.fixture
def here():
    factories.category()
    town = factories.town()
    factories.family(town)
    return town


def raised(here, taken_as, *, area=None, by=None, **said):
    known = {"raised_from": "secretary", "words": "楼下的灯什么时候修", "phone": PHONE} | said
    return take_up(area or here.grid, by=by or here.grid_head, at=MONDAY_NOON, taken_as=taken_as, **known)


def test_each_way_keeps_its_source(here):
    made = [raised(here, way, answer="下周二修") for way in ("case", "matter", "answer")]

    assert [type(each) for each in made] == [Case, Deliberation, Question]
    assert (made[0].channel, made[1].raised_from, made[2].raised_from) == (
        "secretary",
        "secretary",
        "secretary",
    )
    assert made[1].person == made[2].person and made[1].raised_by == here.grid_head
    assert raised(here, "case", raised_from="hall").channel == "forum"


@pytest.mark.parametrize(("taken_as", "said", "field"), [
    ("answer", {"answer": ""}, "answer"), ("matter", {"phone": "19911112222"}, "phone"),
    ("case", {"raised_from": "topic"}, "raised_from"), ("matter", {"raised_from": "topic"}, "topic"),
])  # fmt: skip
def test_what_is_missing_is_said_at_its_field(here, taken_as, said, field):
    with pytest.raises(NotSaid) as refused:
        raised(here, taken_as, **said)
    assert list(refused.value.fields) == [field]
    assert not Case.objects.exists() and not Question.objects.exists() and not Deliberation.objects.exists()


def test_a_case_is_of_a_grid_and_an_answer_of_the_own_area(here):
    with pytest.raises(NotSaid) as refused:
        raised(here, "case", area=here.community, by=here.community_head)
    assert list(refused.value.fields) == ["area"]
    with pytest.raises(NotAllowed):
        raised(here, "answer", answer="修", by=here.neighbour_head)


def test_a_danger_that_was_answered_becomes_a_case_all_the_same(here):
    raised(here, "answer", words="屋里有煤气味，头晕", answer="开窗了")

    assert Case.objects.count() == 1
