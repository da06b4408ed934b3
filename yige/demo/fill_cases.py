"""Fill the demo district with cases: plan all stories, tell those that nobody told yet, in any number of runs."""

from collections import defaultdict
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import connection

from yige.cases.models import Case
from yige.demo import arrivals, report_texts, staff
from yige.demo.stories import STORIES
from yige.demo.story import tell_story
from yige.demo.story_context import StoryContext
from yige.lib.refusals import Conflict


def begin():
    """Keep the first numbers for the stories, so that live reports come after them; refuse a district at work."""
    demo = get_user_model().objects.filter(username=staff.invented_staff()[-1].username).exists()
    if Case.objects.exists():
        if not demo:
            raise Conflict("这个库里已经有事项，而且不是演示库，没有填充演示事项。")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(nextval('cases_serial')) FROM generate_series(1, %s)", [arrivals.COUNT])


def plan(now, count=arrivals.COUNT):
    """Every story with its words and with the other reports of the same thing, oldest first."""
    paired = report_texts.cast_words(arrivals.arrivals(now, count))
    again = defaultdict(list)
    for arrival, words in paired:
        if arrival.fate == "merged":
            again[arrival.thing].append((arrival, words))
    return [(arrival, words, again[arrival.thing]) for arrival, words in paired if arrival.fate != "merged"]


def tell_all(stories, now):
    """Tell these stories, yielding after each; a story told by an earlier run is passed over."""
    cast = StoryContext()
    with in_a_hurry():
        for arrival, words, again in stories:
            tell_story(arrival, words, cast, now, STORIES[arrival.fate], again)
            yield arrival


@contextmanager
def in_a_hurry():
    """Do not wait for the disk meanwhile: the demo can be told again, and nobody's report is in it."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def is_full():
    return Case.objects.filter(serial__lte=arrivals.COUNT).count() >= arrivals.COUNT


def untold_stories(stories):
    """Those of the stories that have not been told."""
    told = set(Case.objects.filter(serial__lte=arrivals.COUNT).values_list("serial", flat=True))
    return [story for story in stories if story[0].number not in told]
