"""The tree in and out as GeoJSON or xlsx: first a plan with every fault named, then the same plan carried out.

A row without a boundary leaves the boundary that is there; rows that change nothing do nothing, so the same
file can be taken in again and again.
"""

import json
from typing import NamedTuple

import shapely
from django.db import transaction

from yige.grids import actions, codes, shapes
from yige.grids.models import Grid, GridOutline
from yige.grids.tree_checks import Entry, Fault, faults_of
from yige.lib import sheets, typed_text
from yige.lib.coordinates import Crs
from yige.lib.own_sheets import read_own_sheet
from yige.lib.refusals import NotSaid

# fmt: off
SHEET_COLUMNS = (
    # heading     field
    ("编码",      "code"),
    ("名称",      "name"),
    ("上级编码",  "parent"),
    ("值班电话",  "phone"),
    ("户数",      "household_count"),
    ("国家编码",  "national_code"),
    ("边界",      "shape"),
)
# fmt: on
WRITTEN_ONLY = ("level", "kind")  # a code says both; they are told for whoever draws the file
NEEDED = ("编码", "名称")  # a column that is left out leaves what stands
MOST_GRIDS = 20_000


class Plan(NamedTuple):
    """What taking the file in would do; nothing is done while there is a fault.

    `unread` names what a GeoJSON says beside our own columns, as drawing programs write it: it is not taken in.
    """

    made: list[Entry]
    changed: list[Entry]
    same: list[Entry]
    faults: list[Fault]
    unread: list[str]


# ── out ──


def to_geojson(crs: str = Crs.WGS84) -> bytes:
    """Write the whole current tree as a FeatureCollection."""
    outlines = _outlines()
    features = [
        {
            "type": "Feature",
            "properties": {field: value for field, value in _told(grid).items() if field != "shape"}
            | {name: getattr(grid, name) for name in WRITTEN_ONLY},
            "geometry": shapes.to_geojson(outlines[grid.pk], crs) if grid.pk in outlines else None,
        }
        for grid in _grids()
    ]
    tree = {"type": "FeatureCollection", "coordinates_in": Crs(crs).value, "features": features}
    return json.dumps(tree, ensure_ascii=False).encode()


def to_xlsx(crs: str = Crs.WGS84) -> bytes:
    """Write the whole current tree as a sheet; a boundary is WKT, left out when no cell can hold it."""
    outlines = _outlines()
    rows = []
    for grid in _grids():
        told = _told(grid) | {"shape": _wkt(outlines.get(grid.pk), crs)}
        rows.append([told[field] for _, field in SHEET_COLUMNS])
    return sheets.write_xlsx([heading for heading, _ in SHEET_COLUMNS], rows, sheet="网格")


def _grids():
    return Grid.objects.current().select_related("parent").order_by("path")


def _outlines():
    current = GridOutline.objects.filter(valid_until__isnull=True, grid__valid_until__isnull=True)
    return dict(current.values_list("grid_id", "shape"))


def _told(grid):
    return {
        "code": grid.code,
        "name": grid.name,
        "parent": grid.parent.code if grid.parent else "",
        "phone": grid.phone,
        "household_count": grid.household_count,
        "national_code": grid.national_code,
    }


def _wkt(wkb, crs):
    if wkb is None:
        return ""
    drawn = shapely.geometry.shape(shapes.to_geojson(wkb, crs))
    text = shapely.to_wkt(drawn, rounding_precision=7)
    return text if len(text) <= sheets.MOST_IN_A_CELL else ""


# ── in ──


def plan(blob: bytes, crs: str = Crs.WGS84) -> Plan:
    """Read a file of the tree and say what taking it in would do, and every fault by its row."""
    faults: list[Fault] = []
    read = _from_geojson if blob.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" else _from_sheet
    unread: list[str] = []
    entries = list(read(blob, crs, faults, unread))
    if len(entries) > MOST_GRIDS:
        raise NotSaid(f"网格太多，一次最多 {MOST_GRIDS} 个，请按街道分成几个文件。")
    standing = {grid.code: grid for grid in _grids()}
    outlines = _outlines()
    faults += faults_of(
        entries, set(standing), {code: outlines.get(grid.pk) for code, grid in standing.items()}
    )
    sorted_out = {"made": [], "changed": [], "same": []}
    for entry in sorted(entries, key=lambda entry: entry.code):
        sorted_out[_kind_of(entry, standing.get(entry.code), outlines)].append(entry)
    return Plan(**sorted_out, faults=sorted(set(faults)), unread=unread)


@transaction.atomic
def carry_out(plan: Plan, *, by, at) -> None:
    """Do what the plan says, through the verbs, all or nothing."""
    if plan.faults:
        raise NotSaid(f"文件里还有 {len(plan.faults)} 处问题，改好后再导入。")
    standing = {grid.code: grid for grid in _grids()}
    for entry in plan.made:
        parent = standing.get(codes.read_code(entry.code).parent)
        standing[entry.code] = actions.make(parent, by=by, at=at, **_said(entry))
    outlines = _outlines()
    for entry in plan.changed:
        _change(standing[entry.code], entry, outlines, by, at)


def _change(grid, entry, outlines, by, at):
    if grid.name != entry.name:
        actions.rename(grid, by=by, at=at, name=entry.name)
    details = {field: value for field, value in _said(entry).items() if field in actions.DETAILS}
    if any(getattr(grid, field) != value for field, value in details.items()):
        actions.describe(grid, by=by, at=at, **details)
    if entry.shape is not None and not _same_shape(entry.shape, outlines.get(grid.pk)):
        actions.redraw(grid, by=by, at=at, shape=entry.shape)


def _said(entry):
    said = {"code": entry.code, "name": entry.name, "shape": entry.shape}
    for field in ("phone", "national_code"):
        if getattr(entry, field) is not None:
            said[field] = getattr(entry, field)
    if entry.household_count is not None:
        said["household_count"] = int(entry.household_count) if entry.household_count else None
    return said


def _kind_of(entry, grid, outlines):
    if grid is None:
        return "made"
    said = {field: value for field, value in entry._asdict().items() if value is not None}
    told = {field: "" if value is None else str(value) for field, value in _told(grid).items()}
    if any(said[field] != told[field] for field in told if field in said and field != "parent"):
        return "changed"
    if entry.shape is not None and not _same_shape(entry.shape, outlines.get(grid.pk)):
        return "changed"
    return "same"


def _same_shape(one, other):
    """A conversion there and back may move the last decimal."""
    if other is None:
        return False
    return shapely.equals_exact(shapely.from_wkb(one), shapely.from_wkb(bytes(other)), tolerance=2e-7)


# ── reading ──


def _from_geojson(blob, crs, faults, unread):
    try:
        features = json.loads(blob.decode("utf-8-sig"))["features"]
        told = [(feature["properties"], feature.get("geometry")) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotSaid("这个文件不是 GeoJSON 要素集（FeatureCollection）。") from error
    known = {field for _, field in SHEET_COLUMNS} | set(WRITTEN_ONLY)
    said = dict.fromkeys(name for cells, _ in told if isinstance(cells, dict) for name in cells)
    unread += [name for name in said if name not in known]
    for row, (properties, geometry) in enumerate(told, 1):
        cells = properties if isinstance(properties, dict) else {}
        yield _entry(row, {field: cells.get(field) for _, field in SHEET_COLUMNS}, geometry, crs, faults)


def _from_sheet(blob, crs, faults, unread):
    headings = [heading for heading, _ in SHEET_COLUMNS]
    for row in read_own_sheet(blob, headings, most=MOST_GRIDS, needed=NEEDED):
        cells = {field: row.cells.get(heading) for heading, field in SHEET_COLUMNS}
        yield _entry(row.number, cells, _geometry(cells["shape"]), crs, faults)


def _geometry(wkt):
    if not wkt:
        return None
    try:
        return shapely.geometry.mapping(shapely.from_wkt(wkt))
    except shapely.errors.ShapelyError:
        return {"type": "nothing that can be read"}


def _entry(row, cells, geometry, crs, faults):
    text = {
        field: None if value is None else typed_text.clean_line(typed_text.half_width(str(value)))
        for field, value in cells.items()
        if field != "shape"
    }
    text["code"], text["name"] = text["code"] or "", typed_text.clean_line(str(cells["name"] or ""))
    shape = None
    if geometry is not None:
        try:
            shape = shapes.from_geojson(geometry, crs)
        except NotSaid as refusal:
            faults.append(Fault(row, text["code"], refusal.sentence))
    return Entry(row=row, shape=shape, **text)
