"""What the list of deliberations shows: which, in which order, and of each what it waits for."""

from typing import NamedTuple

from yige.deliberation.deliberation_moves import WAIT_OF
from yige.deliberation.models import Deliberation
from yige.deliberation.queries import steps_of_unit, waiting_for
from yige.deliberation.words import Stage
from yige.lib.local_time import local_day

NOTHING = {
    "open": "现在没有在议的事。居民、业主委员会要大家商量的，可以在这里提。",
    "waiting": "没有等着您办的。",
    "unit": "没有要本单位办的一步。",
    "ended": "还没有议完的。",
}
TONES = {Stage.RAISED: "care", Stage.SHOWN: "accent", Stage.SETTLED: "accent", Stage.ANSWERED: "good"}


class DeliberationRow(NamedTuple):
    row: Deliberation
    tone: str
    waits: str
    is_late: bool


def deliberations_shown(user, at, show):
    if show == "waiting":
        found = waiting_for(user, at)
    elif show == "unit":
        found = steps_of_unit(user, at)
    else:
        found = Deliberation.objects.visible_to(user, at)
        found = (
            found.open() if show == "open" else found.exclude(pk__in=Deliberation.objects.open().values("pk"))
        )
    return found.order_by("due_on", "-raised_at", "-id")


def deliberation_rows(page, at):
    return [deliberation_row(row, at) for row in page]


def deliberation_row(row, at):
    wait = WAIT_OF.get(row.stage)
    late = bool(row.due_on and row.due_on < local_day(at))
    return DeliberationRow(row, TONES.get(row.stage, ""), wait.words if wait else "", late)
