"""What else was reported of the place of a case: the same building, the same spot, or a few steps from it."""

from django.db.models import Q

from yige.cases.models import Case
from yige.cases.words import State
from yige.lib import addresses
from yige.lib.coordinates import distance_m
from yige.lib.search_words import search_form

NEAR_M, NEAR_DEGREES = 50, 0.0006  # a few steps, and a little more than that
MOST_CANDIDATES = 200
MOST_SHOWN = 8
NOWHERE = Q(pk__in=[])


def other_cases_of_place(case, user, at) -> list[Case]:
    """Return other cases of the same place that the user may see, open ones first, then the newest."""
    condition = place_condition(case)
    if condition == NOWHERE:
        return []
    grid = "/".join(case.grid_path.split("/")[:4]) + "/"
    rows = Case.objects.visible_to(user, at).below(grid).filter(condition).exclude(pk=case.pk)
    rows = rows.exclude(state=State.WITHDRAWN).select_related("category")
    rows = rows.defer("grams", "search_text").order_by("-serial")[:MOST_CANDIDATES]
    found = [row for row in rows if is_same_place(case, row)]
    return sorted(found, key=lambda row: not row.is_open)[:MOST_SHOWN]


def place_condition(case) -> Q:
    """Return the condition that a case may be of the same place; `NOWHERE` when nobody said where it is."""
    name = search_form(addresses.parse(case.place).building or case.place)
    found = Q(search_text__contains=name) if name else NOWHERE
    if case.lon is not None:
        found |= Q(lon__range=around(case.lon), lat__range=around(case.lat))
    return found


def around(degrees) -> tuple[float, float]:
    return degrees - NEAR_DEGREES, degrees + NEAR_DEGREES


def is_same_place(case, other) -> bool:
    """Say whether two cases are of one building, one spot, or a few steps apart; an estate left out is no other one."""
    one, two = addresses.parse(case.place), addresses.parse(other.place)
    if one.building and two.building:
        same_estate = not one.estate or not two.estate or one.estate in two.estate or two.estate in one.estate
        return one.building == two.building and same_estate
    if case.lon is not None and other.lon is not None:
        return distance_m((case.lon, case.lat), (other.lon, other.lat)) <= NEAR_M
    return bool(case.place) and search_form(case.place) == search_form(other.place)
