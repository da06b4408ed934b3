"""What the reporter reads of joint work while it runs: which units were called and where each stands, what is planned."""

from datetime import datetime
from typing import NamedTuple

from yige.whistles.models import Call, PlanStep
from yige.whistles.words import CallState

# In the reporter's words: what a state says, and since which moment.
PUBLIC_STATES = {
    CallState.CALLED: ("还没有签收", ""),
    CallState.SIGNED: ("已签收", "signed_at"),
    CallState.CONTACTED: ("说定了办法", "contacted_at"),
    CallState.ARRIVED: ("已到场", "arrived_at"),
    CallState.DELIVERED: ("说办完了，街道在看", "delivered_at"),
    CallState.CONFIRMED: ("办好了", "confirmed_at"),
}


class UnitStands(NamedTuple):
    """One called unit: its name, where it stands, since when (None where nothing was said yet)."""

    unit: str
    words: str
    at: datetime | None


class JointStatus(NamedTuple):
    units: list
    steps: list


def joint_status(case) -> JointStatus | None:
    """Return what the reporters of this case read of its running joint work; None, without asking, where none runs.

    Units and days, never persons, never what units and the street say to each other.
    """
    if not case.open_parts:
        return None
    calls = Call.objects.filter(whistle__case=case, whistle__ended_at=None).exclude(state=CallState.RELEASED)
    steps = PlanStep.objects.filter(whistle__case=case, whistle__ended_at=None, dropped_at=None)
    units = [stands_of(call) for call in calls.select_related("unit").order_by("-part", "called_at", "pk")]
    return JointStatus(units, list(steps.select_related("unit")))


def stands_of(call) -> UnitStands:
    words, since = PUBLIC_STATES[call.state]
    return UnitStands(call.unit.name, words, getattr(call, since) if since else None)
