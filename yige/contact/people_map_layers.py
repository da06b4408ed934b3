"""The layers of the people's map as JSON text: outlines, counts of areas, buildings, things, organisations."""

import hashlib
import json

from django.db.models import Q

from yige.cases import case_map as cases
from yige.contact import people_map
from yige.contact.area_figures import services_of
from yige.contact.reach import area_above, path_and_above, reach_of
from yige.grids import shapes
from yige.grids.models import GridOutline
from yige.lib.short_cache import ShortCache

DECIMALS = 6
_outlines = ShortCache(3600, most=200)


def outlines_layer(user, at) -> str:
    """Return the outlines of what somebody's map shows and of what holds it, drawn once for each version of the tree."""
    reach = reach_of(user, at)
    return _outlines.of((cases.tree_version(), reach.paths), lambda: compact_json(outline_collection(reach)))


def outlines_tag(user, at) -> str:
    seen = f"{cases.tree_version()} {sorted(reach_of(user, at).paths)}"
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'


def outline_collection(reach) -> dict[str, list[dict] | str]:
    rows = GridOutline.objects.filter(valid_until=None, grid__valid_until=None, grid__level__gte=2)
    rows = rows.filter(reach.on("grid__path") | held_by(reach)).order_by("grid__path")
    rows = rows.values_list("grid__path", "grid__name", "grid__level", "shape")
    return {"type": "FeatureCollection", "features": [outline_feature(*row) for row in rows]}


def held_by(reach) -> Q:
    """Return the condition on outlines that hold an area in reach, so that a micro-grid lies in something."""
    above = [part for path in reach.paths for part in path_and_above(path)]
    return Q(grid__path__in=above)


def outline_feature(path, name, level, shape) -> dict[str, dict | str]:
    drawn = shapes.to_geojson(shape)
    about = {"path": path, "name": name, "level": level}
    about["middle"] = [round(part, DECIMALS) for part in shapes.centre(shape)]
    return {"type": "Feature", "geometry": drawn, "properties": about}


def areas_layer(user, at) -> str:
    """Return what is told of each area: {path: [households, late, step of colour, due, broken, services]}.

    Only the smallest areas that are told are coloured; an area whose figures stand one level up is not in it.
    """
    reach = reach_of(user, at)
    rows = [row for row in people_map.areas_in_reach(reach, at) if row.is_told]
    divided = {area_above(row.path) for row in rows}
    return compact_json(
        {
            row.path: [
                words_of(row.figures.households), words_of(row.figures.late),
                0 if row.path in divided else row.figures.step, row.due, row.broken,
                labels_of(services_of(reach, row.path)),
            ]
            for row in rows
        }
    )  # fmt: skip


def words_of(told) -> str:
    return told.text if told else ""


def buildings_layer(user, at) -> str:
    """Return the buildings that have a point: [id, lon, lat, name, homes]."""
    rows = people_map.buildings_in_reach(reach_of(user, at))
    return compact_json(
        [
            [str(row.pk), *point(row), row.name, row.homes]
            for row in rows
            if row.lon is not None and row.lat is not None
        ]
    )


def labels_of(told) -> str:
    return "，".join(f"{label} {count.text}" for label, count in told)


def things_layer(user, at) -> str:
    """Return the things that have a point: [lon, lat, name, place, state, unit on duty]."""
    rows = people_map.things_in_reach(reach_of(user, at))
    return compact_json(
        [
            [*point(row), row.name, row.place, row.get_state_display(), row.unit.name]
            for row in rows
            if row.lon is not None and row.lat is not None
        ]
    )


def organisations_layer(user, at) -> str:
    """Return the organisations that have a point: [lon, lat, name, kind, address, services]."""
    rows = people_map.organisations_in_reach(reach_of(user, at))
    return compact_json(
        [
            [*point(row), row.name, row.get_kind_display(), row.address, row.services]
            for row in rows
            if row.lon is not None and row.lat is not None
        ]
    )


def point(row) -> tuple[float, float]:
    return round(row.lon, DECIMALS), round(row.lat, DECIMALS)


def compact_json(rows) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


LAYERS = {
    "outlines": outlines_layer, "areas": areas_layer, "buildings": buildings_layer, "things": things_layer, "organisations": organisations_layer,
}  # fmt: skip
