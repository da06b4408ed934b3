"""The list of things of public use."""

from django.db.models import Q

from yige.archive.models import Thing
from yige.archive.places import components
from yige.archive.words import ThingState
from yige.console.places.rows.place_lists import in_grid


def things(user, at, asked):
    rows = in_grid(Thing.objects.visible_to(user, at).select_related("grid", "unit"), asked)
    for word in asked["words"].split()[:4]:
        rows = rows.filter(Q(code__startswith=word) | Q(name__icontains=word) | Q(place__icontains=word))
    if asked["category"] in components.BY_CODE:
        rows = rows.filter(code__regex=rf"^[0-9]{{6}}{asked['category']}")
    if asked["state"] in ThingState.values:
        rows = rows.filter(state=asked["state"])
    elif asked["state"] != "all":
        rows = rows.exclude(state=ThingState.REMOVED)
    return rows.order_by("grid_path", "code")
