"""The seed part by part: interrupted it goes on where it stood, run again it changes nothing, the figures tell what is there."""

import json

import pytest
from django.core.management import call_command

from tests.demo.conftest import NOW
from yige.archive.models import Household
from yige.audit.models import LogEntry
from yige.contact.models import Look, Visit
from yige.demo import (
    households,
    links_and_moves,
    organisations,
    parts,
    places_and_patrols,
    residents,
    subdistrict,
    visits,
)

pytestmark = pytest.mark.django_db
PATHS = [households.MICRO_GRID, households.MEMBERS_GRID]


@pytest.fixture
def small(demo_ground, monkeypatch):
    """The same seed over two micro-grids of one grid."""
    here = [grid for grid in households.micro_grids() if grid.path in PATHS]
    firms = [row for row in organisations.invented_organisations() if row.path in PATHS]
    things = [row for row in organisations.invented_things() if row.path in PATHS]
    near = [
        each
        for each in links_and_moves.staff.invented_staff()
        if each.path in PATHS or each.username == "community"
    ]
    monkeypatch.setattr(
        residents,
        "empty_micro_grids",
        lambda left=residents.empty_micro_grids: [path for path in left() if path in PATHS],
    )
    monkeypatch.setattr(
        visits,
        "micro_grids_without_visits",
        lambda now, left=visits.micro_grids_without_visits: [path for path in left(now) if path in PATHS],
    )
    monkeypatch.setattr(
        places_and_patrols,
        "grids_without_rounds",
        lambda left=places_and_patrols.grids_without_rounds: [
            path for path in left() if path == places_and_patrols.NAMED_GRID
        ],
    )
    monkeypatch.setattr(organisations, "invented_organisations", lambda: firms)
    monkeypatch.setattr(organisations, "invented_things", lambda: things)
    monkeypatch.setattr(links_and_moves.staff, "invented_staff", lambda: near)
    for name, count in {"DECLINED": 6, "MOVED": 2, "LEFT": 3, "ENDED": 2, "WORK": 2}.items():
        monkeypatch.setattr(links_and_moves, name, count)
    return here


def test_interrupted_seed_goes_on_and_a_full_one_changes_nothing(small):
    assert not parts.is_full(NOW)
    next(parts.lay_people(NOW))
    list(parts.lay_people(NOW))
    steps = parts.tell_contact(NOW)
    next(steps)
    steps.close()
    list(parts.tell_contact(NOW))

    assert Household.objects.count() == sum(grid.households for grid in small)
    assert set(Visit.objects.values_list("grid_path", flat=True)) == set(PATHS)
    assert Look.objects.filter(result="found").exclude(case=None).count() == 2
    assert parts.is_full(NOW)

    before = LogEntry.objects.count()
    list(parts.lay_people(NOW))
    list(parts.tell_contact(NOW))
    assert LogEntry.objects.count() == before


def test_figures_count_and_name_nobody(small, capsys):
    residents.lay(PATHS[0], NOW)

    call_command("stats")
    told = capsys.readouterr().out
    counts = json.loads(told)

    assert counts["archive"]["households"] == small[0].households
    assert counts["archive"]["people"] == sum(len(row.people) for row in households.households_of(PATHS[0]))
    assert sum(counts["archive"]["homes"].values()) == sum(
        each.homes for each in subdistrict.buildings_of(PATHS[0])
    )
    assert set(counts["contact"]) == {"visits", "needs", "promises", "answers", "patrols", "looks", "spots"}
    assert not any(each.name in told for row in households.households_of(PATHS[0]) for each in row.people)
