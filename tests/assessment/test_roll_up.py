"""What is rolled up equals what the rows say: on ledgers that chance wrote, after changes, and by the verbs themselves."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.assessment import ledgers
from tests.assessment.ledgers import AUTUMN, EDGES, OCTOBER, PROMISE, ROUND, plain, recount, write
from tests.factories import act, life
from tests.house import ROOT, python, shown
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.assessment.aggregates import asked_of
from yige.assessment.figures import below, counts, monthly, of_unit, whole
from yige.assessment.models import CountedWith, DayCount
from yige.assessment.periods import Period, month_of
from yige.assessment.roll_up import begin_anew, changed_spans, count_day, roll_up
from yige.cases import clockwork
from yige.cases.actions import answer_appeal, appeal_card
from yige.cases.closings import count_again
from yige.cases.models import Card, ChangedDay, Closing, FollowUp, Rating
from yige.lib.local_time import local_day

pytestmark = pytest.mark.django_db
AT = EDGES[-1] + timedelta(days=60)
WHOLE = Period(date(2026, 8, 1), date(2027, 1, 1))
BY = ((), ("unit",), ("grid_path",), ("category",), ("channel",), ("tier",))


@pytest.fixture
def ground():
    return ledgers.ground()


# What may change later in a round that was closed: of the story, and of the rows as the verbs write them.
def reopen(here, case, story):
    story["reopened"] = True
    Closing.objects.filter(case=case).update(reopened_at=AT)


def rate(here, case, story):
    if not story["said"]:
        story["said"] = [("no", "no", False)]
        Rating.objects.create(case=case, about=case, at=AT, contacted=True, solved="no", satisfied="no")


def ask_again(here, case, story):
    if story["said"]:
        (solved, satisfied, _), *rest = story["said"]
        story["said"] = [(solved, satisfied, True), *rest]
        FollowUp.objects.create(case=case, about=case, at=AT, reached=True, solved="yes", by=here.intake)


def lift(here, case, story):
    story["cards"] = [(unit, at, True) for unit, at, _ in story["cards"]]
    Card.objects.filter(case=case).update(lifted_at=AT)


def come_again(here, case, story):
    story["again"] = True
    Closing.objects.filter(case=case).update(came_again_at=AT)


LATER = [reopen, rate, ask_again, lift, come_again]
CHANGES = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(LATER)), max_size=5)


def change(here, rounds, changes, *, marked=True):
    """Change closed rounds after they were rolled up."""
    for place, how in changes:
        if place < len(rounds):
            how(here, here.cases[place], rounds[place])
            if marked:
                count_again(here.cases[place], 0)


def by_rows(period, where, by=()):
    """Count without the roll-up."""
    with transaction.atomic():
        CountedWith.objects.all().delete()
        found = counts(period, where, by)
        transaction.set_rollback(True)
    return found


def test_roll_up_rows_and_recount_are_equal_after_any_change(ground):
    """Right after the changes, when their days are counted by their rows, and once those are rolled up too."""

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ROUND, max_size=8), st.lists(PROMISE, max_size=2), CHANGES)
    def holds(rounds, promises, changes):
        with transaction.atomic():
            write(ground, rounds, promises)
            roll_up(AT)
            change(ground, rounds, changes)
            for by in BY:
                assert counts(WHOLE, below("/zz/js/"), by) == by_rows(WHOLE, below("/zz/js/"), by)
            by_unit = counts(OCTOBER, Q(), by=("unit",))
            roll_up(AT)
            assert (changed_spans(WHOLE), counts(OCTOBER, Q(), by=("unit",))) == ([], by_unit)
            for place, unit in enumerate(ground.units):
                expected = recount(ground, rounds, promises, OCTOBER, place)
                assert plain(by_unit.get((unit.pk,), whole({}))) == expected
            for month, found in zip(AUTUMN, monthly(AUTUMN, of_unit(ground.units[0])), strict=True):
                assert plain(found) == recount(ground, rounds, promises, month, 0)
            transaction.set_rollback(True)

    holds()


def test_a_change_that_nobody_marks_is_found_by_the_comparison(ground):
    """The comparison above can fail: without its mark a change is not seen."""
    story = {"unit": 0, "path": 0, "closed": EDGES[1], "contact": 1, "own": False, "reopened": False, "parked": False,
             "cards": [(0, EDGES[0], False)], "said": [], "ended": None, "moved_on": False, "progress": None}  # fmt: skip
    write(ground, [story], [])
    roll_up(AT)
    told = []
    for how in (lift, rate, reopen):
        change(ground, [story], [(0, how)], marked=False)
        told.append(plain(counts(OCTOBER, Q())[()]) == plain(by_rows(OCTOBER, Q())[()]))
        roll_up(AT)
        count_again(ground.cases[0], 0)
        roll_up(AT)

    assert told == [False, False, False]
    assert plain(counts(OCTOBER, Q())[()]) == recount(ground, [story], [], OCTOBER, 0)


@scene
def here():
    return factories.town()


def equal(period):
    return all(counts(period, Q(), by) == by_rows(period, Q(), by) for by in BY)


def test_every_verb_that_changes_a_figure_has_its_day_counted_again(here):
    """Closed, and then rated and taken up again, or asked on the phone, twice."""
    start = factories.MONDAY_NOON
    period = Period(date(2026, 2, 1), date(2026, 6, 1))
    case, other = (life(here, "closed", at=start, contact={"phone": "19900000024"}) for _ in range(2))
    roll_up(AT)
    steps = {
        "rate": lambda: act("rate", case, by=LinkHolder(case.pk), at=start + timedelta(days=1), contacted=True, solved="no",
                            satisfied="no", words="还是不亮"),
        "asked": lambda: act("follow_up", other, by=here.intake, at=start + timedelta(days=3), reached=True, contacted=True,
                             solved="partly", satisfied="fair", words="差一点"),
        "asked_again": lambda: act("follow_up", other, by=here.intake, at=start + timedelta(days=4), reached=True, contacted=True,
                                   solved="yes", satisfied="yes", words="好了"),
    }  # fmt: skip
    seen = []
    for name in ("rate", "asked", "asked_again"):
        before = counts(period, Q())[()]
        steps[name]()
        assert equal(period), name
        seen.append(counts(period, Q())[()] != before)
        assert changed_spans(period) != [], name
        roll_up(AT)
        assert equal(period) and changed_spans(period) == [], name

    assert seen == [True, True, True]


def test_a_card_given_late_and_lifted_has_its_day_counted_again(here):
    """The clock was late: the mark was missed before the case was closed, the card came after."""
    start, period = factories.MONDAY_NOON, Period(date(2026, 2, 1), date(2026, 6, 1))
    case = life(here, "closed", at=start, every=timedelta(days=4))
    roll_up(AT)
    told = [counts(period, Q())[()]["kept"][1:]]
    clockwork.wake(start + timedelta(days=40))
    told.append(counts(period, Q())[()]["kept"][1:])
    assert equal(period)
    roll_up(AT)
    for card in Card.objects.filter(case=case):
        card = appeal_card(card, by=here.grid_head, at=start + timedelta(days=41), words="那天停电")
        answer_appeal(card, by=here.street_head, at=start + timedelta(days=42), lift=True, words="属实")
    told.append(counts(period, Q())[()]["kept"][1:])

    assert equal(period)
    assert told == [(1, 1), (0, 1), (1, 1)]


def test_a_change_while_days_are_counted_stays_marked(here):
    """Whoever counts removes the marks that were there before; a mark of the same day that came since remains."""
    case = life(here, "closed", at=factories.MONDAY_NOON)
    roll_up(AT)
    count_again(case, 0)
    count_again(case, 0)

    assert ChangedDay.objects.count() == 2
    roll_up(AT)
    assert ChangedDay.objects.count() == 0


def test_other_definitions_are_not_read_and_all_is_counted_anew(here):
    case = life(here, "closed", at=factories.MONDAY_NOON)
    month = month_of(local_day(case.closed_at))
    roll_up(AT)
    DayCount.objects.update(kept_of=7)
    wrong = counts(month, Q())[()]["kept"].of
    CountedWith.objects.update(definition="of another release")
    right = counts(month, Q())[()]["kept"].of
    roll_up(AT)

    assert (wrong, right, counts(month, Q())[()]["kept"].of) == (7, 1, 1)
    assert (changed_spans(month), DayCount.objects.count()) == ([], 1)


def test_a_recount_goes_day_by_day_and_whoever_reads_meanwhile_reads_the_same(here):
    """Of other definitions; ended in the middle, it goes on where it was, and a day that has nothing any more is empty."""
    cases = [life(here, "closed", at=factories.MONDAY_NOON + timedelta(days=days)) for days in (0, 1, 3)]
    first, *_, last = (local_day(case.closed_at) for case in cases)
    period = Period(first, last + timedelta(days=1))
    roll_up(AT)
    Closing.objects.filter(case=cases[-1]).delete()
    DayCount.objects.filter(day__lt=last).update(kept_of=7)
    CountedWith.objects.update(definition="of another release")

    begin_anew(AT)
    begin_anew(AT)
    marked = sorted(set(ChangedDay.objects.values_list("day", flat=True)))
    seen = []
    for day in (last, first, first):
        seen.append(
            (count_day(day), counts(period, Q()) == by_rows(period, Q()), counts(period, Q())[()]["kept"].of)
        )

    assert marked == [first + timedelta(days=days) for days in range(4)]
    assert seen == [(True, True, 1), (True, True, 1), (False, True, 1)]
    assert roll_up(AT)["days"] == 2
    assert (counts(period, Q()) == by_rows(period, Q()), changed_spans(period)) == (True, [])


def test_the_columns_are_those_of_the_indicators():
    columns = {field.name for field in DayCount._meta.concrete_fields if field.name.endswith(("_met", "_of"))}

    assert columns == set(asked_of("closings"))


WRITERS = {
    "yige/cases/closings.py", "yige/cases/clockwork.py", "yige/cases/actions.py", "yige/steps/s7_clear/actions.py", "yige/month_sheets/exclusions.py",
}  # fmt: skip


def test_who_writes_what_closings_are_counted_from_says_which_day_changed():
    """A new writer of ratings, cards, attempts to ask or closings marks the day too, and then stands here."""
    writes = (
        "Rating.objects.create",
        "FollowUp.objects.create",
        "Card.objects.create",
        "Closing(",
        "card.lifted_at =",
        ".came_again_at = ",
        ".excluded = ",
    )
    found = {
        shown(path) for path in python() if shown(path).startswith("yige/") and "/migrations/" not in shown(path)
        if "class Closing(" not in path.read_text() and any(words in path.read_text() for words in writes)
    }  # fmt: skip

    assert found == WRITERS
    assert [name for name in WRITERS if "count_again" not in (ROOT / name).read_text()] == []


def test_only_the_days_that_changed_are_counted_again(here):
    for days in (0, 10):
        life(here, "closed", at=factories.MONDAY_NOON + timedelta(days=days))

    assert roll_up(AT)["days"] == 11
    count_again(Closing.objects.order_by("at").first().case, 0)
    assert roll_up(AT)["days"] == 1
    assert roll_up(AT)["days"] == 0
