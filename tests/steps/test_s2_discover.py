"""Rounds through the verbs: who walks, one open round, looks that are made once, what is found becomes a case."""

from datetime import timedelta

import pytest

from tests.factories import LAMP, MONDAY_NOON, building, category, grid
from yige.accounts.models import User
from yige.audit.models import LogEntry
from yige.cases.models import Case
from yige.contact.models import Look, Patrol, Route, Spot
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.patrol_finding import report_finding
from yige.steps.s2_discover import actions, planning

AT = MONDAY_NOON


def route(here, name="东院一圈", place=None, by=None):
    return planning.make_route(place or here.grid, by=by or here.grid_head, at=AT, name=name)


def spot(here, name="充电棚", place=None, by=None, **said):
    said = {"kind": "facility", **said}
    return planning.make_spot(place or here.grid, by=by or here.grid_head, at=AT, name=name, **said)


def begun(here, by=None, **said):
    made = spot(here, **said)
    return actions.start_patrol(here.grid, by=by or here.worker, at=AT), made


def test_round_is_begun_in_the_unit_of_the_own_post(here):
    walked = actions.start_patrol(route(here), by=here.worker, at=AT, key="a" * 20)

    assert (walked.by, walked.unit, walked.grid_path) == (here.worker, here.team_unit, "/zz/js/9/")
    assert LogEntry.objects.filter(verb="contact.start_patrol", subject_id=str(walked.pk)).count() == 1


def test_second_start_goes_on_with_the_open_round(here):
    first = actions.start_patrol(route(here), by=here.worker, at=AT)

    again = actions.start_patrol(here.grid, by=here.worker, at=AT + timedelta(hours=1))

    assert (again.pk, Patrol.objects.count()) == (first.pk, 1)


def test_round_that_was_forgotten_ends_when_the_next_begins(here):
    walked, place = begun(here)
    actions.look(walked, by=here.worker, at=AT, spot=place)

    fresh = actions.start_patrol(here.grid, by=here.worker, at=AT + timedelta(days=1))
    actions.look(fresh, by=here.worker, at=AT + timedelta(days=1), spot=place)

    walked.refresh_from_db()
    assert (fresh.pk == walked.pk, walked.finished_at) == (False, AT + timedelta(days=1))
    assert Look.objects.filter(spot=place).count() == 2


@pytest.mark.parametrize("name", ["neighbour_worker", "department", "desk", "auditor", "idle", "former"])
def test_nobody_walks_outside_the_own_area(here, name):
    with pytest.raises(NotAllowed):
        actions.start_patrol(here.grid, by=getattr(here, name), at=AT)

    assert Patrol.objects.count() == 0


def test_micro_worker_walks_the_own_micro_grid_and_not_the_grid_above(here):
    with pytest.raises(NotAllowed):
        actions.start_patrol(here.grid, by=here.micro, at=AT)
    walked = actions.start_patrol(here.micro_grid, by=here.micro, at=AT)

    assert walked.grid_path == "/zz/js/9/1/"


def test_look_says_when_the_place_was_looked_at(here):
    walked, place = begun(here)

    seen = actions.look(walked, by=here.worker, at=AT + timedelta(minutes=5), spot=place)

    assert (seen.result, Spot.objects.get().looked_at) == ("fine", AT + timedelta(minutes=5))


def test_two_taps_with_one_key_are_one_look(here):
    walked, place = begun(here)

    first = actions.look(walked, by=here.worker, at=AT, spot=place, key="tap")
    second = actions.look(walked, by=here.worker, at=AT + timedelta(seconds=1), spot=place, key="tap")

    assert (first.pk, Look.objects.count()) == (second.pk, 1)


def test_second_look_without_the_key_is_told_that_it_was_done(here):
    walked, place = begun(here)
    actions.look(walked, by=here.worker, at=AT, spot=place)

    with pytest.raises(Conflict, match="已经记过：没有问题"):
        actions.look(walked, by=here.worker, at=AT, spot=place)

    assert LogEntry.objects.filter(verb="contact.look_at_spot").count() == 1


def test_round_of_somebody_else_is_not_written_in(here):
    walked, place = begun(here)

    with pytest.raises(NotAllowed, match="别人开始的"):
        actions.look(walked, by=here.grid_head, at=AT, spot=place)
    with pytest.raises(NotAllowed):
        actions.finish_patrol(walked, by=here.grid_head, at=AT)

    assert Look.objects.count() == 0


def test_place_of_another_grid_or_route_does_not_belong_to_the_round(here):
    walked, _ = begun(here)
    other = spot(here, place=here.neighbour_grid, by=here.neighbour_head)

    with pytest.raises(NotSaid, match="不在这次巡查里"):
        actions.look(walked, by=here.worker, at=AT, spot=other)


def test_round_ends_for_whoever_left_the_post(here):
    walked, place = begun(here)
    here.worker.posts.update(until=AT.date())

    with pytest.raises(NotAllowed, match="不在您的片区"):
        actions.look(walked, by=User.objects.get(pk=here.worker.pk), at=AT, spot=place)

    assert Look.objects.count() == 0


def test_found_becomes_a_case_with_grid_place_and_point(here):
    block = building(here)
    block.lon, block.lat = 113.29, 34.81
    block.save()
    walked, place = begun(here, place=here.micro_grid, building=block, name="2单元楼道")

    seen = report_finding(
        walked, by=here.worker, at=AT, spot=place, words="楼道灯不亮", category=category(LAMP), key="k" * 20
    )

    case = Case.objects.get()
    assert (seen.result, seen.case) == ("found", case)
    assert (case.grid_path, case.place, case.channel) == ("/zz/js/9/1/", "向阳小院3号楼 2单元楼道", "patrol")
    assert (case.lon, case.lat, case.reported_by) == (113.29, 34.81, here.worker)


def test_two_taps_on_found_are_one_case(here):
    walked, place = begun(here)
    said = {"spot": place, "words": "灯不亮", "category": category(LAMP), "key": "k" * 20}

    report_finding(walked, by=here.worker, at=AT, **said)
    report_finding(walked, by=here.worker, at=AT, **said)

    assert (Case.objects.count(), Look.objects.count()) == (1, 1)


def test_found_twice_in_two_windows_leaves_one_case(here):
    walked, place = begun(here)
    said = {"spot": place, "category": category(LAMP)}
    report_finding(walked, by=here.worker, at=AT, words="灯不亮", **said)

    with pytest.raises(Conflict, match="已经记过：发现问题"):
        report_finding(walked, by=here.worker, at=AT, words="还是不亮", **said)

    assert Case.objects.count() == 1


def test_found_after_fine_changes_the_look(here):
    walked, place = begun(here)
    actions.look(walked, by=here.worker, at=AT, spot=place)

    report_finding(walked, by=here.worker, at=AT, spot=place, words="灯不亮", category=category(LAMP))

    assert list(Look.objects.values_list("result", flat=True)) == ["found"]


def test_finished_round_takes_no_more_and_finishing_twice_is_once(here):
    walked, place = begun(here)
    actions.finish_patrol(walked, by=here.worker, at=AT + timedelta(hours=1))

    again = actions.finish_patrol(walked, by=here.worker, at=AT + timedelta(hours=2))

    assert again.finished_at == AT + timedelta(hours=1)
    with pytest.raises(Conflict, match="已经结束"):
        actions.look(walked, by=here.worker, at=AT, spot=place)


@pytest.mark.parametrize("name", ["worker", "micro", "neighbour_head", "street_head", "registrar"])
def test_routes_and_places_are_set_by_the_heads_of_the_grid(here, name):
    with pytest.raises(NotAllowed):
        route(here, by=getattr(here, name))
    with pytest.raises(NotAllowed):
        spot(here, by=getattr(here, name))

    assert (Route.objects.count(), Spot.objects.count()) == (0, 0)


def test_bad_input_has_its_sentence_at_its_field(here):
    with pytest.raises(NotSaid) as refused:
        spot(here, name=" ", kind="river", every_days=0, hint="看" * 121)

    assert set(refused.value.fields) == {"name", "kind", "every_days", "hint"}


def test_name_is_used_once_in_a_grid_while_it_is_in_use(here):
    first = spot(here)
    with pytest.raises(Conflict, match="同名的地点"):
        spot(here)
    planning.retire_spot(first, by=here.grid_head, at=AT)

    assert spot(here).active


def test_places_follow_each_other_on_their_route_and_stay_when_it_is_retired(here):
    lane = route(here)
    places = [spot(here, name=name, route=lane) for name in ("一", "二")]
    assert [place.place_in_route for place in places] == [1, 2]

    planning.retire_route(lane, by=here.community_head, at=AT)

    assert list(Spot.objects.values_list("route", "active")) == [(None, True), (None, True)]


def test_route_of_another_grid_is_refused(here):
    lane = route(here, place=here.neighbour_grid, by=here.neighbour_head)

    with pytest.raises(NotSaid, match="这条路线不在这个网格"):
        spot(here, route=lane)


def test_place_takes_its_grid_from_what_stands_there(here):
    made = planning.make_spot(
        None, by=here.grid_head, at=AT, kind="courtyard", name="院子", building=building(here)
    )

    assert made.grid == grid("/zz/js/9/1/")
