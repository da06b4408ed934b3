"""What stands in the tables beside the people's map, for screen readers, for paper, and where no script runs."""

from typing import NamedTuple

from yige.accounts.queries import heads
from yige.console.places.rows.buildings import sees_doors
from yige.contact import area_figures, people_map
from yige.contact.published_figures import published_below
from yige.grids import shapes
from yige.grids.models import Grid, GridOutline, Level

MOST = 60  # rows of a kind in the panel; the layers of the map hold all
SHORTEST = 1
CLOSE, NEAR, WIDE = 17.5, 15.5, 14


class Row(NamedTuple):
    """One area with the number of its open cases."""

    area: people_map.MapArea
    open: int


class SearchHit(NamedTuple):
    """One thing that a search found, where to look at it, and where the map flies to."""

    kind: str
    name: str
    query: str
    fly: str


def areas(reach, at, open_cases):
    return [Row(row, open_cases.get(row.path, 0)) for row in people_map.areas_listed(reach, at)]


def grid(reach, at, path):
    """Return what the panel shows of a grid in reach: its parts, buildings, things, organisations, and whom to ask."""
    below = people_map.areas_in_reach(reach, at, path) if path.endswith("/") else []
    if not below or below[0].path != path:
        return None
    things, organisations = (
        people_map.things_in_reach(reach, path),
        people_map.organisations_in_reach(reach, path),
    )
    return {
        "grid": below[0],
        "below": [row for row in below if row.level == below[0].level + 1 and row.is_told],
        "buildings": people_map.buildings_in_reach(reach, path) if path.count("/") > 3 else [],
        "published": published_below(reach.paths),
        "services": area_figures.services_of(reach, path),
        "home_facts": area_figures.home_facts_of(reach, path),
        "place": Grid.objects.current().filter(path=path).first(),
        "heads": heads(path, at),
        "things": first_rows(things),
        "organisations": first_rows(organisations),
    }


def first_rows(rows):
    """Return the first rows and whether there are more."""
    rows = list(rows[: MOST + 1])
    return {"rows": rows[:MOST], "more": len(rows) > MOST}


def building(reach, user, at, pk):
    """Return what the panel shows of a building: its doors, and its homes to those who may open files there."""
    row = people_map.building_in_reach(reach, pk)
    if row is None:
        return None
    sees_all = sees_doors(user, row, at)
    homes = people_map.homes_with_files(row, user, at, sees_all=sees_all)
    return {"building": row, "homes": homes, "sees_all": sees_all}


def search(reach, words):
    """Return what bears these words: grids, buildings, things, organisations, each with the place to fly to."""
    words = words.strip()[:40]
    if len(words) < SHORTEST:
        return []
    grids, buildings, things, organisations = people_map.search_in_reach(reach, words)
    middles = middles_of(grids)
    return [
        *(
            SearchHit(row.get_level_display(), row.name, f"grid={row.path}", middles.get(row.pk, ""))
            for row in grids
        ),
        *(SearchHit("楼栋", str(row), f"building={row.pk}", fly(row)) for row in buildings),
        *(SearchHit("公共设施", str(row), f"grid={row.grid_path}", fly(row)) for row in things),
        *(SearchHit("单位商户", row.name, f"grid={row.grid_path}", fly(row)) for row in organisations),
    ]


def fly(row):
    return f"{row.lon},{row.lat},{CLOSE}" if row.lon is not None and row.lat is not None else ""


def middles_of(grids):
    levels = {grid.pk: grid.level for grid in grids}
    rows = GridOutline.objects.filter(grid__in=levels, valid_until=None).values_list("grid_id", "shape")
    zooms = {Level.MICRO: CLOSE - 1, Level.GRID: NEAR}
    return {
        pk: "{:.6f},{:.6f},{}".format(*shapes.centre(shape), zooms.get(levels[pk], WIDE))
        for pk, shape in rows
    }
