"""One of everything that stands in an area, and one round: the values of the addresses that name them."""

from tests.factories import building, home
from yige.accounts.actors import COMMAND
from yige.archive.places.organisations import make_organisation
from yige.archive.places.things import make_thing
from yige.steps.s2_discover import actions, planning


def own(here, at):
    """Make a building with a home, a thing, an organisation, a route, a spot and the worker's open round."""
    block, dwelling = building(here), home(here)
    thing = make_thing(
        here.micro_grid, by=COMMAND, at=at, category="01037", unit=here.bureau_unit, place="3号楼东侧"
    )
    shop = make_organisation(here.micro_grid, by=COMMAND, at=at, kind="shop", name="向阳便民超市")
    route = planning.make_route(here.grid, by=here.grid_head, at=at, name="东院一圈")
    said = {"by": here.grid_head, "at": at, "kind": "facility", "name": "充电棚", "route": route}
    spot = planning.make_spot(here.micro_grid, **said)
    patrol = actions.start_patrol(route, by=here.worker, at=at)
    named = {
        "console/buildings/<uuid:pk>/": block,
        "console/buildings/<uuid:pk>/change/": block,
        "console/buildings/<uuid:pk>/homes/new/": block,
        "console/homes/<uuid:pk>/": dwelling,
        "console/things/<uuid:pk>/": thing,
        "console/things/<uuid:pk>/change/": thing,
        "console/things/<uuid:pk>/remove/": thing,
        "console/organisations/<uuid:pk>/": shop,
        "console/organisations/<uuid:pk>/change/": shop,
        "console/organisations/<uuid:pk>/close/": shop,
        "console/patrols/spots/<uuid:pk>/": spot,
        "console/patrols/spots/<uuid:pk>/change/": spot,
        "console/patrols/spots/<uuid:pk>/retire/": spot,
        "console/patrols/routes/<uuid:pk>/": route,
        "console/patrols/routes/<uuid:pk>/retire/": route,
        "work/patrol/<uuid:pk>/": patrol,
        "work/patrol/<uuid:pk>/finish/": patrol,
        "work/patrol/<uuid:pk>/done/": patrol,
    }
    found = {address: {"uuid:pk": row.pk} for address, row in named.items()}
    for address in ("work/patrol/<uuid:pk>/fine/<uuid:spot>/", "work/patrol/<uuid:pk>/found/<uuid:spot>/"):
        found[address] = {"uuid:pk": patrol.pk, "uuid:spot": spot.pk}
    for address in ("export/", "import/", "import/do/"):
        found[f"console/places/<slug:slug>/{address}"] = {"slug:slug": "things"}
    return found


def parts(values):
    """Return the same by the name of the page, for those who open every page of the console in a browser."""
    found = {name: values[address]["uuid:pk"] for name, address in PAGES.items()}
    return {name: {"pk": pk} for name, pk in found.items()} | {"places_import": {"slug": "things"}}


PAGES = {
    "building": "console/buildings/<uuid:pk>/",
    "building_change": "console/buildings/<uuid:pk>/change/",
    "home_new": "console/buildings/<uuid:pk>/homes/new/",
    "home": "console/homes/<uuid:pk>/",
    "thing": "console/things/<uuid:pk>/",
    "thing_change": "console/things/<uuid:pk>/change/",
    "organisation": "console/organisations/<uuid:pk>/",
    "organisation_change": "console/organisations/<uuid:pk>/change/",
    "spot": "console/patrols/spots/<uuid:pk>/",
    "spot_change": "console/patrols/spots/<uuid:pk>/change/",
    "route": "console/patrols/routes/<uuid:pk>/",
}
LISTS = (
    "buildings", "building_new", "things", "thing_new", "organisations", "organisation_new", "places_import", "patrols",
    "spot_new", "routes",
)  # fmt: skip
NO_PAGE = {
    "thing_remove",
    "organisation_close",
    "places_export",
    "places_import_do",
    "spot_retire",
    "route_retire",
}
