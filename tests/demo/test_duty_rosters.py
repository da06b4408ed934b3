"""The demo's duty roster: a week that reads like one, who can be reached at any hour, one gap; written once."""

from datetime import timedelta

import pytest

from tests.demo.conftest import NOW
from yige.accounts import shifts
from yige.accounts.models import Shift, Unit, User
from yige.accounts.shift_rules import Stretch, week_of
from yige.audit.models import LogEntry
from yige.console.duty_roster.rows.duty_roster import unit_rows
from yige.demo import duty_rosters
from yige.lib.local_time import local_day

pytestmark = pytest.mark.django_db
UNITS = {"street", "desk", "chengguan", "housing", duty_rosters.FIRM}


@pytest.fixture(scope="module")
def written(demo_ground, django_db_blocker):
    with django_db_blocker.unblock():
        duty_rosters.write_rosters(NOW)


def gaps_of_week(weeks=0):
    week = week_of(local_day(NOW) + timedelta(weeks=weeks))
    return {
        unit.slug: [(gap.begins_at, gap.ends_at) for gap in found]
        for unit in Unit.objects.filter(slug__in=UNITS)
        if (found := shifts.gaps(unit, *week))
    }


@pytest.mark.parametrize("weeks", [0, 1])
def test_one_gap_a_week_and_none_beside_it(written, weeks):
    saturday = week_of(local_day(NOW)).begins_at + timedelta(weeks=weeks, days=5)

    gap = (saturday + timedelta(hours=20), saturday + timedelta(hours=32))
    assert gaps_of_week(weeks) == {"housing": [gap]}


def test_the_page_of_the_street_says_who_is_there_now_and_the_gap(written):
    street = User.objects.get(username="street")
    rows = {row.unit.slug: row for row in unit_rows(shifts.rosters_seen_by(street, NOW), NOW)}

    assert {slug for slug, row in rows.items() if row.now} == UNITS
    assert {slug for slug, row in rows.items() if row.gap} == {"housing"}
    assert rows["housing"].gap == "11月21日 周六 20:00 到 11月22日 周日 08:00"


def test_nobody_works_day_and_night_and_some_have_no_account(written):
    by_person = {}
    for shift in Shift.objects.exclude(unit__slug="street").exclude(user=None).order_by("begins_at"):
        last = by_person.get(shift.user_id)
        assert last is None or last.ends_at < shift.begins_at
        by_person[shift.user_id] = shift

    assert set(Shift.objects.filter(user=None).values_list("unit__slug", flat=True)) == {
        "housing", duty_rosters.FIRM,
    }  # fmt: skip
    assert all(shift.phone.startswith("03710000") for shift in Shift.objects.all())


def test_nothing_is_written_in_the_future_and_it_is_written_once_a_week(written):
    lines = LogEntry.objects.filter(verb="accounts.add_shift")
    count = lines.count()
    assert not lines.filter(at__gt=NOW).exists()

    duty_rosters.write_rosters(NOW)
    assert lines.count() == count

    later = NOW + timedelta(weeks=1)
    duty_rosters.write_rosters(later)
    week = Stretch(week_of(local_day(later)).ends_at, week_of(local_day(later)).ends_at + timedelta(days=7))
    assert lines.count() > count
    assert all(list(shifts.shifts_in([unit], week)) for unit in Unit.objects.filter(slug__in=UNITS))
