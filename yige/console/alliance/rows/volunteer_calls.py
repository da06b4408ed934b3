"""Which calls the list shows, and what it says where there is none."""

from yige.alliance.models import VolunteerCall
from yige.alliance.words import CallState

NOTHING = {
    "open": "现在没有召集。要人手、要会什么的人，发一次召集，邻里看得到，自愿来。",
    "over": "还没有办完的召集。",
}


def calls_shown(user, at, show):
    calls = VolunteerCall.objects.visible_to(user, at).with_held()
    if show == "over":
        return calls.exclude(state=CallState.OPEN).order_by("-starts_at", "-id")
    return calls.filter(state=CallState.OPEN).order_by("starts_at", "id")
