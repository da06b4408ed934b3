"""People and homes of the demo in the database: in bulk the same rows as by the verbs, once, and to be continued."""

import pytest
from django.db.models import F

from tests.demo.conftest import NOW
from tests.demo.rows import left_by
from yige.archive.models import Building, Home, Household, Label, Origin, Person, Tie
from yige.archive.people import sealing
from yige.audit import log
from yige.audit.models import LogEntry
from yige.demo import households, invented_names, residents

pytestmark = pytest.mark.django_db
PATH = households.MICRO_GRID
TABLES = (Building, Home, Household, Person, Tie, Label, Origin)


@pytest.fixture
def laid(demo_ground):
    residents.lay(PATH, NOW)


def test_bulk_and_verbs_leave_the_same_rows(demo_ground, monkeypatch):
    some = households.households_of(PATH)[:25]
    monkeypatch.setattr(households, "households_of", lambda path: some)
    monkeypatch.setattr(households, "homes_of", lambda path: [row.home for row in some])

    by_verbs, in_bulk = (
        left_by(lambda way=way: way(PATH, NOW), TABLES, "archive.")
        for way in (residents.lay_by_verbs, residents.lay)
    )

    assert len(by_verbs["Person"]) > 40
    assert len(by_verbs["Label"]) > 5
    for table, rows in by_verbs.items():
        assert in_bulk[table] == rows


def test_line_of_the_log_has_the_fingerprint_of_what_was_said(laid):
    row, said = households.households_of(PATH)[0], {}
    made = Household.objects.get(
        home__unit=row.home.unit, home__room=row.home.room, home__building__name=row.home.building.name
    )
    said = residents.housing(row, made.made_at)

    line = LogEntry.objects.get(verb="archive.make_household", subject_id=str(made.pk))

    assert line.fingerprint == log.fingerprint(said, made.home)


def test_everybody_is_found_by_the_number_on_file_and_masked(laid):
    found = Person.objects.get(phone_index__in=sealing.indexes("phone", invented_names.DEMO_PHONE))

    assert sealing.open_value(found, "phone") == invented_names.DEMO_PHONE
    assert sealing.mask_value(found, "phone") == "199****2345"
    assert found.household.contact == found
    assert not Person.objects.exclude(identity_sealed=None).exists()


def test_nothing_is_written_in_the_future_and_children_after_their_birth(laid):
    assert not LogEntry.objects.filter(at__gt=NOW).exists()
    assert not Person.objects.filter(made_at__gt=NOW).exists()
    assert all(each.made_at.year >= each.birth_year for each in Person.objects.all())
    assert not Label.objects.filter(granted_at__lt=F("person__made_at")).exists()


def test_an_interrupted_micro_grid_leaves_nothing_and_the_others_stay(demo_ground, monkeypatch):
    first, second, *_ = residents.empty_micro_grids()
    residents.lay(first, NOW)
    monkeypatch.setattr(residents, "_household", lambda *what: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        residents.lay(second, NOW)
    monkeypatch.undo()

    assert set(Building.objects.values_list("grid_path", flat=True)) == {first}
    assert residents.empty_micro_grids()[0] == second
    assert len(residents.empty_micro_grids()) == 138
