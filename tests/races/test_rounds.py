"""Eight at once on a round: one open round, one look at a place, one case; and eight things with eight serials."""

import pytest

from tests.factories import LAMP, MONDAY_NOON, category
from tests.races.conftest import ACTORS, all_at_once, fresh, tally
from yige.accounts.actors import COMMAND
from yige.archive.models import Thing
from yige.archive.places.things import make_thing
from yige.audit.models import LogEntry
from yige.cases.models import Case
from yige.contact.models import Look, Patrol
from yige.steps.patrol_finding import report_finding
from yige.steps.s2_discover import actions, planning

AT, ROUNDS = MONDAY_NOON, 20

pytestmark = pytest.mark.django_db(transaction=True)


def spots(here, count):
    return [
        planning.make_spot(here.grid, by=here.grid_head, at=AT, kind="facility", name=f"地点{number}")
        for number in range(count)
    ]


def taps(here, patrol, verb, said):
    """The same tap in eight windows."""
    return [lambda: verb(patrol, by=fresh(here.worker), at=AT, **said)] * ACTORS


def test_starts_at_once_are_one_round(here):
    for _ in range(ROUNDS):
        found = all_at_once([lambda: actions.start_patrol(here.grid, by=fresh(here.worker), at=AT)] * ACTORS)

        assert len({patrol.pk for patrol in found}) == 1
        actions.finish_patrol(found[0], by=here.worker, at=AT)
    assert Patrol.objects.count() == ROUNDS


def test_taps_with_one_key_are_one_look_and_all_are_told_the_same(here):
    patrol = actions.start_patrol(here.grid, by=here.worker, at=AT)

    for spot in spots(here, ROUNDS):
        said = {"spot": spot, "key": f"tap-{spot.pk}"}
        assert len({look.pk for look in all_at_once(taps(here, patrol, actions.look, said))}) == 1

    assert (Look.objects.count(), LogEntry.objects.filter(verb="contact.look_at_spot").count()) == (
        ROUNDS,
        ROUNDS,
    )


def test_taps_from_different_windows_leave_one_look(here):
    patrol = actions.start_patrol(here.grid, by=here.worker, at=AT)

    for spot in spots(here, ROUNDS):
        assert tally(all_at_once(taps(here, patrol, actions.look, {"spot": spot}))) == {
            "won": 1,
            409: ACTORS - 1,
        }

    assert Look.objects.count() == ROUNDS


def test_found_at_once_is_one_case(here):
    lamp, patrol = category(LAMP), actions.start_patrol(here.grid, by=here.worker, at=AT)

    for spot in spots(here, ROUNDS):
        said = {"spot": spot, "words": "灯不亮", "category": lamp, "key": f"found-{spot.pk}"}
        assert len({look.case.pk for look in all_at_once(taps(here, patrol, report_finding, said))}) == 1

    assert (Case.objects.count(), Look.objects.filter(result="found").count()) == (ROUNDS, ROUNDS)


def test_found_in_different_windows_is_one_case(here):
    lamp, patrol = category(LAMP), actions.start_patrol(here.grid, by=here.worker, at=AT)

    for spot in spots(here, 5):
        said = {"spot": spot, "words": "灯不亮", "category": lamp}
        assert tally(all_at_once(taps(here, patrol, report_finding, said))) == {"won": 1, 409: ACTORS - 1}

    assert Case.objects.count() == 5


def test_things_made_at_once_get_serials_one_after_the_other(here):
    said = {"category": "01037", "unit": here.bureau_unit, "place": "北门"}

    for _ in range(ROUNDS):
        all_at_once([lambda: make_thing(here.grid, by=COMMAND, at=AT, **said)] * ACTORS)

    codes = sorted(Thing.objects.values_list("code", flat=True))
    assert codes == [f"41010601037{number:06d}" for number in range(1, ROUNDS * ACTORS + 1)]
