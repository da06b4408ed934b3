"""Eight people on one case: exactly one wins, the others are told that somebody was first; nothing locks up."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories import MONDAY_NOON, act, category, life, reported
from tests.races.conftest import ACTORS, all_at_once, fresh, tally
from yige.accounts.actors import LinkHolder
from yige.audit.bulk_insert import insert_rows
from yige.audit.models import LogEntry
from yige.cases.models import Case, Closing, Entry, Reporter
from yige.cases.models.sides import Return
from yige.cases.move import check_move, entry_of, settle_row
from yige.cases.standings import standings
from yige.cases.workflow import BY_VERB
from yige.lib.refusals import Conflict

ROUNDS = 40
LATER = MONDAY_NOON + timedelta(hours=3)
ONE_WINNER = {"won": 1, 409: ACTORS - 1}

pytestmark = pytest.mark.django_db(transaction=True)


def race(case, verb, by, **said):
    return all_at_once([lambda: act(verb, case, by=fresh(by), at=LATER, **said)] * ACTORS)


def rewind(case, state):
    """Put a case back to where it stood, so that a hundred rounds need one life."""
    Entry.objects.filter(case=case, verb__in=ENDS_IN).delete()
    Closing.objects.filter(case=case).delete()
    Case.objects.filter(pk=case.pk).update(**state)


ENDS_IN = ("accept", "dispatch", "finish", "close", "merge")


def frozen(case):
    row = Case.objects.filter(pk=case.pk).values().get()
    return {name: value for name, value in row.items() if name not in ("id", "serial")}


@pytest.mark.parametrize(
    ("verb", "before", "who"),
    [
        ("accept", "reported", "desk"),
        ("dispatch", "accepted", "desk"),
        ("finish", "progressed", "worker"),
        ("close", "handled", "desk"),
        ("merge", "reported", "desk"),
    ],
)
def test_exactly_one_of_eight_wins_in_every_round(here, verb, before, who):
    case = life(here, until=before)
    said = {
        "accept": {"category": category(), "urgency": "normal", "nature": "public"},
        "dispatch": {"unit": here.team_unit, "person": here.worker},
        "finish": {"words": "换好了"},
        "close": {"words": "看过了"},
        "merge": {"into": reported(here)},
    }[verb]
    state, rounds = frozen(case), []

    for _ in range(ROUNDS):
        rounds.append(tally(race(case, verb, getattr(here, who), **said)))
        assert Entry.objects.filter(case=case, verb=verb).count() == 1
        rewind(case, state)

    assert rounds == [ONE_WINNER] * ROUNDS
    assert LogEntry.objects.filter(verb=f"cases.{verb}").count() >= ROUNDS


def dispatch_without_reading_again(case, *, by, at, unit):
    """The negative control: it locks as `move` does, but trusts what it read before the lock."""
    row = BY_VERB["dispatch"]
    with transaction.atomic():
        Case.objects.select_for_update().filter(pk=case.pk).first()
        check_move(row, case, standings(by, case, at), None)
        case.unit = unit
        settle_row(row, case, at)
        case.save()
        return insert_rows(entry_of(row, case, by=by, at=at, said={"unit": unit}, shown={}))


def test_without_reading_inside_the_lock_the_same_race_doubles(here):
    """When this does not double, the test above proves nothing."""
    case = life(here, until="accepted")
    state, doubled = frozen(case), 0

    for _ in range(20):
        read = [Case.objects.select_related("unit").get(pk=case.pk) for _ in range(ACTORS)]
        all_at_once(
            [
                lambda mine=mine: dispatch_without_reading_again(
                    mine, by=fresh(here.desk), at=LATER, unit=here.team_unit
                )
                for mine in read
            ]
        )
        doubled += Entry.objects.filter(case=case, verb="dispatch").count() > 1
        rewind(case, state)

    assert doubled >= 18


def test_merging_into_each_other_at_once_neither_locks_up_nor_makes_a_ring(here):
    for _ in range(30):
        one, other = reported(here), reported(here)
        results = all_at_once(
            [
                lambda case=case, into=into: act("merge", case, by=fresh(here.desk), at=LATER, into=into)
                for case, into in ((one, other), (other, one)) * 2
            ]
        )

        assert tally(results) == {"won": 1, 409: 3}
        assert Case.objects.filter(pk__in=[one.pk, other.pk], state="merged").count() == 1


def test_three_cases_merged_in_a_ring_at_once_leave_one_open(here):
    for _ in range(20):
        ring = [reported(here) for _ in range(3)]
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        results = all_at_once(
            [
                lambda c=c, into=into: act("merge", c, by=fresh(here.desk), at=LATER, into=into)
                for c, into in pairs
            ]
        )

        assert set(tally(results)) <= {"won", 409}
        assert Case.objects.filter(pk__in=[case.pk for case in ring]).open().count() >= 1


def test_different_verbs_at_once_leave_a_case_that_makes_sense(here):
    for _ in range(20):
        case = life(here, until="signed")
        results = all_at_once(
            [
                lambda c=case: act(
                    "hand_back", c, by=fresh(here.worker), at=LATER, reason="wrong_place", words="错了"
                ),
                lambda c=case: act("contact", c, by=fresh(here.worker), at=LATER, how="no_way", words="约了"),
                lambda c=case: act(
                    "transfer", c, by=fresh(here.desk), at=LATER, unit=here.bureau_unit, words="归城管"
                ),
                lambda c=case: act("withdraw", c, by=LinkHolder(c.pk), at=LATER, words="误报"),
            ]
        )
        after = Case.objects.get(pk=case.pk)

        assert set(tally(results)) <= {"won", 409, 403}, results
        assert after.version == case.version + tally(results)["won"]
        assert Return.objects.filter(case=case).count() == after.return_count


def same_report(here, key, words="路灯不亮好几天了"):
    return reported(here, key=key, words=words, contact={"phone": "19900000020"})


def test_eight_taps_with_one_key_are_one_case_with_one_answer(here):
    category()
    for place in range(20):
        key = f"tap-{place:020}"
        results = all_at_once([lambda k=key: same_report(here, k)] * ACTORS)

        assert tally(results) == {"won": ACTORS}
        assert len({case.pk for case in results}) == 1

    assert Case.objects.count() == Reporter.objects.count() == 20
    assert LogEntry.objects.filter(verb="cases.report").count() == 20


def test_other_words_under_the_same_key_at_once_are_refused(here):
    category()
    results = all_at_once(
        [lambda n=n: same_report(here, "k" * 24, words=f"路灯不亮{n}") for n in range(ACTORS)]
    )

    assert tally(results) == ONE_WINNER
    assert all(isinstance(result, (Case, Conflict)) for result in results)


def test_eight_retries_of_one_act_do_it_once(here):
    case = life(here, until="accepted")
    results = race(case, "dispatch", here.desk, unit=here.team_unit, person=here.worker, key="k" * 24)

    assert tally(results) == {"won": ACTORS}
    assert Entry.objects.filter(case=case, verb="dispatch").count() == 1


def test_serial_numbers_are_never_shared(here):
    category()
    results = all_at_once([lambda: reported(here)] * ACTORS)

    assert len({case.serial for case in results}) == ACTORS
