"""What the named accounts find: the doors of a tour, links, places to look at; told by the verbs, once."""

from datetime import timedelta

import pytest
from shapely import Point, Polygon

from tests.demo.conftest import NOW
from tests.demo.rows import left_by
from yige.accounts.models import User
from yige.archive.models import Household, Link, Organisation, Person, Thing
from yige.archive.places.things import code_fault
from yige.audit.models import LogEntry
from yige.contact import queries, todays_visits
from yige.contact.models import Answer, Look, Patrol, Promise, Spot, Visit
from yige.demo import (
    households,
    links_and_moves,
    organisations,
    places_and_patrols,
    residents,
    tour_households,
)
from yige.grids.models import Grid
from yige.lib.local_time import local_day

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
SHAPES = {grid.path: Polygon(grid.ring) for grid in households.micro_grids()}


@pytest.fixture
def toured(demo_ground):
    for path in (households.MICRO_GRID, households.MEMBERS_GRID):
        residents.lay(path, NOW)
    _link_members()
    tour_households.tell_doors(NOW)


def _link_members():
    member, by = User.objects.get(username="member"), User.objects.get(username="micro-001-01-02")
    for place in households.LINKED:
        links_and_moves.linking.link_household(
            links_and_moves.standing(households.MEMBERS_GRID, place), by=by, at=NOW - timedelta(days=90), user=member, consented=True,
        )  # fmt: skip


def at_door(place):
    return links_and_moves.standing(households.MICRO_GRID, place)


def test_every_kind_of_task_waits_for_the_micro_grid_worker(toured):
    promises = Promise.objects.open()

    assert promises.get(household=at_door(households.DUE)).due_on == TODAY
    assert promises.get(household=at_door(households.BROKEN)).due_on < TODAY
    assert at_door(households.WISH).wished_on == TODAY
    assert (TODAY - local_day(at_door(households.ALONE).met_at)).days == 9
    assert at_door(households.DECLINES).declines_on(TODAY)


def test_answers_are_owed_whose_cases_are_closed_in_progress_and_rejected(toured):
    owed = queries.answers_owed(at_door(households.RESIDENT), NOW) + queries.answers_owed(
        at_door(households.REJECTED), NOW
    )

    assert {(each.draft.row, each.draft.kind) for each in owed} == {
        ("closed", "done"),
        ("handling", "in_progress"),
        ("promised", "in_progress"),
        ("rejected", "cannot"),
    }


def test_member_met_all_eight_linked_households(toured):
    member = User.objects.get(username="member")
    linked = Household.objects.filter(links__user=member)

    assert linked.count() == 8
    assert set(Visit.objects.filter(by=member).values_list("household", flat=True)) == {
        each.pk for each in linked
    }
    assert Promise.objects.open().filter(household__in=linked, due_on=TODAY).exists()


def test_resident_was_looked_at_by_several_and_answered_before(toured):
    here = at_door(households.RESIDENT)
    subjects = [str(here.pk), str(here.contact_id)]

    looks = LogEntry.objects.filter(verb__in=("archive.view", "archive.reveal"), subject_id__in=subjects)
    assert looks.count() == 5
    assert Answer.objects.filter(need__household=here, ends=True).exists()


def test_a_second_tour_changes_nothing(toured):
    before = LogEntry.objects.count()

    tour_households.tell_doors(NOW + timedelta(minutes=5))

    assert LogEntry.objects.count() == before


def test_places_in_bulk_and_by_verbs_are_the_same(demo_ground, monkeypatch):
    path = households.MICRO_GRID
    residents.lay(path, NOW)
    firms, things = _at(organisations.invented_organisations, path), _at(organisations.invented_things, path)
    monkeypatch.setattr(organisations, "invented_organisations", lambda: firms)
    monkeypatch.setattr(organisations, "invented_things", lambda: things)

    by_verbs, in_bulk = (
        left_by(
            lambda verbs=verbs: places_and_patrols.lay_places(NOW, verbs), (Organisation, Thing), "archive."
        )
        for verbs in (True, False)
    )

    assert len(by_verbs["Thing"]) >= 4
    assert len(by_verbs["Organisation"]) >= 1
    assert in_bulk == by_verbs


def _at(rows, path):
    return [row for row in rows() if row.path == path]


def test_rounds_in_bulk_and_by_verbs_are_the_same(demo_ground):
    path = places_and_patrols.NAMED_GRID
    residents.lay(households.MICRO_GRID, NOW)
    route, spots = places_and_patrols.lay_route(path, NOW)

    by_verbs, in_bulk = (
        left_by(lambda walk=walk: walk(path, route, spots, NOW), (Patrol, Look, Spot), "contact.")
        for walk in (places_and_patrols.walk_by_verbs, places_and_patrols.walk_in_bulk)
    )

    assert len(by_verbs["Look"]) > 20
    assert in_bulk == by_verbs


def test_things_have_national_codes_and_stand_inside_their_micro_grid():
    things = organisations.invented_things()

    assert 550 <= len(things) <= 650
    assert len({each.code for each in things}) == len(things)
    assert all(SHAPES[each.path].contains(Point(each.lon, each.lat)) for each in things)
    assert all(code_fault(each.code, each.code[6:11]) == "" for each in things)


def test_organisations_are_as_many_as_the_source_says():
    kinds = [row.kind for row in organisations.invented_organisations()]

    assert kinds.count("social") == 62
    assert kinds.count("shop") + kinds.count("firm") == 60
    assert kinds.count("property") == 6
    assert kinds.count("owners") == 12
    assert all(row.name.startswith("演示") for row in organisations.invented_organisations())


def test_links_and_moves_are_made_by_the_verbs_once(demo_ground, monkeypatch):
    some = (households.MICRO_GRID, households.MEMBERS_GRID)
    for path in some:
        residents.lay(path, NOW)
    near = [
        each
        for each in links_and_moves.staff.invented_staff()
        if each.path in some or each.username in ("community", "deputy-001")
    ]
    monkeypatch.setattr(links_and_moves.staff, "invented_staff", lambda: near)
    for name, count in {"DECLINED": 8, "MOVED": 3, "LEFT": 5, "ENDED": 2, "WORK": 4}.items():
        monkeypatch.setattr(links_and_moves, name, count)
    place = Grid.objects.current().get(path=some[0])
    Organisation.objects.create(grid=place, grid_path=place.path, kind="shop", name="演示店")

    for _ in range(2):
        links_and_moves.link(NOW)
        links_and_moves.go_on(NOW)

    assert Link.objects.filter(kind="household", user__username="member").count() == 8
    assert Link.objects.filter(kind="area").count() == 2
    assert Household.objects.exclude(declines_until=None).count() == 8
    assert Household.objects.exclude(ended_at=None).count() == 2
    assert Person.objects.filter(household=None).count() <= 5
    assert LogEntry.objects.filter(verb="archive.tell_work").count() == 4


def test_todays_list_of_the_micro_grid_worker_leads_with_what_was_promised(toured):
    found = todays_visits.visits_of_today(User.objects.get(username="micro"), NOW, 8).rows

    reasons = [task.reason for task, _ in found]
    assert reasons[:4] == ["答应的事过了期", "答应的日子到了", "约定这时候联系", "要了上门服务，该去看看了"]
    assert at_door(households.DECLINES).pk not in {task.id for task, _ in found}
