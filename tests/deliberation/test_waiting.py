"""What a deliberation waits for, on whose desk, and what passed its day is told once."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.policy.deliberation import BROUGHT, DECIDED, OVER, TALKED, at_work, noticed, raised, shown
from yige.contact.heads_lines import lines_of_head
from yige.deliberation import carrying_out, queries, telling
from yige.deliberation.models import Objection
from yige.lib.local_time import local_day
from yige.notices.models import Notice

AT = MONDAY_NOON + timedelta(hours=5)
WAITING = {
    # stage: (moment, is it on the desk of the head)
    "raised": (AT, True),
    "listed": (AT, True),
    "noticed": (AT + TALKED, True),
    "met": (AT + DECIDED, True),
    "shown": (AT + OVER, True),
    "settled": (AT + timedelta(days=60), True),
    "answered": (AT + timedelta(days=60), False),
}


@pytest.mark.parametrize("stage", WAITING)
def test_every_open_stage_comes_to_the_desk_of_the_head_and_nobody_elses(here, stage):
    row = BROUGHT[stage](here, AT)
    at, wanted = WAITING[stage]
    (line,) = [each for each in lines_of_head(here.community_head, at) if each.line.name == "deliberations"]

    assert line.count == queries.waiting_for(here.community_head, at).count() == int(wanted)
    assert row.pk not in set(queries.waiting_for(here.neighbour_head, at).values_list("pk", flat=True))
    assert queries.waiting_for(here.grid_head, at).count() == 0
    assert (row.due_on is None) is (stage == "answered")


def test_what_waits_for_a_day_or_a_meeting_is_on_no_desk_yet(here):
    noticed(here, AT)
    shown(here, AT)
    at_work(here, AT)

    at = AT + TALKED - timedelta(hours=1)
    assert queries.waiting_for(here.community_head, at).count() == 0
    assert queries.steps_of_unit(here.department, at).count() == 1
    assert queries.steps_of_unit(here.worker, at).count() == 0


def test_an_objection_comes_to_the_desk_at_once(here):
    row = shown(here, AT)
    at = AT + DECIDED
    before = queries.waiting_for(here.community_head, at).count()
    made = carrying_out.object_to(row, by=here.grid_head, at=at, words="怕吵")

    assert (before, queries.waiting_for(here.community_head, at).count()) == (0, 1)
    carrying_out.answer_objection(made, by=here.community_head, at=at, gist="怕吵", answer="装隔音。")
    assert queries.waiting_for(here.community_head, at).count() == 0
    assert Objection.objects.get().answer == "装隔音。"


def test_what_passed_its_day_is_told_once_for_each_day_that_it_was_given(here):
    raised(here, AT)
    row = at_work(here, AT)
    late = AT + timedelta(days=60)

    assert (dict(telling.tell_late(late)), dict(telling.tell_late(late))) == (
        {"stages": 1, "steps": 1}, {"stages": 0, "steps": 0},
    )  # fmt: skip
    readers = set(Notice.objects.filter(title__contains="过了日子").values_list("user_id", flat=True))
    assert readers == {here.community_head.pk, here.department.pk}
    carrying_out.move_step(row.steps.get(), by=here.department, at=late, due_on=local_day(late), why="再等等")
    assert telling.tell_late(late + timedelta(days=2))["steps"] == 1
