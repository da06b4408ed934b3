"""The rest of the demo, told by the background worker in small pieces, each told once."""

from functools import cache

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yige.demo import fill_cases, month_reviews

PIECE = 40


@app.task(name="demo.fill_rest", queueing_lock="demo.fill_rest", lock="demo.fill_rest", retry=5)
def fill_rest():
    """Tell the newest stories that are still untold, then ask for the next piece."""
    now, plan = draw_plan()
    stories = fill_cases.untold_stories(plan)
    for _ in fill_cases.tell_all(stories[-PIECE:], now):
        pass
    if len(stories) > PIECE:
        fill_rest_later()
    else:
        month_reviews.tell_months(now)  # a month is frozen with all its cases


@cache
def draw_plan():
    """One plan for all pieces that this worker tells."""
    now = timezone.now()
    return now, fill_cases.plan(now)


def fill_rest_later():
    """Ask the worker; one waiting request is enough."""
    try:
        with transaction.atomic():
            fill_rest.defer()
    except AlreadyEnqueued:
        return
