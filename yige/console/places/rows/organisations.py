"""The list of organisations."""

from django.db.models import Q

from yige.archive.models import Organisation
from yige.console.places.rows.place_lists import in_grid


def organisations(user, at, asked):
    rows = in_grid(Organisation.objects.visible_to(user, at).select_related("grid", "building"), asked)
    for word in asked["words"].split()[:4]:
        said = Q(name__icontains=word) | Q(address__icontains=word) | Q(services__icontains=word)
        rows = rows.filter(said | Q(code__startswith=word.upper()))
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["state"] != "all":
        rows = rows.filter(closed_at=None)
    return rows.order_by("grid_path", "name", "pk")
