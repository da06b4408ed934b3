"""Every write to organisations (组织): what they are, what they offer, when they closed; nothing about a person."""

from yige.archive.models import Building, Organisation
from yige.archive.places.checks import Faults, check_keeps, insert_once, update_once
from yige.archive.words import OrganisationKind
from yige.audit.log import action
from yige.grids.models import Grid
from yige.lib.identity import credit_code_fault
from yige.lib.refusals import Conflict
from yige.lib.typed_text import half_width

ORGANISATION_FACTS = ("kind", "name", "code", "address", "phone", "services", "building", "lon", "lat")
SAME_CODE = "这个统一社会信用代码已经登记过了，请核对。"


@action("archive.make_organisation", makes=Organisation)
def make_organisation(grid, *, by, at, id, kind, name, code="", address="", phone="", services="", building=None, lon=None, lat=None) -> Organisation:  # fmt: skip
    """Register an organisation in a grid; its building or its point may say in which one."""
    facts = {
        "kind": kind, "name": name, "code": code, "address": address, "phone": phone, "services": services,
        "building": building, "lon": lon, "lat": lat,
    }  # fmt: skip
    facts, grid = organisation_facts(facts, grid)
    check_keeps(by, grid.path, at)
    row = Organisation(id=id, grid=grid, grid_path=grid.path, **facts)
    return insert_once(row, SAME_CODE, "code")


@action("archive.change_organisation")
def change_organisation(organisation, *, by, at, grid=None, **said) -> Organisation:
    """Correct an organisation; what is not named stays."""
    organisation = _locked(organisation, by, at)
    facts = {name: said.get(name, getattr(organisation, name)) for name in ORGANISATION_FACTS}
    facts, grid = organisation_facts(facts, grid or organisation.grid)
    check_keeps(by, grid.path, at)
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.grid, organisation.grid_path = grid, grid.path
    return update_once(organisation, [*ORGANISATION_FACTS, "grid", "grid_path"], SAME_CODE, "code")


@action("archive.close_organisation")
def close_organisation(organisation, *, by, at) -> Organisation:
    """Say that an organisation closed or moved away; what was done there stays on record."""
    organisation = _locked(organisation, by, at)
    organisation.closed_at = at
    organisation.save(update_fields=["closed_at"])
    return organisation


def organisation_facts(facts, grid) -> tuple[dict[str, Building | str | None], Grid]:
    """Return the facts of an organisation cleaned, and its grid; refuse with a sentence at each field that is wrong."""
    faults = Faults()
    faults.one_of("kind", facts["kind"], OrganisationKind)
    facts["name"] = faults.line("name", facts["name"], 80, "请填写名称。")
    facts["address"] = faults.line("address", facts["address"], 120)
    facts["services"] = faults.line("services", facts["services"], 200)
    facts["phone"] = faults.phone("phone", facts["phone"])
    facts["code"] = "".join(half_width(facts["code"] or "").split()).upper()
    if facts["code"] and (fault := credit_code_fault(facts["code"])):
        faults["code"] = fault
    grid = faults.grid(grid, facts["lon"], facts["lat"], facts["building"])
    faults.refuse()
    return facts, grid


def _locked(organisation, by, at):
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("grid", "building__grid")
    organisation = rows.get(pk=organisation.pk)
    check_keeps(by, organisation.grid_path, at)
    if organisation.closed_at:
        raise Conflict("这个单位已经登记为停业，不能再改。")
    return organisation
