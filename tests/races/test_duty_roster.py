"""Eight at once write the same person down for the same hours: one shift, whether in one unit or in two."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.races.conftest import ACTORS, all_at_once, tally
from yige.accounts.models import Post, Shift, User
from yige.accounts.shift_actions import add_shift

AT, ROUNDS = MONDAY_NOON, 20

pytestmark = pytest.mark.django_db(transaction=True)


def writers(here, units, begins_at, **who):
    """Eight clerks who write one shift down, in turn for these units."""

    def write(number):
        unit, clerk = units[number % len(units)], User.objects.get(pk=here.desk.pk)
        hours = {"begins_at": begins_at, "ends_at": begins_at + timedelta(hours=8)}
        return add_shift(unit, by=clerk, at=AT, phone="19900000009", **hours, **who)

    return [lambda number=number: write(number) for number in range(ACTORS)]


@pytest.mark.parametrize("account", [True, False])
def test_one_person_is_written_down_once(here, account):
    units = [here.bureau_unit, here.property_unit] if account else [here.bureau_unit]
    Post.objects.create(
        user=here.department, role="department_handler", unit=here.property_unit, path="/zz/", since=AT.date()
    )
    who = {"user": here.department} if account else {"name": "王值班"}

    for number in range(ROUNDS):
        begins_at = AT + timedelta(hours=12 * number)
        found = all_at_once(writers(here, units, begins_at, **who))
        assert tally(found) == {"won": 1, 409: ACTORS - 1}

    assert Shift.objects.count() == ROUNDS


def test_eight_persons_may_share_the_hours(here):
    acts = [writers(here, [here.bureau_unit], AT, name=f"王{number}")[number] for number in range(ACTORS)]

    assert tally(all_at_once(acts)) == {"won": ACTORS}
