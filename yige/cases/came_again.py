"""The same problem again: what was closed at the same place within half a year and sounds like it, or is of its kind.

Near is what `nearness` says, and the place is that of `same_place`. Rule: docs/policy/look-back.md §10–13.
"""

from datetime import timedelta

from django.db.models import Q, QuerySet

from yige.cases import closings
from yige.cases.models import Case, Closing
from yige.cases.nearness import description, may_be_same, nearness
from yige.cases.same_place import MOST_CANDIDATES, NOWHERE, grid_of, is_same, place_condition
from yige.cases.words import State

AGAIN_WITHIN = timedelta(days=180)
ONCE_A_PLACE = timedelta(days=7)  # however many report it: one a place and week


def same_problem_before(case, cases) -> list[Case]:
    """Return those of these cases that were the same problem and were closed within half a year before it was reported."""
    return [row for row in cases if was_closed_before(row, case) and is_same_problem(case, row)]


def was_closed_before(row, case) -> bool:
    done = row.state in (State.CLOSED, State.CLEARED) and row.closed_at is not None
    return done and case.reported_at - AGAIN_WITHIN <= row.closed_at < case.reported_at


def is_same_problem(case, other) -> bool:
    one, two = what(case), what(other)
    near = nearness(one, two)
    return is_same(near) and may_be_same(one, two, near)


def what(case) -> tuple:
    return description(case.words, case.category, place=case.place, lon=case.lon, lat=case.lat)


def closed_here(case, cases) -> QuerySet:
    """Return which of these cases may be of the same place and were closed in that time, the newest first."""
    condition = place_condition(case)
    if condition == NOWHERE:
        return cases.none()
    since = case.reported_at - AGAIN_WITHIN
    rows = cases.below(grid_of(case)).filter(condition, closed_at__gte=since, closed_at__lt=case.reported_at)
    rows = rows.exclude(pk=case.pk).select_related("category").defer("grams", "search_text")
    return rows.order_by("-closed_at")[:MOST_CANDIDATES]


def times_before(case) -> int:
    """Return how often the same problem was closed here before, as anybody may know it: public cases alone."""
    return len(same_problem_before(case, closed_here(case, Case.objects.public())))


def note_came_again(case, at) -> None:
    """A case that was taken on says of the last closing of the same problem that it came again.

    One closing says so once, by the first case that was taken on; and of one place nothing more is noted for a week,
    so that no number of reports harms a unit more than one does.
    """
    before = same_problem_before(case, closed_here(case, Case.objects.all()))
    of_problem = Q(case__in=[row.pk for row in before]) | Q(case=case.recurs_from_id)
    rows = Closing.objects.filter(of_problem, reopened_at=None, at__lt=case.reported_at).order_by(
        "-at", "-id"
    )
    rows = list(rows.select_for_update())
    noted = [row.came_again_at for row in rows if row.came_again_at]
    if rows and rows[0].came_again_at is None and not any(at - moment < ONCE_A_PLACE for moment in noted):
        closings.note_again(rows[0], at)
