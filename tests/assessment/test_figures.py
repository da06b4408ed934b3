"""Every figure of a unit against a slow, obvious recount in Python, on ledgers that chance wrote."""

from datetime import date

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assessment import ledgers
from tests.assessment.ledgers import AUTUMN, EDGES, OCTOBER, PROMISE, ROUND, plain, recount, write
from yige.assessment.bases import open_and_late
from yige.assessment.figures import below, counts, figures, monthly, of_unit, rows, whole
from yige.assessment.periods import Period, month_of
from yige.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return ledgers.ground()


def test_every_figure_equals_the_recount(ground):
    periods = (OCTOBER, Period(date(2026, 9, 1), date(2026, 12, 1)))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ROUND, max_size=8), st.lists(PROMISE, max_size=4))
    def holds(rounds, promises):
        with transaction.atomic():
            write(ground, rounds, promises)
            for period in periods:
                by_unit = counts(period, Q(), by=("unit",))
                for place, unit in enumerate(ground.units):
                    nothing = whole({})
                    assert plain(by_unit.get((unit.pk,), nothing)) == recount(
                        ground, rounds, promises, period, place
                    )
            for month, told in zip(AUTUMN, monthly(AUTUMN, of_unit(ground.units[0])), strict=True):
                assert plain(told) == recount(ground, rounds, promises, month, 0)
            told = figures(OCTOBER, of_unit(ground.units[0]))
            expected = recount(ground, rounds, promises, OCTOBER, 0)
            assert plain(told) == expected
            assert {
                name: opened(figure, OCTOBER, of_unit(ground.units[0])) for name, figure in told.items()
            } == {name: (met, of - met, of) for name, (met, of) in expected.items()}
            transaction.set_rollback(True)

    holds()


def opened(figure, period, where):
    """Return how many rows stand behind a figure: those that meet it, those that do not, all."""
    return tuple(
        sum(part.count() for part in rows(figure.indicator, period, where, show))
        for show in ("met", "not", "all")
    )


def test_places_are_counted_where_the_case_lay_when_it_was_closed(ground):
    story = {"unit": 0, "path": 0, "closed": EDGES[1], "contact": 1, "own": False, "reopened": False, "parked": False,
             "cards": [], "said": [], "ended": None, "moved_on": False, "progress": None}  # fmt: skip
    write(ground, [story], [])

    Case.objects.filter(pk=ground.cases[0].pk).update(grid_path=ground.paths[1])

    assert [figures(OCTOBER, below(path))["kept"].of for path in ground.paths] == [1, 0]


def test_what_is_never_closed_stands_in_every_month_in_which_it_is_late(ground):
    story = {"unit": 0, "path": 0, "closed": None, "contact": None, "own": False, "reopened": False, "parked": True,
             "cards": [(0, EDGES[0], False)], "said": [], "ended": None, "moved_on": False, "progress": None}  # fmt: skip
    write(ground, [story], [])

    told = [
        figures(month_of(date(2026, month, 1)), of_unit(ground.units[0]))["kept"][1:]
        for month in (8, 9, 10, 11)
    ]

    assert told == [(0, 0), (0, 1), (0, 1), (0, 1)]
    assert open_and_late(OCTOBER).count() == 1


def test_a_mark_that_was_caught_up_is_late_no_more(ground):
    """Missed in October, met in November: late at the end of October alone, while the case is still open."""
    story = {"unit": 0, "path": 0, "closed": None, "contact": None, "own": False, "reopened": False, "parked": False,
             "cards": [(1, EDGES[0], False), (0, EDGES[1], False)], "said": [], "ended": None, "moved_on": False,
             "progress": EDGES[3]}  # fmt: skip
    write(ground, [story], [])

    autumn = [month_of(date(2026, month, 1)) for month in (9, 10, 11)]
    told = [figures(month, of_unit(ground.units[0]))["kept"][1:] for month in autumn]

    assert told == [(0, 0), (0, 1), (0, 0)]
