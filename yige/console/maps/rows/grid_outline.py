"""What the page of an outline shows: the drawing, the neighbours it snaps to, the outlines of before."""

import json
from typing import NamedTuple

from django.db.models import Q

from yige.console.maps.forms.grid_outline import OutlineForm
from yige.grids import outline_drawing, shapes
from yige.grids.models import GridOutline
from yige.lib.typed_values import read_id


class Old(NamedTuple):
    """One outline of the history; `corners` is how many points it has."""

    row: GridOutline
    corners: int


def form_of(grid, chosen):
    """Return the form with the grid's outline, or with an earlier one that was chosen from its history."""
    rows = grid.outlines.all()
    row = rows.filter(pk=read_id(chosen)).first() if chosen else rows.filter(valid_until=None).first()
    form = OutlineForm(initial={"shape": geojson_text(row.shape) if row else ""})
    form.restored = row if row and row.valid_until else None
    return form


def geojson_text(shape):
    return json.dumps(shapes.to_geojson(bytes(shape)), separators=(",", ":"))


def near(grid):
    """Return what the drawing lies beside, as GeoJSON: the parent, the grids of the same level, the children."""
    family = Q(grid__parent=grid) | (
        Q(grid=grid.parent_id) | Q(grid__parent=grid.parent_id) if grid.parent_id else Q(grid__parent=None)
    )
    rows = GridOutline.objects.filter(family, valid_until=None, grid__valid_until=None).exclude(grid=grid)
    rows = rows.select_related("grid").order_by("grid__path")
    return {"type": "FeatureCollection", "features": [feature(row, grid) for row in rows]}


def feature(row, grid):
    kind = (
        "below" if row.grid.parent_id == grid.pk else "above" if row.grid_id == grid.parent_id else "beside"
    )
    about = {"kind": kind, "name": row.grid.name, "middle": shapes.centre(row.shape)}
    return {"type": "Feature", "geometry": shapes.to_geojson(row.shape), "properties": about}


def history(grid):
    """Return all outlines of the grid, the youngest first."""
    return [
        Old(row, corners(shapes.to_geojson(row.shape)))
        for row in grid.outlines.order_by("-valid_from", "-id")
    ]


def corners(geometry):
    whole = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sum(len(ring) - 1 for polygon in whole for ring in polygon)


def said_of(grid, form):
    """Return what stands against a drawing that was refused, where it can be read at all."""
    shape = form.cleaned_data.get("shape") if form.is_bound and hasattr(form, "cleaned_data") else None
    if not isinstance(shape, bytes):
        return {}
    return {"said": outline_drawing.findings_about(grid, shape), "looked": True}
