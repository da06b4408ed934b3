"""How many cases of each class came in within the last seven days, today among them, and in each of the weeks before."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from yige.accounts.kept_statements import keep_statement
from yige.accounts.scope import seats_of
from yige.cases.models import Case, Category
from yige.lib.local_time import SHANGHAI, local_day, start_of_day, start_of_next_day
from yige.lib.short_cache import ShortCache

WEEKS = 12  # before this one, as many as limits of chance need
NO_CLASS = (None, None)  # of a category at the top, or made this very moment
_past = ShortCache(seconds=600)


class ClassWeeks(NamedTuple):
    """One class: the weeks before, the oldest first (None where nothing at all had come in yet), and this one."""

    slug: str
    label: str
    before: tuple[int | None, ...]
    now: int


def first_day(at) -> date:
    """Return the first day of the seven that end today."""
    return local_day(at) - timedelta(days=6)


def weeks_of_classes(user, at) -> list[ClassWeeks]:
    """Return the weeks of the classes in which anything came in, by name: two statements, another one now and then.

    Seven days end today, however the week lies, so that a Monday is not compared with whole weeks; of today only what
    has come in so far counts, so that it can be told too few and never too many. These seven days are counted now. The
    weeks before say what is usual and are counted anew after ten minutes: a case moved within them changes that little.
    """
    asked, first = (seats_of(user, at), user.pk), first_day(at)
    found = {
        key: [*weeks, 0]
        for key, weeks in _past.of((*asked, first), lambda: past_weeks(*asked, first)).items()
    }
    classes = class_of_category()
    for category, count in rows_of_week(*asked, start_of_day(first), start_of_next_day(local_day(at))):
        found.setdefault(classes.get(category, NO_CLASS), [0] * (WEEKS + 1))[WEEKS] += count
    began = next((place for place, counts in enumerate(zip(*found.values(), strict=True)) if any(counts)), 0)
    return [
        ClassWeeks(slug, label, (*[None] * began, *weeks[began:WEEKS]), weeks[WEEKS])
        for (slug, label), weeks in sorted(found.items(), key=lambda pair: pair[0][1] or "")
        if slug
    ]


def past_weeks(seats, user, first) -> dict[tuple[str, str], list[int]]:
    """Return {(slug, label) of a class: how many came in in each of the weeks before this day, the oldest first}."""
    begin = first - timedelta(weeks=WEEKS)
    found, classes = {}, class_of_category()
    for category, day, count in rows_by_day(seats, user, start_of_day(begin), start_of_day(first)):
        weeks = found.setdefault(classes.get(category, NO_CLASS), [0] * WEEKS)
        weeks[(day - begin).days // 7] += count
    return found


def class_of_category() -> dict[UUID, tuple[str | None, str | None]]:
    """Return (slug, label) of the class of each category, by its id: few rows, joined here and not to every case."""
    return {category: (slug, label) for category, slug, label in classes_of_categories()}


@keep_statement
def classes_of_categories() -> QuerySet:
    return Category.objects.order_by().values_list("pk", "parent__slug", "parent__label")


@keep_statement
def rows_of_week(seats, user, begin, after) -> QuerySet:
    return came_in(seats, user, begin, after).values_list("category").annotate(count=Count("pk"))


@keep_statement
def rows_by_day(seats, user, begin, after) -> QuerySet:
    day = TruncDate("reported_at", tzinfo=SHANGHAI)
    return came_in(seats, user, begin, after).values_list("category", day).annotate(count=Count("pk"))


def came_in(seats, user, begin, after) -> QuerySet:
    found = Case.objects.seen_from(seats, user)
    return found.filter(reported_at__gte=begin, reported_at__lt=after).order_by()
