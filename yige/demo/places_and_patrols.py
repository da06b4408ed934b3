"""Organisations and things of the demo, places to look at, and the rounds of the last months over them.

In bulk with the lines of the verbs, but for the places themselves and the rounds of the grid of the named accounts.
"""

from datetime import timedelta
from random import Random

from django.db import transaction

from yige.accounts.models import Unit, User
from yige.archive.models import Building, Organisation, Thing
from yige.archive.places import organisations as keeping
from yige.archive.places import things as registering
from yige.archive.words import OrganisationKind
from yige.contact.models import Look, Patrol, Route, Spot
from yige.contact.words import LookResult, SpotKind
from yige.demo import grids_and_accounts, households, organisations, staff, subdistrict
from yige.demo.bulk_copy import RowHeap
from yige.demo.residents import KEEPER, moment
from yige.grids.models import Grid
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.steps.s2_discover import actions as s2
from yige.steps.s2_discover import planning

NAMED_GRID = "/410106003/001/01/"  # where the named accounts work
WEEKS, LAID = 30, 300  # of rounds behind us; days ago that the routes were laid
COURTYARDS, FACILITIES = 5, 4  # of a grid's round
NEGLECTED_SHARE, SKIPPED_SHARE = 0.12, 0.15
MINUTES = 4  # from one place to the next


def lay_places(now, verbs=False):
    """Register organisations and things, once."""
    if Organisation.objects.filter(name=organisations.invented_organisations()[0].name).exists():
        return
    with transaction.atomic():
        heap, by, at = RowHeap(), User.objects.get(username=KEEPER), now - grids_and_accounts.BEFORE
        grids = {grid.path: grid for grid in Grid.objects.current()}
        for grid, said in [*_organisations(grids), *_things(grids, now)]:
            act, model = _kept(said)
            if verbs:
                act(grid, by=by, at=at, **said)
                continue
            facts = {name: value for name, value in said.items() if name != "category"}
            made = model(id=new_id(), grid=grid, grid_path=grid.path, **facts)
            heap.did(act, grid, by=by, at=at, made=made, **said)
            heap.add(made)
        heap.write()


def _kept(said):
    return (
        (registering.make_thing, Thing) if "category" in said else (keeping.make_organisation, Organisation)
    )


def _organisations(grids):
    blocks = {(each.grid_path, each.name): each for each in Building.objects.select_related("grid")}
    for row in organisations.invented_organisations():
        here = subdistrict.buildings_of(row.path)[row.place]
        building = blocks[row.path, here.name]
        yield grids[row.path], {
            "kind": row.kind, "name": row.name, "address": f"{here.place}一层", "phone": row.phone,
            "services": row.services, "building": building, "lon": here.lon, "lat": here.lat,
        }  # fmt: skip


def _things(grids, now):
    units = {unit.slug: unit for unit in Unit.objects.all()}
    for row in organisations.invented_things():
        yield grids[row.path], {
            "category": row.code[6:11], "code": row.code, "name": row.name, "place": row.place, "unit": units[row.unit],
            "state": row.state, "since": local_day(now) - timedelta(days=365 * row.years), "lon": row.lon, "lat": row.lat,
        }  # fmt: skip


def grids_without_rounds():
    """Return the grids whose rounds are not laid yet, that of the named accounts first."""
    laid = set(Route.objects.values_list("grid_path", flat=True))
    return [grid.path for grid in subdistrict.all_grids() if grid.level == 3 and grid.kind == "ordinary" and grid.path not in laid]  # fmt: skip


@transaction.atomic
def lay_rounds(path, now):
    """Lay the round of one grid and tell who walked it since."""
    route, spots = lay_route(path, now)
    (walk_by_verbs if path == NAMED_GRID else walk_in_bulk)(path, route, spots, now)


def lay_route(path, now):
    """Lay a route through a grid with its courtyards, shops, firms and facilities, by the verbs."""
    at, head = moment(now, LAID, 600), User.objects.get(username=staff.grid_head(path))
    grid = Grid.objects.current().get(path=path)
    route = planning.make_route(grid, by=head, at=at, name="院里一圈")
    spots = []
    for number, said in enumerate(_places(path), 1):
        spots.append(planning.make_spot(None, by=head, at=at, route=route, place_in_route=number, **said))
    return route, spots


def _places(path):
    here = {"grid_path__startswith": path}
    for each in Building.objects.filter(**here).select_related("grid")[:COURTYARDS]:
        hint = "楼道杂物、飞线充电、消防通道"
        yield {
            "kind": SpotKind.COURTYARD,
            "name": f"{each}院子和楼道",
            "building": each,
            "hint": hint,
            "every_days": 7,
        }
    shops = Organisation.objects.filter(kind__in=("shop", "firm"), **here).select_related("grid")
    for each in shops:
        kind = SpotKind.SHOP if each.kind == OrganisationKind.SHOP else SpotKind.FIRM
        hint = "灭火器、燃气软管、门口占道"
        yield {"kind": kind, "name": each.name, "organisation": each, "hint": hint, "every_days": 14}
    for number, each in enumerate(Thing.objects.filter(**here).select_related("grid")[:FACILITIES], 1):
        name = f"{each.place}{each.name}"
        yield {"kind": SpotKind.FACILITY, "name": f"{name}（{number}）", "thing": each, "every_days": 30}


def rounds_of(path, spots):
    """Yield (days ago, number of the worker, places looked at), oldest first; some places nobody looks at for long."""
    random = Random(households.HOUSEHOLD_SEED * 3_001 + households.hash_of(path))  # noqa: S311 a fixed seed is the point
    since = {spot: random.randint(5, 12) if random.random() < NEGLECTED_SHARE else 0 for spot in spots}
    for week in range(WEEKS, 0, -1):
        due = [spot for spot in spots if week % max(spot.every_days // 7, 1) == 0 and week > since[spot]]
        seen = [spot for spot in due if random.random() > SKIPPED_SHARE]
        if seen:
            yield week * 7 - random.randint(0, 6) or 1, week % 2, seen


def walk_by_verbs(path, route, spots, now):
    workers = _workers(path)
    for days, number, seen in rounds_of(path, spots):
        at, by = moment(now, days, 570), workers[number]
        patrol = s2.start_patrol(route, by=by, at=at)
        for place, spot in enumerate(seen, 1):
            said = {"spot": spot, "result": LookResult.FINE}
            s2.look(patrol, by=by, at=at + timedelta(minutes=place * MINUTES), **said)
        s2.finish_patrol(patrol, by=by, at=at + timedelta(minutes=(len(seen) + 1) * MINUTES))


def walk_in_bulk(path, route, spots, now):
    heap, workers = RowHeap(), _workers(path)
    for days, number, seen in rounds_of(path, spots):
        at, by = moment(now, days, 570), workers[number]
        patrol = Patrol(
            id=new_id(), route=route, by=by, unit_id=by.posts_at(at)[0].unit_id, started_at=at, grid_path=path,
            finished_at=at + timedelta(minutes=(len(seen) + 1) * MINUTES),
        )  # fmt: skip
        heap.add(patrol)
        heap.did("contact.start_patrol", route, by=by, at=at, made=patrol)
        for place, spot in enumerate(seen, 1):
            then, said = at + timedelta(minutes=place * MINUTES), {"spot": spot, "result": LookResult.FINE}
            made = Look(id=new_id(), patrol=patrol, at=then, case=None, **said)
            heap.did(s2.look, patrol, by=by, at=then, made=made, **said)
            heap.add(made)
            spot.looked_at = then
        heap.did(s2.finish_patrol, patrol, by=by, at=patrol.finished_at)
    heap.write()
    Spot.objects.bulk_update(spots, ["looked_at"])


def _workers(path):
    names = staff.grid_workers(path)
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    return [users[name] for name in names]
