import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.demo.conftest import NOW
from yige.cases.models import Case
from yige.demo import fill_cases, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(demo_ground, monkeypatch):
    plan = fill_cases.plan(NOW, count=300)[:3]
    monkeypatch.setattr(tasks, "PIECE", 2)
    monkeypatch.setattr(tasks, "draw_plan", lambda: (NOW, plan))
    return plan


def waiting():
    return ProcrastinateJob.objects.filter(task_name="demo.fill_rest", status="todo").count()


def test_a_piece_is_told_newest_first_and_the_next_is_asked_for_once(few):
    tasks.fill_rest()
    tasks.fill_rest_later()

    told = {story[0].number for story in few[1:]}
    assert set(Case.objects.values_list("serial", flat=True)) >= told
    assert waiting() == 1


def test_the_last_piece_asks_for_no_more(few):
    tasks.fill_rest()
    tasks.fill_rest()
    before = waiting()

    tasks.fill_rest()

    assert fill_cases.untold_stories(few) == []
    assert waiting() == before


def test_the_workers_connection_waits_for_the_disk_again(few):
    tasks.fill_rest()

    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
