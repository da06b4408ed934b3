"""The table is what the worker runs and what `yige clock` runs."""

import json
from datetime import datetime

import pytest
from croniter import croniter
from django.core.management import CommandError, call_command
from procrastinate.contrib.django import app

from tests.factories import life
from yige.clock import tasks
from yige.clock.table import CLOCK_TABLE
from yige.lib.local_time import SHANGHAI


def test_every_row_is_a_periodic_job_that_only_one_may_queue():
    periodic = {task.task.name: task for task in app.periodic_registry.periodic_tasks.values()}

    for row in CLOCK_TABLE:
        task = periodic[f"clock.{row.name}"].task
        assert (task.queueing_lock, task.queue) == (f"clock.{row.name}", "clock")


@pytest.mark.parametrize("row", CLOCK_TABLE, ids=lambda row: row.name)
def test_every_row_has_a_schedule_and_says_when_in_words(row):
    assert croniter.is_valid(row.cron)
    assert row.prose.startswith("每")


def test_schedules_are_in_shanghai_time():
    look_backs = next(row for row in CLOCK_TABLE if row.name == "look_backs")
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)

    next_run = croniter(tasks.in_utc(look_backs.cron), noon.timestamp()).get_next(float)

    assert datetime.fromtimestamp(next_run, SHANGHAI) == datetime(2026, 3, 3, 8, 0, tzinfo=SHANGHAI)


def test_the_command_does_a_row_at_a_moment(here, capsys):
    life(here, until="dispatched")

    call_command("clock", "marks", "--at", "2026-03-03T09:00")

    assert json.loads(capsys.readouterr().out) == {"marks": {"cases": 1, "yellow_cards": 1}}


def test_the_command_lists_the_table_without_a_name(capsys):
    call_command("clock")

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        row.name for row in CLOCK_TABLE
    ]


def test_the_command_says_which_names_there_are(db):
    with pytest.raises(CommandError, match="没有“nothing”"):
        call_command("clock", "nothing")


@pytest.mark.parametrize("row", CLOCK_TABLE, ids=lambda row: row.name)
def test_every_row_runs_on_an_empty_house(db, row, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert tasks.run_row(row, datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)) == {}
