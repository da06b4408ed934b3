"""Rosters in the background: one run at a time, so that two of them never make the same person twice."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

TRIES = 5


@app.task(name="archive.roster", lock="archive.roster", retry=TRIES, pass_context=True)
def roster(context, run):
    """Check, take in or take back one run; the last try says that it did not succeed."""
    from yige.archive.roster import working  # its verbs ask for this task

    try:
        working.work(run, timezone.now())
    except Exception:
        if context.job.attempts >= TRIES:
            working.fail(run, working.BROKE, timezone.now())
        raise


def work_later(run):
    """Ask the worker, in the transaction of the verb."""
    with transaction.atomic():
        roster.defer(run=str(run.pk))
