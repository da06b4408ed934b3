"""A case that waits with the district on real connections: the seat answers while the street takes it back, two seats at once."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MONDAY_NOON, act, life, staff
from tests.races.conftest import all_at_once, fresh, put_back, tally
from yige.cases.models import Case, Entry, Wait
from yige.lib.refusals import Refusal

ROUNDS = 100
AT = MONDAY_NOON
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def raised(here):
    """A case that waits with the district, whose streets have two seats."""
    here.second_seat = staff("second_seat", "district_seat", "/zz/", here.district_unit)
    case = life(here, "accepted")
    case = act("escalate", case, by=here.desk, at=AT, tried="找过", asked="协调")
    return Case.objects.get(pk=case.pk), Wait.objects.get()


def send_down(here, case):
    return act("send_down", case, by=fresh(here.seat), at=AT, answer="可以办", direction="先停用")


def take_back(here, case):
    return act("take_back", case, by=fresh(here.desk), at=AT, words="街道自己修")


def assign(here, case):
    return act("assign", case, by=fresh(here.second_seat), at=AT, unit=here.bureau_unit, words="今天去")


RIVALS = {
    "the seat answers, the street takes it back": (send_down, take_back, {"down", "back"}),
    "one seat answers, the other hands it out": (send_down, assign, {"down", ""}),
    "one seat hands it out, the street takes it back": (assign, take_back, {"", "back"}),
}


@pytest.mark.parametrize("pair", RIVALS)
def test_one_of_two_has_its_way_and_the_case_waits_at_one_level(here, raised, pair):
    case, wait = raised
    *rivals, ways = RIVALS[pair]
    seen = set()

    for _ in range(ROUNDS):
        results = all_at_once([lambda act=act: act(here, case) for act in rivals])
        assert tally(results)["won"] == 1 and sum(isinstance(one, Refusal) for one in results) == 1, results
        [winner] = [one for one in results if isinstance(one, Case)]
        open_rows = list(Wait.objects.filter(ended_at=None))
        assert [(row.tier, row.way) for row in open_rows] == (
            [] if winner.state == "dispatched" else [("street", open_rows[0].way)]
        )
        assert Case.objects.get(pk=case.pk).version == case.version + 1
        seen.add(open_rows[0].way if open_rows else "")
        Wait.objects.exclude(pk=wait.pk).delete()
        Entry.objects.filter(verb__in=("send_down", "take_back", "assign")).delete()
        put_back(case, wait)

    assert seen <= ways and seen


def test_without_the_lock_both_send_it_somewhere(here, raised):
    """The negative control: who looks before locking lets both in, and only the constraint refuses the second wait."""
    case, wait = raised

    def careless(tier, way):
        if Wait.objects.get(ended_at=None).tier != "district":
            return
        with transaction.atomic():
            Wait.objects.filter(pk=wait.pk).update(ended_at=AT)
            Wait.objects.create(case=case, at=AT, by=here.desk, tier=tier, way=way, asked="接着办", due_at=AT)

    caught = 0
    for _ in range(ROUNDS):
        results = all_at_once([lambda: careless("street", "down"), lambda: careless("street", "back")])
        caught += any(isinstance(one, IntegrityError) for one in results)
        Wait.objects.exclude(pk=wait.pk).delete()
        put_back(wait)
    assert caught, "both looked before either wrote: only the constraint stood in the way"
