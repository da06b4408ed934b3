"""Buildings, homes, households and people of the demo into the database, a micro-grid in one transaction.

`lay` writes them in bulk, `lay_by_verbs` calls the verbs with the same words; a test compares what both leave.
"""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.db import transaction

from yige.accounts.models import User
from yige.archive.models import Building, Home, Household, Label, Person, Tie
from yige.archive.people import actions, sealing
from yige.archive.person_fields import SEALED_FIELDS
from yige.archive.places import buildings
from yige.archive.words import BuildingKind, GrantedBy, Source, TieKind
from yige.demo import grids_and_accounts, households, staff, subdistrict
from yige.demo.bulk_copy import RowHeap
from yige.grids.models import Grid
from yige.lib.ids import new_id
from yige.lib.local_time import SHANGHAI, add_months, local_day

KEEPER = "registrar"


def empty_micro_grids():
    """Return the micro-grids whose buildings are not there yet, the named accounts' own first."""
    known = set(Building.objects.values_list("estate", "name"))
    wanted = {each.path for each in subdistrict.all_buildings() if (each.estate, each.name) not in known}
    return [grid.path for grid in households.micro_grids() if grid.path in wanted]


def lay_all(now):
    """Lay every micro-grid that is not there yet, yielding after each."""
    for path in empty_micro_grids():
        lay(path, now)
        yield path


@transaction.atomic
def lay(path, now):
    """Lay one micro-grid in bulk."""
    heap, who, at = RowHeap(), who_is_there(path), now - grids_and_accounts.BEFORE
    blocks, homes = {}, {}
    for each in subdistrict.buildings_of(path):
        said = facts_of(each)
        blocks[each] = Building(id=new_id(), grid=who.grid, grid_path=path, kind=BuildingKind.HOUSING, **said)
        heap.did(buildings.make_building, who.grid, by=who.keeper, at=at, made=blocks[each], **said)
    for row in households.homes_of(path):
        said, building = door_of(row), blocks[row.building]
        homes[row] = Home(id=new_id(), building=building, grid_path=path, **said)
        heap.did(buildings.make_home, building, by=who.keeper, at=at, made=homes[row], **said)
    heap.add(*blocks.values(), *homes.values())
    for row in households.households_of(path):
        _household(heap, who, row, homes[row.home], now)
    heap.write()


@transaction.atomic
def lay_by_verbs(path, now):
    """Lay one micro-grid by calling the verbs."""
    who, at = who_is_there(path), now - grids_and_accounts.BEFORE
    blocks = {
        each: buildings.make_building(who.grid, by=who.keeper, at=at, **facts_of(each))
        for each in subdistrict.buildings_of(path)
    }
    homes = {
        row: buildings.make_home(blocks[row.building], by=who.keeper, at=at, **door_of(row))
        for row in households.homes_of(path)
    }
    for row in households.households_of(path):
        _by_verbs(who, row, homes[row.home], now)


def who_is_there(path):
    """Return the keeper of the files, the worker of a micro-grid, and the grid."""
    return SimpleNamespace(
        keeper=User.objects.get(username=KEEPER),
        worker=User.objects.get(username=staff.micro_worker(path)),
        grid=Grid.objects.current().get(path=path),
    )


def _household(heap, who, row, home, now):
    at = moment(now, row.made, row.minute)
    said = housing(row, at)
    made = Household(
        id=new_id(), grid_id=home.building.grid_id, grid_path=home.grid_path, home=home, made_at=at
    )
    heap.did(actions.make_household, home, by=who.keeper, at=at, made=made, **said)
    heap.add(
        made,
        Tie(kind=said["kind"], household=made, home=home, since=said["since"]),
        actions.origin(made, ["home"], by=who.keeper, at=at, source=Source.DESK),
    )
    people = []
    for place in order(row):
        people.append((place, _person(heap, who, row, made, place, dict(people), now)))
    _label_all(heap, who, row, dict(people), now)
    if row.contact >= 0:
        made.contact = dict(people)[row.contact]
        heap.did(actions.name_contact, made, by=who.keeper, at=at, person=made.contact)


def _person(heap, who, row, household, place, people, now):
    said, at = words(row, place, people, now), written_at(row, place, now)
    person = Person(
        id=new_id(), household=household, grid_path=household.grid_path, made_at=at, relation=said["relation"],
        birth_year=said["birth_year"], sex=said["sex"], guardian=said["guardian"],
    )  # fmt: skip
    texts = {field: said.get(field, "") for field in SEALED_FIELDS}
    sealing.seal_values(person, **texts)
    sealing.set_sound(person, said["name"])
    heap.did(actions.add_person, household, by=who.keeper, at=at, made=person, **said)
    fields = [field for field, value in said.items() if value and value != "0" and field != "since"]
    heap.add(
        person,
        Tie(
            kind=TieKind.BELONGS,
            person=person,
            household=household,
            relation=person.relation,
            since=said["since"],
        ),
        actions.origin(person, fields, by=who.keeper, at=at, source=Source.DESK),
    )
    return person


def _label_all(heap, who, row, people, now):
    for person, at, said in labels_of(row, people, now):
        label = Label(id=new_id(), person=person, granted_at=at, until=add_months(local_day(at), 12), **said)
        heap.did(actions.grant_label, person, by=who.worker, at=at, made=label, **said)
        heap.add(
            label,
            actions.origin(person, [label.kind], by=who.worker, at=at, source=Source.VISIT, basis="consent"),
        )


def _by_verbs(who, row, home, now):
    at = moment(now, row.made, row.minute)
    made = actions.make_household(home, by=who.keeper, at=at, **housing(row, at))
    people = {}
    for place in order(row):
        said = words(row, place, people, now)
        people[place] = actions.add_person(made, by=who.keeper, at=written_at(row, place, now), **said)
    for person, granted_at, said in labels_of(row, people, now):
        actions.grant_label(person, by=who.worker, at=granted_at, **said)
    if row.contact >= 0:
        actions.name_contact(made, by=who.keeper, at=at, person=people[row.contact])


# what is said to a verb


def facts_of(building):
    return {name: getattr(building, name) for name in ("estate", "name", "units", "floors", "lon", "lat")}


def door_of(home):
    """Return what is said about a home; its building is told apart."""
    return {name: value for name, value in home._asdict().items() if name != "building"}


def housing(row, at):
    kind = TieKind.RENTS if row.rents else TieKind.LIVES
    return {"kind": kind, "since": local_day(at) - timedelta(days=row.lived)}


def words(row, place, people, now):
    """Return what is said about one person of a household."""
    each = row.people[place]
    at, born = written_at(row, place, now), birth_year(each, now)
    since = local_day(moment(now, row.made, row.minute)) - timedelta(days=row.lived)
    if since.year <= born:
        since = local_day(at)
    return {
        "name": each.name, "relation": each.relation, "birth_year": born, "sex": each.sex, "since": since,
        "guardian": people.get(each.guardian), "phone": each.phone, "emergency": each.emergency,
    }  # fmt: skip


def labels_of(row, people, now):
    """Yield (person, at, words) for every label of a household."""
    for place, person in people.items():
        each = row.people[place]
        by = GrantedBy.GUARDIAN if person.guardian_id else GrantedBy.PERSON
        for kind, days in each.labels:
            at = max(moment(now, days, 600 + place), min(person.made_at + timedelta(days=1), now))
            yield person, at, {"kind": kind, "granted_by": by}


def order(row):
    """Return the places of a household's people: a guardian before the child."""
    return sorted(range(len(row.people)), key=lambda place: row.people[place].guardian >= 0)


def written_at(row, place, now):
    """When this person was written down: with the household, a child born since in the year of its birth."""
    at, each = moment(now, row.made, row.minute) + timedelta(minutes=place + 1), row.people[place]
    born = birth_year(each, now)
    if local_day(at).year >= born:
        return at
    begin = datetime(born, 1, 1, tzinfo=SHANGHAI)
    end = min(datetime(born, 12, 31, 20, tzinfo=SHANGHAI), now)
    return begin + (end - begin) * each.dice


def birth_year(each, now):
    return local_day(now).year - each.age


def moment(now, days, minute):
    """A moment some days ago, at a minute of that day in Shanghai; never later than now."""
    day = local_day(now) - timedelta(days=days)
    return min(datetime.combine(day, time(minute // 60, minute % 60), SHANGHAI), now)
