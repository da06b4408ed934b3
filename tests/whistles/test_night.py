"""A whistle at night: who is on duty is told first, everybody of the unit ten minutes later; nobody there is said before."""

from datetime import timedelta

import pytest

from tests.factories import life, staff
from tests.whistles.joint import HOUR, SOUNDED, asked, sounded
from yige.accounts.shift_actions import add_shift
from yige.lib.refusals import NotSaid
from yige.notices.models import Notice
from yige.whistles import clockwork
from yige.whistles.calling import CallAsked

NIGHT = SOUNDED.replace(hour=18)  # 02:00 in Shanghai
EARLIER, AFTER = NIGHT - HOUR, NIGHT + timedelta(minutes=11)


def on_duty(here, unit, **who):
    span = {"begins_at": EARLIER, "ends_at": NIGHT + 8 * HOUR}
    return add_shift(unit, by=here.desk, at=EARLIER, **span, **{"phone": "0371-6888 1234", **who})


def told(since, *people):
    """Return the usernames of those who were told something since then, of these people."""
    rows = Notice.objects.filter(created_at__gte=since, user_id__in=[person.pk for person in people])
    return sorted({person.username for person in people if rows.filter(user_id=person.pk).exists()})


@pytest.mark.parametrize(
    ("trigger", "manned", "first"),
    [
        ("emergency", True, ["second"]),
        ("emergency", False, ["department", "second"]),
        ("need", True, ["department", "second"]),  # nobody is woken: it is read in the morning
    ],
)
def test_an_emergency_wakes_who_is_on_duty_and_the_others_when_that_one_is_silent(
    here, trigger, manned, first
):
    second = staff("second", "department_handler", "/zz/", here.bureau_unit)
    if manned:
        on_duty(here, here.bureau_unit, user=second)
    sounded(here, case=life(here, "progressed"), trigger=trigger, at=NIGHT, calls=asked(here)[:1])
    assert told(NIGHT, here.department, second) == first
    if trigger == "emergency":
        clockwork.wake(AFTER)

        assert told(AFTER, here.department, second) == ["department", "second"]
        assert told(AFTER, here.street_head) == ["street_head"]


def test_a_unit_without_an_account_is_called_where_somebody_is_on_duty_and_refused_where_nobody_is(here):
    calls = asked(here, CallAsked(here.property_unit, "assist", "打开车库"))
    with pytest.raises(NotSaid, match="没有人会看到"):
        sounded(here, trigger="emergency", at=NIGHT, calls=calls)
    on_duty(here, here.property_unit, name="王值班")

    assert "property" in sounded(here, trigger="emergency", at=NIGHT, calls=calls).calls
