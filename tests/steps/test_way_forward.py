"""From every situation that the verbs reach, somebody in office has an act that leads on, and the case is on that desk.

The walk is made by the verbs themselves, breadth first. A situation is what decides who may do what: the state, the
level, the returns, the open request, who has it. How often a case was reopened is none of it: each round starts afresh.
"""

from collections import Counter, deque
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from tests.factories import MONDAY_NOON, act, category, life, reported
from yige.accounts import roles
from yige.cases import after_closing, work_lists
from yige.cases.models import Ask, Case, Entry, FollowUp, Rating, Return, Wait
from yige.cases.words import ENDS, OPEN, AskKind, State, Tier
from yige.lib.refusals import Conflict, Refusal
from yige.steps import verbs
from yige.steps.forms import form_for
from yige.steps.verbs import why_refused

AT = MONDAY_NOON + timedelta(hours=2)
LATE = MONDAY_NOON + timedelta(days=9)  # no extension can be granted any more
UNTIL = AT + timedelta(days=9)
IN_OFFICE = ("street_head", "desk", "community_head", "grid_head", "worker", "department", "intake", "seat")
# What leads on from each state; the rest is words beside it.
ONWARDS = {
    State.REPORTED: ("accept",),
    State.ACCEPTED: ("dispatch", "escalate", "assign", "answer_city"),
    State.DISPATCHED: ("sign",),
    State.SIGNED: ("contact",),
    State.HANDLING: ("finish",),
    State.HANDLED: ("close",),
    State.CLOSED: ("follow_up",),
}
RAISED = {"tried": "说明", "asked": "要动主管道"}
DOWN = {"answer": "说明", "direction": "再试"}
ANSWERS = {"contacted": True, "satisfied": "fair", "reached": True, "how": "phone"}


def steps(here, case):
    """Return (verb, who, what is said) of what can change a situation, each by the people who do it in life."""
    words, until = {"words": "说明"}, {"words": "说明", "until": UNTIL}
    doers = doers_of(here, case)
    facts = {"category": category(), "urgency": "normal", "nature": "public"}
    handing = (
        (here.desk, {"unit": here.team_unit}),
        (here.desk, {"unit": here.bureau_unit}),
        (here.street_head, {"unit": here.bureau_unit}),
        (here.community_head, {"unit": here.community_unit, "person": here.community_head}),
        (here.grid_head, {"unit": here.team_unit, "person": here.grid_head}),
    )
    return {
        State.REPORTED: [("accept", here.desk, facts)],
        State.ACCEPTED: [
            *(("dispatch", head, said) for head, said in handing),
            *(("escalate", head, RAISED) for head in (here.desk, here.community_head, here.grid_head)),
            *(("send_down", head, DOWN) for head in (here.seat, here.desk, here.community_head)),
            ("assign", here.seat, {"unit": here.bureau_unit, **words}),
            ("report_city", here.seat, {"number": "ZZ-1", "sent_on": AT.date(), **RAISED}),
            ("answer_city", here.desk, {"answer": "同意", "answered_on": AT.date()}),
            ("take_back", here.desk, words),
        ],
        State.DISPATCHED: [
            *(("hand_back", doer, {"reason": "wrong_place", **words}) for doer in doers),
            *(("sign", doer, {}) for doer in doers),
        ],
        State.SIGNED: [("contact", doer, {"how": "phone", **words}) for doer in doers],
        State.HANDLING: [
            *(("finish", doer, words) for doer in doers),
            *(("escalate", doer, RAISED) for doer in doers),
                        *(("ask", doer, {"kind": kind, **until}) for doer in doers for kind in AskKind),
            *(("extend", head, until) for head in (here.desk, here.street_head)),
            ("park", here.street_head, until),
        ],
        State.HANDLED: [(verb, here.desk, words) for verb in ("close", "send_back")],
        State.CLOSED: [("follow_up", here.intake, {"solved": solved, **ANSWERS}) for solved in ("partly", "no")],
    }.get(case.state, [])  # fmt: skip


def doers_of(here, case):
    """Return who handles the case: whoever has it, else the people of its unit."""
    units = {
        here.team_unit.pk: [here.worker, here.grid_head],
        here.community_unit.pk: [here.community_head],
        here.bureau_unit.pk: [here.department],
    }
    return [by for by in units.get(case.unit_id, []) if case.handler_id in (None, by.pk)]


def situation(case, asked):
    """Return what decides who may do what."""
    handling = case.state == State.HANDLING
    return (
        case.state, case.tier, case.raised_at is not None, case.return_count, asked.kind if asked else "",
        min(case.extensions, 1) if handling else 0, case.unit_id, case.handler_id,
        case.first_unit_id if case.return_count >= 2 else None,
    )  # fmt: skip


def open_ask(case):
    return case.asks.filter(decided_at=None).first()


SIDES = (Entry, Ask, Rating, FollowUp, Return, Wait)
ON_LEVEL = ("raised", "sent_down", "with_city")


def kept(case):
    """Return the case and its side rows as they are now."""
    return Case.objects.get(pk=case.pk), [list(side.objects.filter(case=case)) for side in SIDES]


def put_back(case, rows):
    """Make the case and its side rows what they were; the log of what was tried stays."""
    case.save()
    for side, found in zip(SIDES, rows, strict=True):
        side.objects.filter(case=case).delete()
        side.objects.bulk_create(found)
    return Case.objects.get(pk=case.pk)


def walk(here, look, most=2000):
    """Go from situation to situation, breadth first, and look at each once; return how often each state was met."""
    first = reported(here, contact={"phone": "19900000019"})
    seen, waiting, met = {situation(first, None)}, deque([kept(first)]), Counter()
    while waiting:
        case = put_back(*waiting.popleft())
        met[str(case.state)] += 1
        look(case)
        assert sum(met.values()) < most
        for verb, by, said in steps(here, case):
            with undone():
                after = taken(verb, case, by, said)
                key = situation(after, open_ask(after)) if after else None
                if after and after.state not in ENDS and key not in seen:
                    seen.add(key)
                    waiting.append(kept(after))
    return met


def taken(verb, case, by, said):
    """Take one step that is offered, or return None; only the choice of the unit may still be refused."""
    if why_refused(verb, case, by, AT):
        return None
    try:
        return act(verb, case, by=by, at=AT, **said)
    except Refusal:
        assert verb == "dispatch", f"{verb} was offered to {by} in {case.state}, and refused"


@contextmanager
def undone():
    """Whatever is done inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def on_desk(case, by, at, only=None):
    """Return the names of the lists of work on somebody's desk that show this case."""
    who = work_lists.viewer(by, at)
    seen = Case.objects.visible_to(by, at).open().filter(pk=case.pk)
    lists = [
        each for each in work_lists.work_lists_of(who) if each.work and (only is None or each.name in only)
    ]
    found = work_lists.counts(seen, who, lists) if lists else {}
    if only is None and who.may("call_back_daily") and case.state == State.CLOSED:
        found |= after_closing.calls_waiting(by, at)
    return [name for name, count in found.items() if count]


def somebody_leads_on(here, case, at):
    """Say whether somebody has an act that leads on and sees the case on the own desk."""
    people = (getattr(here, name) for name in IN_OFFICE)
    able = (by for by in people if any(not why_refused(verb, case, by, at) for verb in ONWARDS[case.state]))
    return any(on_desk(case, by, at) for by in able)


def somebody_answers(here, case, at):
    """Say whether somebody may answer the open request with no, and with yes or another yes, and has it on the desk."""
    people = (here.street_head, here.desk)
    able = (by for by in people if not why_refused("decline", case, by, at))
    able = (
        by
        for by in able
        if any(not why_refused(verb, case, by, at) for verb in ("extend", "park", "decline"))
    )
    return any(on_desk(case, by, at, ("asked",)) for by in able)


def arrangers(here):
    """Return who has to have on the desk what waits on each level."""
    return {
        Tier.GRID: [here.grid_head], Tier.COMMUNITY: [here.community_head], Tier.STREET: [here.desk, here.street_head],
        Tier.DISTRICT: [here.seat], Tier.CITY: [here.seat, here.desk],
    }  # fmt: skip


def faults_of(here, case):
    """Return what is wrong with one situation: nobody leads on, nobody answers, what was raised is not up there."""
    asked = open_ask(case)
    about = situation(case, asked)[:6]
    found = [] if somebody_leads_on(here, case, AT) else [("nobody leads on", about)]
    if asked:
        found += [("nobody answers", about, at) for at in (AT, LATE) if not somebody_answers(here, case, at)]
    if case.raised_at:
        found += [
            ("not there", about, by)
            for by in arrangers(here)[case.tier]
            if not on_desk(case, by, AT, ON_LEVEL)
        ]
        found += [("no wait", about)] if not case.waits.filter(tier=case.tier, ended_at=None).exists() else []
    return found


def test_from_everywhere_somebody_in_office_leads_on_and_has_it_on_the_desk(here):
    faults = []

    met = walk(here, lambda case: faults.extend(faults_of(here, case)))

    assert faults == []
    assert set(met) == set(map(str, OPEN)), "the walk does not reach every open state"
    assert sum(met.values()) > 60, "the walk is too short to prove anything"


def test_the_walk_finds_a_dead_end(here, monkeypatch):
    """The negative control: with the rules of before, a head can do nothing but hand it to who gave it up."""
    monkeypatch.setattr(roles, "_at_home", lambda giver, taker: giver == "grid_head")
    monkeypatch.setitem(verbs.GUARDS, "escalate", refuse)
    case = life(here, "handling")
    case = act("escalate", case, by=here.worker, at=AT, **RAISED)
    Case.objects.filter(pk=case.pk).update(raised_at=None, tier="street", return_count=3)
    here.street_head.posts.all().delete()

    assert [what for what, *_ in faults_of(here, Case.objects.get(pk=case.pk))] == ["nobody leads on"]


def refuse(case, by, at):
    raise Conflict("不行。")


def test_a_head_to_whom_it_was_raised_takes_it_on_asks_a_department_or_raises_it_further(here):
    case = act("escalate", life(here, "handling"), by=here.worker, at=AT, **RAISED)
    head = here.community_head

    with undone():
        own = act("dispatch", case, by=head, at=AT, unit=here.community_unit, person=head)
        assert act("sign", own, by=head, at=AT).handler == head
    with undone():
        assert act("dispatch", case, by=head, at=AT, unit=here.team_unit).unit == here.team_unit
    raised = act("escalate", case, by=head, at=AT, **RAISED, suggested=here.bureau_unit)

    assert (raised.tier, raised.entries.last().public_words) == (
        "street", "本级办不了，正在上报街道，请单位bureau来办。做过的：说明。请街道做的：要动主管道",
    )  # fmt: skip
    form = form_for("dispatch", case=raised, by=here.desk, at=AT)
    assert form.initial["unit"] == str(here.bureau_unit.pk)


def test_who_gave_it_up_is_not_the_one_that_is_proposed(here):
    raised = act("escalate", life(here, "handling"), by=here.worker, at=AT, **RAISED)
    back = act("hand_back", life(here, "signed"), by=here.worker, at=AT, reason="wrong_place", words="不在这")

    for case in (raised, back):
        assert form_for("dispatch", case=case, by=here.community_head, at=AT).initial["unit"] == ""


def test_a_head_below_cannot_take_back_what_was_raised_above_him(here):
    case = act("escalate", life(here, "handling"), by=here.worker, at=AT, **RAISED)

    assert why_refused("dispatch", case, here.grid_head, AT).startswith("这件事已经上报到社区")
    assert "to_dispatch" not in on_desk(case, here.grid_head, AT)
