"""Who is on duty for the units that a danger concerns: told first, rung up where there is no account. Rule: docs/policy/danger.md.

Being on duty opens no case: whoever could not read it otherwise is told that there is something and whom to ring up.
"""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from yige.accounts import shifts
from yige.accounts.models import Shift, Unit, UnitKind
from yige.cases import case_notices, queries
from yige.cases.models import Case
from yige.cases.workflow import HEADS
from yige.grids.duty_phones import duty_phones
from yige.notices import actions as notices
from yige.notices.models import Notice

OF_THE_PLACE = (UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.GRID_TEAM)
NO_ACCOUNT = "值班的人没有账号、要打电话的：{units}，号码在事项页上。"
WITHOUT_A_WORD = "{place}有一件事可能有险情。您在值班，您的岗位打不开这件事，请马上打电话：{whom}。"
THE_DESK = "街道的事件处置岗"


class OnDuty(NamedTuple):
    """Who can be reached now: users who may open the case, users who may not, and the shifts of those to ring up."""

    readers: set[UUID]
    outsiders: set[UUID]
    by_phone: list[Shift]


def responsible_units(case) -> QuerySet[Unit]:
    """Return the units in use over the place of a case, and the one that has it."""
    parts = case.grid_path.strip("/").split("/")
    over = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
    return Unit.objects.filter(Q(kind__in=OF_THE_PLACE, path__in=over) | Q(pk=case.unit_id), active=True)


def shifts_now(units, at) -> list[Shift]:
    """Return who is on duty for these units at this moment, unit by unit."""
    found = shifts.on_duty_in(units, at)
    return [shift for unit in units for shift in found[unit.pk]]


def on_duty(case, at) -> OnDuty:
    """Return who can be reached for the responsible units of a case at this moment."""
    found = shifts_now(list(responsible_units(case)), at)
    users = {shift.user_id: shift.user for shift in found if shift.user_id}
    readers = {
        pk for pk, user in users.items() if Case.objects.visible_to(user, at).filter(pk=case.pk).exists()
    }
    return OnDuty(readers, users.keys() - readers, [shift for shift in found if not shift.user_id])


def alarm_notices(case, usual, words, *, at, body) -> list[Notice]:
    """Return the unsaved notices of a danger, in the order in which they go out: who is on duty first, then the usual ones.

    Heads also read for which units somebody has to be rung up; the number stands on the page, where it ends with the roster.
    """
    duty = on_duty(case, at)
    heads = set(queries.desk_and_heads(case, at, *HEADS))
    found = []
    for people in (duty.readers, set(usual) - duty.readers):
        for some, said in ((people & heads, f"{ring_words(duty)}{body}"), (people - heads, body)):
            found += case_notices.staff_notices(case, some, words, at=at, kind="danger", body=said)
        found += outsider_notices(case, duty.outsiders - set(usual), at) if people is duty.readers else []
    return found


def ring_words(duty) -> str:
    """Return for which units somebody without an account is on duty; "" where there is none."""
    names = dict.fromkeys(shift.unit.name for shift in duty.by_phone)
    return NO_ACCOUNT.format(units="、".join(names)) if names else ""


def outsider_notices(case, users, at) -> list[Notice]:
    """Return the unsaved notices for who is on duty and may not open the case: no word of it, no way to it."""
    whom = "，".join(f"{name} {phone}" for name, phone in duty_phones(case.grid_path)) or THE_DESK
    body = WITHOUT_A_WORD.format(place=case.grid.name, whom=whom)
    return notices.for_staff(
        users, kind="danger", title="可能有险情，您在值班", body=body, at=at, urgent=True
    )
