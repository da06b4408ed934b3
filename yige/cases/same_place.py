"""What else was reported of the place of a case: the same building, the same spot, or a few steps from it."""

from django.db.models import Q

from yige.cases.models import Case
from yige.cases.nearness import OTHER, Description, nearness
from yige.cases.words import State
from yige.lib import addresses
from yige.lib.search_words import search_form

NEAR_DEGREES = 0.0006  # a little more than what `nearness` calls beside it
MOST_CANDIDATES = 200
MOST_SHOWN = 8
NOWHERE = Q(pk__in=[])


def other_cases_of_place(case, user, at) -> list[Case]:
    """Return all other cases of the same place that the user may see, open ones first, then the newest."""
    condition = place_condition(case)
    if condition == NOWHERE:
        return []
    rows = Case.objects.visible_to(user, at).below(grid_of(case)).filter(condition).exclude(pk=case.pk)
    rows = rows.exclude(state=State.WITHDRAWN).select_related("category")
    rows = rows.defer("grams", "search_text").order_by("-serial")[:MOST_CANDIDATES]
    here = where(case)
    found = [row for row in rows if is_same(nearness(here, where(row)))]
    return sorted(found, key=lambda row: not row.is_open)


def grid_of(case) -> str:
    """Return the path of the level-3 grid that a case lies in, or of what it was put down for above."""
    return "/".join(case.grid_path.split("/")[:4]).rstrip("/") + "/"


def place_condition(case) -> Q:
    """Return the condition that a case may be of the same place; `NOWHERE` when nobody said where it is."""
    name = search_form(addresses.parse(case.place).building or case.place)
    found = Q(search_text__contains=name) if name else NOWHERE
    if case.lon is not None:
        found |= Q(lon__range=around(case.lon), lat__range=around(case.lat))
    return found


def around(degrees) -> tuple[float, float]:
    return degrees - NEAR_DEGREES, degrees + NEAR_DEGREES


def is_same(near) -> bool:
    """Say whether it is this place: another building is another place, however few the steps."""
    return near.is_here and near.building != OTHER


def where(case) -> Description:
    return Description("", None, case.place, case.lon, case.lat)
