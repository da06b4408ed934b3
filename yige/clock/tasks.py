"""Every row of the table as a periodic job; two workers act once, because only one may queue it."""

import logging
from collections.abc import Callable

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from yige.clock.table import CLOCK_TABLE

logger = logging.getLogger("yige.clock")
logger.setLevel(logging.INFO)  # one line for what was done, nothing when nothing was due
KEPT_HOURS = 48


def run_row(row, at) -> dict[str, int]:
    """Do what a row says at this moment and leave a line with the counts; return them."""
    done = {name: count for name, count in row.act(at).items() if count}
    if done:
        logger.info("%s %s", row.name, " ".join(f"{name}={count}" for name, count in sorted(done.items())))
    return done


def job(row) -> Callable:
    def act(timestamp):
        close_old_connections()
        run_row(row, timezone.now())

    act.__name__ = row.name
    return act


def schedule_task(row) -> None:
    name = f"clock.{row.name}"
    task = app.task(name=name, queue="clock", queueing_lock=name, priority=50)(job(row))
    app.periodic(cron=in_utc(row.cron), periodic_id=name)(task)


def in_utc(cron) -> str:
    """Return a Shanghai schedule as the queue counts, in UTC; there is no summer time to mind."""
    minute, hour, *rest = cron.split()
    return " ".join((minute, str((int(hour) - 8) % 24) if hour.isdecimal() else hour, *rest))


for row in CLOCK_TABLE:
    schedule_task(row)


@app.periodic(cron="50 19 * * *", periodic_id="clock.jobs")
@app.task(name="clock.jobs", queue="clock", queueing_lock="clock.jobs", pass_context=True)
async def jobs(context, timestamp) -> None:
    """Remove the jobs that are done."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=False)


@app.periodic(cron="* * * * *", periodic_id="clock.stalled")
@app.task(name="clock.stalled", queue="clock", queueing_lock="clock.stalled", pass_context=True)
async def retry_stalled(context, timestamp) -> None:
    """Give the jobs of a killed worker to another one; the clock's own come again by themselves."""
    manager = context.app.job_manager
    for left in await manager.get_stalled_jobs():
        if left.queue == "clock":
            await manager.finish_job(left, status=Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(left)
