"""What one verb forbids, no other gives: every situation × role × verb of a step, of a whistle, and of their case."""

from types import SimpleNamespace

import pytest

from tests.factories import act, life, reported
from tests.whistles.joint import SOUNDED, brought, sounded
from tests.whistles.situations import LATER, everybody, give_step, may, open_rows, say, written_of
from tests.whistles.test_call_moves import WRITTEN
from yige.accounts.actors import LinkHolder
from yige.cases import workflow
from yige.cases.models import Case
from yige.cases.words import BEFORE_HANDLED
from yige.console.whistles.rows import whistle as rows
from yige.lib.refusals import Refusal
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.whistles import call_moves, waiting
from yige.whistles.models import Whistle
from yige.whistles.words import CALL_ENDS

# fmt: off
STEPS = {
    # a step is:    its unit        the unit that leads    the street
    "to do":       ("finish_step",  "shift_step",          "shift_step drop_step"),
    "done":        ("",             "",                    "accept_step redo_step drop_step"),
    "redone":      ("finish_step",  "shift_step",          "shift_step drop_step"),
    "accepted":    ("",             "",                    ""),
    "dropped":     ("",             "",                    ""),
    "of who went": ("",             "",                    ""),
}
WHISTLES = {
    # a whistle:         the unit that leads    the street
    "runs":             ("add_step",            "add_step set_meeting call_unit stabilise make_link"),
    "is stable":        ("add_step",            "add_step set_meeting call_unit make_link"),
    "has no lead":      ("",                    "add_step set_meeting call_unit stabilise make_link name_lead"),
    "has no open part": ("",                    "call_unit stabilise"),
    "has all said":     ("",                    "call_unit stabilise end_whistle"),
    "outlives its case": ("",                   "stabilise end_whistle"),
    "has ended":        ("",                    ""),
}
# fmt: on


@pytest.mark.parametrize("name", STEPS)
def test_a_step(here, joint, name):
    step = give_step(here, joint, here.water_unit)
    people = everybody(here, joint.case)
    for verb, by in {
        "done": [("finish_step", here.water)],
        "redone": [("finish_step", here.water), ("redo_step", here.desk)],
        "accepted": [("finish_step", here.water), ("accept_step", here.desk)],
        "dropped": [("drop_step", here.desk)],
    }.get(name, ()):
        say(verb, step, by=by)
    if name == "of who went":
        say("release", joint.calls["water"], by=here.desk)
    unit, lead, street = STEPS[name]
    asked_of = (
        people if name == "to do" else {role: people[role] for role in ("unit", "lead", "desk", "head")}
    )

    found = may(plan.STEP_VERBS, lambda verb: step, asked_of)

    assert found == written_of(unit=unit, lead=lead, desk=street, head=street)
    whistle = rows.get_whistle_or_404(here.desk, joint.whistle.pk, LATER)
    units = rows.units_of(whistle, here.desk, LATER)
    assert {one.verb for row in rows.steps_of(whistle, here.desk, units, LATER) for one in row.acts} == set(
        street.split()
    )


def bring_whistle(here, joint, name):
    """Bring the whistle into a situation; the water works are let go, the firm delivers by the desk."""
    bureau, water, firm = (joint.calls[slug] for slug in ("bureau", "water", "property"))
    if name == "is stable":
        say("stabilise", joint.whistle, by=here.desk)
    if name == "has no lead":
        say("release", bureau, by=here.desk)
    if name in ("runs", "is stable", "has no lead"):
        return
    brought(bureau, "confirm", here)
    brought(firm, "confirm", here, by=here.desk)
    say("release", water, by=here.desk, reason="mistaken")
    if name == "has no open part":
        return
    for call in (bureau, firm):
        say("assess", call, by=here.desk)
    if name == "outlives its case":
        act("finish", joint.case, by=here.worker, at=LATER, words="修好了")
    if name == "has ended":
        say("end_whistle", joint.whistle, by=here.desk)


@pytest.mark.parametrize("name", WHISTLES)
def test_a_whistle(here, joint, name):
    bring_whistle(here, joint, name)
    people = everybody(here, joint.case)
    whistle = Whistle.objects.get()
    whistle.community_unit, whistle.first_unit = here.community_unit, here.property_unit
    about = {"make_link": joint.calls["property"], "name_lead": joint.calls["property"]}
    verbs = [*plan.WHISTLE_VERBS, *about]
    lead, street = WHISTLES[name]
    asked_of = people if name == "runs" else {role: people[role] for role in ("unit", "lead", "desk", "head")}

    found = may(verbs, lambda verb: about.get(verb, whistle), asked_of)

    assert found == written_of(lead=lead, desk=street, head=street)
    seen = rows.get_whistle_or_404(here.desk, whistle.pk, LATER)
    offered = {one.verb for one in rows.whistle_acts(seen, here.desk, LATER)}
    assert offered == set(street.split()) - set(about)
    if name != "has ended":
        assert waiting.waits_of(waiting.running_whistles(here.desk, LATER)[0])


def test_after_the_end_only_what_was_said_of_a_unit_is_answered(here, joint):
    bring_whistle(here, joint, "has ended")
    people = {role: everybody(here, joint.case)[role] for role in ("unit", "lead", "desk")}

    assert may(CALL_VERBS, lambda verb: joint.calls["bureau"], people) == {"lead": {"answer"}}
    assert may(CALL_VERBS, lambda verb: joint.calls["property"], people) == {"desk": {"answer"}}


def test_every_way_out_of_a_case_is_held_by_an_open_part():
    """On the tables: whatever leads where nobody handles any more, and both ends of a call are the street's."""
    outs = {move.to for move in workflow.MOVES if move.start and move.to} - set(BEFORE_HANDLED)

    assert set(workflow.NOT_WHILE_JOINT) >= outs
    assert {verb: WRITTEN[verb][2] for verb, move in call_moves.CALL_MOVE.items() if move.to in CALL_ENDS} == {
        "confirm": "street", "release": "street",
    }  # fmt: skip


def case_ends(here, case):
    """Return (verb, who, what is said) of all that would end a case, by who may do it in life."""
    other = reported(here)
    reporter = LinkHolder(case.pk)
    return [
        ("finish", here.worker, {"words": "好了"}),
        ("merge", here.desk, {"into": other}),
        ("withdraw", reporter, {"words": "算了"}),
        ("reject", here.desk, {"reason": "outside", "words": "不归我们"}),
        ("join", reporter, {"into": other}),
    ]


@pytest.mark.parametrize("state", ["progressed", "reported"])
def test_no_end_of_a_case_ends_a_part(here, state):
    joint = sounded(here, trigger="emergency", case=life(here, state))
    before = open_rows()
    refused = set()
    for verb, by, said in case_ends(here, joint.case):
        with pytest.raises(Refusal) as refusal:
            act(verb, joint.case, by=by, at=LATER, **said)
        refused |= {verb} if "事不完、人不撤" in refusal.value.sentence else set()

    assert refused == (
        {"finish", "merge", "withdraw"} if state == "progressed" else {"merge", "withdraw", "reject", "join"}
    )
    assert open_rows() == before


def test_a_case_that_moves_takes_its_whistle_along_and_ends_nothing(here):
    joint = SimpleNamespace(**vars(sounded(here)))
    before = open_rows()
    act("transfer", joint.case, by=here.desk, at=LATER, unit=here.bureau_unit, words="改由城建办")
    act("move_grid", joint.case, by=here.desk, at=LATER, grid=here.neighbour_grid, words="在九号旁边")

    assert (open_rows(), Case.objects.get(pk=joint.case.pk).open_parts) == (before, 2)
    seen = {
        who: Whistle.objects.visible_to(getattr(here, who), LATER).count()
        for who in ("neighbour_head", "grid_head")
    }
    assert seen == {"neighbour_head": 1, "grid_head": 0}


ENDED = {
    "finish": ("worker", {"words": "好了"}),
    "withdraw": ("reporter", {"words": "算了"}),
    "merge": ("desk", {}),
}


@pytest.mark.parametrize("verb", ENDED)
def test_whoever_asked_for_a_whistle_is_answered_also_where_the_case_ended_meanwhile(here, verb):
    case = life(here, "progressed")
    said = {"trigger": "joint", "tried": "劝了三次", "wanted": "请城管来清"}
    act("ask_whistle", case, by=here.community_head, at=SOUNDED, **said)
    who, said = ENDED[verb]
    said |= {"into": reported(here)} if verb == "merge" else {}
    by = LinkHolder(case.pk) if who == "reporter" else getattr(here, who)
    act(verb, case, by=by, at=SOUNDED, **said)
    assert waiting.street_waits(here.desk, LATER).requests == 1

    act("refuse_whistle", case, by=here.desk, at=LATER, words="已经办好了")

    assert waiting.street_waits(here.desk, LATER).requests == 0
