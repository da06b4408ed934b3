"""Nobody speaks for the reporter, and no verb has an effect that another verb forbids to the same person there."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories import MONDAY_NOON, act, category, household, life, reported
from yige.accounts.actors import CLOCK, LinkHolder
from yige.audit.models import LogEntry
from yige.cases import hearing, workflow
from yige.cases.models import Case, FollowUp, Rating
from yige.cases.standings import standings
from yige.cases.words import HeardHow, State
from yige.lib.refusals import NotAllowed, NotSaid, Refusal
from yige.steps.forms import form_for
from yige.steps.verbs import why_refused

AT = MONDAY_NOON + timedelta(hours=3)
UNTIL = AT + timedelta(days=5)
PHONE = {"contact": {"phone": "19900000019"}}
PEOPLE = (
    "street_head", "desk", "community_head", "grid_head", "worker", "micro", "department", "intake", "reporter", "clock",
)  # fmt: skip
# Which verb a written row, a state or a stamp belongs to; whoever causes one may also do that verb there.
OWNERS = {
    "rating": ("rate",), "call": ("follow_up",), "cleared": ("clear",), "closed": ("close",), "rejected": ("reject",),
    "withdrawn": ("withdraw", "cancel"), "merged": ("merge", "join"), "accepted_at": ("accept",),
    "contacted_at": ("contact",), "verified_at": ("verify",), "progress_at": ("progress",), "signed_at": ("sign",),
    "dispatched_at": ("dispatch", "transfer"), "handled_at": ("finish",), "planned_at": ("extend", "park"),
    "parked_at": ("park",), "supervised_at": ("supervise",), "replied_at": ("reply",), "reopened_at": ("reopen", "object"),
}  # fmt: skip
# What is so by its own rule: (verb, effect) and why.
BY_RULE = {
    ("follow_up", "rating"): "the recorded call is what lets somebody write the answers down",
    ("follow_up", "cleared"): "the answer of the call clears; before the call nothing is on record",
    ("follow_up", "accepted_at"): "“not solved” starts a new round, which needs no second acceptance",
    ("rate", "accepted_at"): "the same, by the reporter",
    ("reopen", "accepted_at"): "the same",
    ("rate", "cleared"): "“solved” is what confirms; before it nothing is on record",
    ("follow_up", "reopened_at"): "“not solved” reopens",
    ("settle", "closed"): "the light path of an own find: outside every rate, a share is checked by others",
    ("settle", "handled_at"): "the same",
}  # fmt: skip


def situations(here):
    bureau = act("dispatch", life(here, "accepted", **PHONE), by=here.desk, at=AT, unit=here.bureau_unit)
    return {
        "reported": reported(here, **PHONE),
        "a stranger's": reported(here),
        "taken down": reported(here, by=here.intake, channel="hotline", **PHONE),
        "own find": reported(here, by=here.worker, channel="patrol"),
        "raised at a door": reported(here, by=here.micro, channel="visit", household=household(here)),
        "accepted": life(here, "accepted", **PHONE),
        "the bureau has it": bureau,
        "signed": life(here, "signed", **PHONE),
        "handling": life(here, "handling", **PHONE),
        "handled": life(here, "handled", **PHONE),
        "closed": life(here, "closed", **PHONE),
        "closed, a stranger's": life(here, "closed"),
        "closed, taken down by its dispatcher": life(
            here, "closed", by=here.desk, channel="hotline", **PHONE
        ),
        "rejected": life(here, "rejected", **PHONE),
    }


def words_of(here, verb, case):
    """Return what is said with a verb, from the lists that fit the case."""
    ways = hearing.ways_to_hear(case)
    said = {
        "accept": {"category": category(), "urgency": "normal", "nature": "public"},
        "reject": {"reason": "outside", "words": "不在本街道"},
        "merge": {"into": reported(here)}, "join": {"into": reported(here)}, "sign": {}, "urge": {},
        "cancel": {"reason": "twice", "words": "记重了"},
        "dispatch": {"unit": here.team_unit}, "transfer": {"unit": here.community_unit, "words": "换"},
        "hand_back": {"reason": "wrong_place", "words": "不在这"},
        "contact": {"how": hearing.ways_to_reach(case)[0], "words": "约好了"},
        "ask": {"kind": "parking", "words": "要等", "until": UNTIL},
        "extend": {"until": UNTIL, "words": "同意"}, "park": {"until": UNTIL, "words": "计划"},
        "rate": {"contacted": True, "solved": "yes", "satisfied": "fair"},
        "follow_up": {"reached": True, "how": (ways or ["phone"])[0], "contacted": True, "solved": "yes", "satisfied": "yes"},
        "clear": {"outcome": "followed_up"}, "look_back": {"result": "holds", "words": "看过"},
        "answer_at_visit": {"kind": "done", "words": "说了"},
        "judge": {"urgency": "normal", "words": "看过"}, "correct_slip": {"report": "路灯不亮，登记时写错了"},
        "correct": {"category": case.category, "place": "另一处", "words": "写错了"},
        "move_grid": {"grid": here.neighbour_grid, "words": "不在这个网格"},
    }  # fmt: skip
    return said.get(verb, {"words": "说明"})


def person(here, name, case):
    return {"reporter": LinkHolder(case.pk), "clock": CLOCK}.get(name) or getattr(here, name)


def effects(before, after):
    """Return what a verb changed that belongs to some verb: states reached, moments stamped, rows written."""
    stamps = [
        name
        for name in OWNERS
        if name.endswith("_at") and getattr(after, name) not in (None, getattr(before, name))
    ]
    states = [after.state] if after.state != before.state and after.state in OWNERS else []
    rows = [
        name
        for name, side in (("rating", Rating), ("call", FollowUp))
        if side.objects.filter(case=after).exists()
    ]
    return {*stamps, *states, *rows}


def forbidden_effects(here, case, verb, by):
    """Do a verb, undo it, and return its effects that their own verbs forbid to this person in this situation."""
    ways = hearing.ways_to_hear(case) if by.actor_kind == "staff" and verb in workflow.SPOKEN else []
    with transaction.atomic():
        said = words_of(here, verb, case) | ({"heard": ways[0]} if ways and verb != "rate" else {})
        try:
            found = effects(case, act(verb, case, by=by, at=AT, **said))
        except Refusal:
            found = set()
        transaction.set_rollback(True)
    own = {name for name in found if verb not in OWNERS[name] and (verb, name) not in BY_RULE}
    return [(verb, name) for name in own if all(why_refused(owner, case, by, AT) for owner in OWNERS[name])]


def test_no_verb_has_an_effect_that_another_forbids_to_the_same_person_there(here):
    found, tried = [], 0
    for about, case in situations(here).items():
        for name in PEOPLE:
            by = person(here, name, case)
            held = standings(by, case, AT)
            for row in workflow.allowed_moves(case.state, held):
                if why_refused(row.verb, case, by, AT, held):
                    continue
                tried += 1
                found += [(about, name, *what) for what in forbidden_effects(here, case, row.verb, by)]

    assert found == []
    assert tried > 100


def test_the_test_above_finds_what_was_wrong(here, monkeypatch):
    """The negative control: settling once said that the reporter had been contacted and the case accepted."""
    row = workflow.BY_VERB["settle"]
    monkeypatch.setattr("yige.cases.workflow.LATEST", (*workflow.LATEST, "contacted_at"))
    before = reported(here, by=here.worker, channel="patrol")
    after = act("settle", before, by=here.worker, at=AT, words="捡走了")
    after.contacted_at = AT

    assert "contacted_at" not in row.stamps
    assert "contacted_at" in effects(before, after)
    assert why_refused("contact", before, here.worker, AT)


BOTH_SIDES = [
    row.verb
    for row in workflow.MOVES
    if set(row.who) & {"reporter", "fellow"} and set(row.who) - workflow.NOT_STAFF
]


def test_the_verbs_that_both_sides_have_are_known():
    """A new verb of both sides is either the reporter's word, or it says on the page who did it."""
    assert set(BOTH_SIDES) == {*workflow.SPOKEN, "clear"}


@pytest.mark.parametrize("verb", workflow.SPOKEN)
def test_staff_write_down_the_reporters_word_only_with_how_it_was_heard_and_the_page_and_the_log_say_so(
    here, verb
):
    case, by = where_it_can_be_heard(here, verb)
    said = words_of(here, verb, case)
    if verb == "rate":
        with pytest.raises(NotAllowed, match="电话回访"):
            act("rate", case, by=by, at=AT, heard="phone", **said)
        act("follow_up", case, by=by, at=AT, **words_of(here, "follow_up", case))
    else:
        with pytest.raises(NotSaid) as refused:
            act(verb, case, by=by, at=AT, **said) if verb != "reopen" else act(
                verb, case, by=here.intake, at=AT, **said
            )
        assert list(refused.value.fields) == ["heard"]
        act(verb, case, by=by, at=AT, heard="phone", **said)

    line = case.entries.filter(verb=verb).last()
    assert line.public_words.endswith("（电话里说的，由单位station回访记下）")
    assert LogEntry.objects.filter(verb=f"cases.{verb}").last().purpose == HeardHow.PHONE.label


@pytest.mark.parametrize("verb", workflow.SPOKEN)
def test_who_had_a_part_in_the_case_does_not_write_down_the_reporters_word(here, verb):
    """The desk dispatches, checks and rejects; the worker handles: neither speaks for the reporter."""
    case, _ = where_it_can_be_heard(here, verb)

    for by in (here.desk, here.worker):
        with pytest.raises(Refusal):
            act(verb, case, by=by, at=AT, heard="phone", **words_of(here, verb, case))
    assert Case.objects.get(pk=case.pk).version == case.version


def where_it_can_be_heard(here, verb):
    """Return a case in the state where this is said, and somebody who can hear it."""
    if verb == "add":  # who took it down may also add of his own accord; who calls back may not
        return life(here, "closed", **PHONE), here.intake
    state = {"object": "rejected", "rate": "closed", "reopen": "closed"}.get(verb, "handling")
    case = life(here, state, by=here.intake, channel="hotline", **PHONE)
    return case, here.intake


def test_a_stranger_is_heard_by_nobody_but_himself(here):
    case = life(here, "closed")

    for verb in ("follow_up", "reopen"):
        with pytest.raises(Refusal):
            act(
                verb, case, by=here.intake, at=AT, heard="phone", **words_of(here, verb, case)
            ) if verb == "reopen" else act(verb, case, by=here.intake, at=AT, **words_of(here, verb, case))
    assert hearing.ways_to_hear(case) == []


def test_the_street_reopens_of_its_own_accord_and_says_so(here):
    case = act("reopen", life(here, "closed", **PHONE), by=here.desk, at=AT, words="复查时又灭了")

    assert case.entries.last().public_words == "单位street决定重新办理：复查时又灭了"


def test_staff_end_a_report_by_a_rejection_and_who_took_it_down_by_a_slip(here):
    case = reported(here, by=here.intake, channel="hotline", **PHONE)

    for verb in ("withdraw", "cancel"):
        assert why_refused(verb, case, here.desk, AT)
        assert why_refused(verb, reported(here, **PHONE), here.desk, AT)
    case = act("cancel", case, by=here.intake, at=AT, reason="twice", words="和前一件一样")
    assert case.entries.last().public_words == "登记有误，已作废：同一件事登记了两次。和前一件一样"
    assert act("object", case, by=LinkHolder(case.pk), at=AT, words="不是一件事").state == State.REPORTED


def test_who_took_it_back_himself_does_not_object(here):
    case = life(here, "withdrawn", **PHONE)

    assert "您自己撤回" in why_refused("object", case, LinkHolder(case.pk), AT)


CONTACTS = {
    "a stranger": ({}, ["no_way"]),
    "a phone": (PHONE, ["phone", "visit", "message", "tried"]),
    "a letter box": ({"contact": {"email": "a@example.com"}}, ["message"]),
    "taken down without a phone": ({"by": "intake", "channel": "station"}, ["visit", "relay"]),
    "found on a round": ({"by": "worker", "channel": "patrol"}, ["own_find"]),
}


@pytest.mark.parametrize("about", CONTACTS)
def test_the_choices_of_a_contact_are_what_is_on_file(here, about):
    said, ways = CONTACTS[about]
    said = said | ({"by": getattr(here, said["by"])} if "by" in said else {})
    case = life(here, "signed", **said)

    offered = [
        value
        for value, _ in form_for("contact", case=case, by=here.worker, at=AT).fields["how"].choices
        if value
    ]
    taken = [way for way in workflow.ContactHow.values if reaches(here, case, way)]

    assert offered == ways
    assert sorted(taken) == sorted(ways)


def reaches(here, case, way):
    with transaction.atomic():
        try:
            act("contact", case, by=here.worker, at=AT, how=way, words="说明")
            return True
        except NotSaid:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("how", "line"),
    [("tried", "承办人给您打过电话，没有联系上：说明"), ("phone", "承办人已联系您（打电话）：说明")],
)
def test_nobody_reads_that_he_was_reached_who_was_not(here, how, line):
    case = act("contact", life(here, "signed", **PHONE), by=here.worker, at=AT, how=how, words="说明")

    assert case.entries.last().public_words == line
