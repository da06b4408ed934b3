"""What one verb forbids, no other gives: every situation × role × verb of a called unit, against tables written by hand.

Everybody tries everything, each in a transaction that is undone: what succeeds is what is written, it ends nothing but
what it is for, and the pages offer the same. Whom an open call waits for has it on the own desk.
"""

import pytest
from django.db import transaction

from tests.whistles import situations
from tests.whistles.situations import (
    HEAD_TRIES,
    LATER,
    answered_by_link,
    bring,
    everybody,
    give_step,
    may,
    open_rows,
    say,
    written_of,
)
from yige.accounts.actors import STRANGER
from yige.console.whistles.rows import calls as unit_rows
from yige.console.whistles.rows import whistle as rows
from yige.lib.refusals import Refusal
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.whistles import waiting
from yige.whistles.models import Call, LinkAnswer, PlanStep
from yige.whistles.words import CALL_ENDS

# fmt: off
CALLS = {
    # a called unit is:     what its people may do                                    the street's desk and head           the head alone
    "called":              ("sign contact arrive note_progress refuse_duty",          "release",                           ""),
    "signed":              ("contact arrive note_progress deliver refuse_duty",       "release",                           ""),
    "contacted":           ("contact arrive note_progress deliver refuse_duty",       "release",                           ""),
    "arrived":             ("note_progress deliver refuse_duty",                      "release",                           ""),
    "delivered":           ("",                                                       "confirm turn_back release",         ""),
    "confirmed":           ("",                                                       "assess",                            ""),
    "released":            ("",                                                       "assess",                            ""),
    "called by mistake":   ("",                                                       "",                                  ""),
    "assessed":            ("answer",                                                 "",                                  ""),
    "answered":            ("",                                                       "",                                  ""),
    "disputed":            ("sign contact arrive note_progress",                      "",                                  "decide_duty"),
    "disputed, delivered": ("",                                                       "turn_back",                         "decide_duty"),
    "ruled to stay":       ("sign contact arrive note_progress",                      "release",                           ""),
    "a step to do":        ("note_progress refuse_duty",                              "release",                           ""),
    "a step done":         ("note_progress deliver refuse_duty",                      "release",                           ""),
    "delivered, step done": ("",                                                      "turn_back release",                 ""),
}
# The same where nobody in the unit has an account: the desk writes down for it.
FIRMS = {
    "called":              ("", "release sign contact arrive note_progress refuse_duty",    ""),
    "an answer waits":     ("", "sign contact arrive note_progress refuse_duty",            ""),
    "disputed, an answer waits": ("", "sign contact arrive note_progress",                  "decide_duty"),
    "delivered, an answer waits": ("", "turn_back",                                         ""),
    "sent back":           ("", "release sign contact arrive note_progress refuse_duty",    ""),
}
# fmt: on


def test_every_situation_is_written_down():
    assert set(situations.BROUGHT) == {*CALLS, *FIRMS}


@pytest.mark.parametrize("name", CALLS)
def test_a_call(here, joint, name):
    check_call(here, joint, joint.calls["water"], name, CALLS[name])


@pytest.mark.parametrize("name", FIRMS)
def test_a_call_of_a_unit_without_an_account(here, joint, name):
    check_call(here, joint, joint.calls["property"], name, FIRMS[name])


def check_call(here, joint, call, name, written):
    call = bring(here, joint, call, name)
    people = everybody(here, joint.case)
    whole = name in ("called", "delivered") and call.unit.slug == "water"
    asked_of = people if whole else {role: people[role] for role in ("unit", "desk", "head")}

    found = may(CALL_VERBS, lambda verb: call, asked_of)

    unit, street, head = written
    assert found == written_of(unit=unit, desk=street, head=f"{street} {head}")
    assert offered_to_street(joint, call, here.desk) == found.get("desk", set())
    assert offered_to_street(joint, call, here.street_head) & HEAD_TRIES == found.get("head", set())
    if call.unit.slug == "water":
        assert offered_to_unit(here, call) == found.get("unit", set())
    check_way_on(here, joint, call, found)


def offered_to_street(joint, call, user):
    whistle = rows.get_whistle_or_404(user, joint.whistle.pk, LATER)
    units = rows.units_of(whistle, user, LATER)
    return {one.verb for unit in units if unit.call.pk == call.pk for one in unit.acts} & set(CALL_VERBS)


def offered_to_unit(here, call):
    return {
        one.verb for one in unit_rows.acts_of(unit_rows.get_call_or_404(here.water, call.pk, LATER), LATER)
    }


def check_way_on(here, joint, call, found):
    """Whom an open call waits for has it on the own desk, and can do something about it."""
    wait = waiting.wait_of(waiting.with_waits(Call.objects.filter(pk=call.pk)).get())
    if call.state in CALL_ENDS:
        assert wait is None
        return
    has_account = call.unit.slug == "water"
    role = {"head": "head", "street": "desk", "unit": "unit" if has_account else "desk"}[wait.whom]
    goes_on = found.get(role, set()) - {"note_progress"}
    street = waiting.street_waits(here.desk, LATER)
    if wait.whom == "head":
        assert (goes_on >= {"decide_duty"}, street.disputes) == (True, 1)
    elif LinkAnswer.objects.filter(decided_at=None).exists():
        assert street.answers == 1
    elif wait.whom == "street":
        assert (bool(goes_on), street.delivered) == (True, 1)
    else:
        steps = PlanStep.objects.open().filter(unit=call.unit, done_at=None).exists()
        assert goes_on or steps
        assert not has_account or waiting.unit_waits(here.water, LATER) >= 1


def test_no_ruling_ends_more_than_the_disputed_call_and_its_steps(here, joint):
    mine, other = (give_step(here, joint, unit) for unit in (here.water_unit, here.bureau_unit))
    call = say("refuse_duty", joint.calls["water"], by=here.water)
    ended = {}
    for ruling, instead in (("stays", None), ("released", None), ("other", here.community_unit)):
        before = open_rows()
        with transaction.atomic():
            say("decide_duty", call, by=here.street_head, ruling=ruling, instead=instead)
            ended[ruling] = before - open_rows()
            transaction.set_rollback(True)

    gone = {("call", call.pk), ("step", mine.pk)}
    assert ended == {"stays": set(), "released": gone, "other": gone}
    assert other.pk in {pk for _, pk in open_rows()}


@pytest.mark.parametrize("ruling", ["released", "other"])
def test_no_ruling_passes_over_what_came_by_a_link(here, joint, ruling):
    call = bring(here, joint, joint.calls["property"], "disputed, an answer waits")
    said = {"ruling": ruling, "instead": here.community_unit if ruling == "other" else None}

    with pytest.raises(Refusal, match="用链接来的答复还没有处理"):
        say("decide_duty", call, by=here.street_head, **said)
    links.send_answer_back(LinkAnswer.objects.get(), by=here.desk, at=LATER, words="先等定")
    assert say("decide_duty", call, by=here.street_head, **said).state == "released"


def test_a_link_says_for_a_unit_no_more_than_the_unit_itself(here, joint):
    """Neither for a unit that can log in, nor of a step that has its end, nor by somebody from elsewhere."""
    step = give_step(here, joint, here.property_unit)
    firm, water = joint.calls["property"], joint.calls["water"]
    answer = answered_by_link(here, firm)
    say("finish_step", step, by=here.desk)

    for call, words, asked_step in ((water, "有账号", None), (firm, "已经说做完", step)):
        with pytest.raises(Refusal, match=words):
            links.make_link(call, by=here.desk, at=LATER, step=asked_step)
    for by in (here.water, here.community_head, here.other_desk, STRANGER):
        for decide, said in ((links.take_over, {}), (links.send_answer_back, {"words": "不"})):
            with pytest.raises(Refusal):
                decide(answer, by=by, at=LATER, **said)
    assert LinkAnswer.objects.get().decided_at is None
