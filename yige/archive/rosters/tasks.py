"""Rosters in the background: one run at a time, so that two of them never make the same person twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from yige.archive.rosters import job

TRIES = 5


@app.task(name="archive.roster", lock="archive.roster", retry=TRIES, pass_context=True)
def roster(context, run) -> None:
    """Check, take in or take back one run; the last try says that it did not succeed."""
    try:
        job.work(run, timezone.now())
    except Exception:
        if context.job.attempts >= TRIES:
            job.fail(run, job.BROKE, timezone.now())
        raise


def work_later(run) -> None:
    """Ask the worker, in the transaction of the verb."""
    with transaction.atomic():
        roster.defer(run=str(run.pk))
