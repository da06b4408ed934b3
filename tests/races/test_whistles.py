"""Joint work on real connections: two that report in, finish against a new step, two heads, one link twice."""

import pytest
from django.db import transaction
from django.db.models import QuerySet

from tests.factories import act
from tests.races.conftest import all_at_once, fresh, put_back, tally
from tests.whistles.joint import HOUR, SAID, SOUNDED, asked, brought, joint_town, sounded
from yige.accounts.actors import STRANGER
from yige.cases.models import Case, Entry
from yige.lib.refusals import Conflict
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS as CALLS
from yige.whistles.calling import CallAsked
from yige.whistles.models import Call, CallLink, Dispute, LinkAnswer, Whistle

ROUNDS = 100
LATER = SOUNDED + 2 * HOUR
pytestmark = pytest.mark.django_db(transaction=True)


def as_it_is(model, **named):
    return model.objects.get(**named)


def test_two_units_report_in_at_once_and_both_stand(here):
    joint = sounded(joint_town(here))
    rows = [as_it_is(Case, pk=joint.case.pk), as_it_is(Whistle), *Call.objects.all()]

    for _ in range(ROUNDS):
        results = all_at_once(
            [
                lambda: CALLS["arrive"](
                    joint.calls["bureau"], by=fresh(here.department), at=LATER, **SAID["arrive"]
                ),
                lambda: CALLS["arrive"](
                    joint.calls["water"], by=fresh(here.water), at=LATER, **SAID["arrive"]
                ),
            ]
        )
        assert tally(results) == {"won": 2}
        assert set(Call.objects.values_list("state", flat=True)) == {"arrived"}
        assert Whistle.objects.get().version == rows[1].version + 2
        put_back(*rows)


def test_without_the_lock_one_of_two_reports_is_not_counted(here, monkeypatch):
    """The negative control: both read the same whistle, and the second writes over what the first counted."""
    joint = sounded(joint_town(here))
    rows = [as_it_is(Case, pk=joint.case.pk), as_it_is(Whistle), *Call.objects.all()]
    people = {"bureau": here.department, "water": here.water}
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)

    def lost():
        all_at_once(
            [
                lambda slug=slug, by=by: CALLS["arrive"](
                    joint.calls[slug], by=fresh(by), at=LATER, **SAID["arrive"]
                )
                for slug, by in people.items()
            ]
        )
        counted = Whistle.objects.get().version
        put_back(*rows)
        return counted < rows[1].version + 2

    assert any(lost() for _ in range(ROUNDS))


@pytest.fixture
def nearly_done(here):
    """A case that could be finished at once, with a whistle whose last open call could get a step."""
    joint = sounded(joint_town(here))
    brought(joint.calls["bureau"], "confirm", here)
    CALLS["release"](joint.calls["water"], by=here.desk, at=LATER, reason="not_needed", words="不用了")
    joint.case = as_it_is(Case, pk=joint.case.pk)
    joint.whistle = as_it_is(Whistle)
    return joint


def call_again(here, joint):
    said = {"unit": here.property_unit, "part": "assist", "asked": "开门", "reached": "李师傅"}
    return plan.call_unit(joint.whistle, by=fresh(here.desk), at=LATER, **said)


def test_finish_and_one_more_unit_never_both_win(here, nearly_done):
    rows = [nearly_done.case, nearly_done.whistle]
    tallies = []

    for _ in range(ROUNDS):
        results = all_at_once(
            [
                lambda: act("finish", nearly_done.case, by=fresh(here.worker), at=LATER, words="好了"),
                lambda: call_again(here, nearly_done),
            ]
        )
        tallies.append(tally(results))
        case = as_it_is(Case, pk=nearly_done.case.pk)
        assert (case.state == "handled") != (case.open_parts == 1)
        Call.objects.filter(unit=here.property_unit).delete()
        Entry.objects.filter(case=case, at__gte=LATER, verb__in=("finish", "tell_joint")).delete()
        put_back(*rows)

    assert tallies == [{"won": 1, 409: 1}] * ROUNDS


def test_without_the_lock_and_the_constraint_both_win(here, nearly_done):
    """The negative control: whoever reads the count before the lock, and writes the state by hand, loses a part."""
    from django.db import IntegrityError

    def careless_finish():
        case = Case.objects.get(pk=nearly_done.case.pk)
        if case.open_parts:
            raise Conflict("held")
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(state="handled", handled_at=LATER)

    def careless_call():
        whistle = Whistle.objects.get()
        if not Case.objects.get(pk=whistle.case_id).may_be_handled:
            raise Conflict("over")
        with transaction.atomic():
            Case.objects.filter(pk=whistle.case_id).update(open_parts=1)

    caught = 0
    for _ in range(ROUNDS):
        results = all_at_once([careless_finish, careless_call])
        caught += any(isinstance(result, IntegrityError) for result in results)
        put_back(nearly_done.case)
    assert caught, "both read before either wrote: only the constraint stood in the way"


def disputed(here):
    """Return what two heads decide at once of one dispute, and the rows to put back."""
    joint = sounded(joint_town(here))
    CALLS["refuse_duty"](joint.calls["water"], by=here.water, at=LATER, **SAID["refuse_duty"])
    rows = [as_it_is(Case, pk=joint.case.pk), as_it_is(Whistle), *Call.objects.all(), as_it_is(Dispute)]

    def decide(ruling):
        return CALLS["decide_duty"](
            joint.calls["water"], by=fresh(here.street_head), at=LATER, ruling=ruling, words="清单"
        )

    return joint, [lambda: decide("stays"), lambda: decide("released")], rows


def test_two_street_heads_decide_one_dispute_once(here):
    joint, decisions, rows = disputed(here)

    for _ in range(ROUNDS):
        results = all_at_once(decisions)
        assert tally(results) == {"won": 1, 409: 1}
        dispute, call = as_it_is(Dispute), as_it_is(Call, pk=joint.calls["water"].pk)
        assert (dispute.ruling == "released") is (call.state == "released")
        put_back(*rows)


def test_without_the_lock_both_heads_decide(here, monkeypatch):
    """The negative control: both find the dispute open."""
    _, decisions, rows = disputed(here)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)

    def both():
        won = tally(all_at_once(decisions))["won"] == 2
        put_back(*rows)
        return won

    assert any(both() for _ in range(ROUNDS))


def link_of_a_firm(here):
    """Return a link of a firm where nobody has an account."""
    here = joint_town(here)
    firm = CallAsked(here.property_unit, "assist", "开门", "李师傅")
    return links.make_link(sounded(here, calls=asked(here, firm)).calls["property"], by=here.desk, at=LATER)


def test_one_link_from_two_phones_at_once_is_used_once(here):
    link = link_of_a_firm(here)

    def send(words):
        return links.answer_by_link(link, by=STRANGER, at=LATER, verb="arrive", said={"words": words})

    for _ in range(ROUNDS):
        results = all_at_once([lambda: send("甲"), lambda: send("乙")])
        assert tally(results) == {"won": 1, 409: 1}
        assert LinkAnswer.objects.count() == 1
        LinkAnswer.objects.all().delete()
        put_back(link)


def test_without_the_lock_a_link_is_used_twice(here):
    """The negative control: who looks before locking lets both in, and only the one-to-one row refuses the second."""
    link = link_of_a_firm(here)

    def careless(words):
        row = CallLink.objects.get(pk=link.pk)
        if not row.is_alive(LATER):
            raise Conflict(links.DEAD)
        CallLink.objects.filter(pk=link.pk).update(used_at=LATER)
        return words

    both = 0
    for _ in range(ROUNDS):
        both += tally(all_at_once([lambda: careless("甲"), lambda: careless("乙")])) == {"won": 2}
        put_back(link)
    assert both
