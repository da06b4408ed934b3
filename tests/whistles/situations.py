"""Situations of joint work, brought about by the verbs; and what everybody may do in them, tried for real and undone."""

from datetime import timedelta

from django.db import transaction

from tests.whistles.joint import FOUR, HOUR, SAID, SOUNDED
from yige.accounts.actors import STRANGER, LinkHolder
from yige.lib.refusals import Refusal
from yige.steps.s5_handle import joint_plan as plan
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.whistles.models import Call, LinkAnswer, PlanStep

LATER = SOUNDED + 2 * HOUR
DAY = LATER.date() + timedelta(days=3)
NEVER = ("community_head", "grid_head", "worker", "other_desk", "neighbour_head", "registrar")
# The street's head is the desk's equal but for disputes: of the rest the ends of a part, of a step and of a whistle are tried.
HEAD_TRIES = {"decide_duty", "confirm", "release", "accept_step", "drop_step", "end_whistle", "set_meeting"}
# What ends an open call or an open step; nothing else does.
ENDS_CALL = {"confirm", "release", "decide_duty"}
ENDS_STEP = {"accept_step", "drop_step", "release", "decide_duty"}

# How a call comes into each situation: verbs, and what is beside them (a step of the plan, a link with its answer).
BROUGHT = {
    "called": "",
    "signed": "sign",
    "contacted": "contact",
    "arrived": "arrive",
    "delivered": "arrive deliver",
    "confirmed": "arrive deliver confirm",
    "released": "release",
    "called by mistake": "mistake",
    "assessed": "arrive deliver confirm assess",
    "answered": "arrive deliver confirm assess answer",
    "disputed": "refuse_duty",
    "disputed, delivered": "refuse_duty arrive deliver",
    "ruled to stay": "refuse_duty decide_duty",
    "a step to do": "arrive add_step",
    "a step done": "arrive add_step finish_step",
    "delivered, step done": "arrive add_step finish_step deliver",
    "an answer waits": "link",
    "disputed, an answer waits": "refuse_duty link",
    "delivered, an answer waits": "link arrive deliver",
    "sent back": "link send_back",
}


def say(verb, about, *, by, at=LATER, **said):
    """Do an act with words that would do."""
    extra = EXTRA.get(verb, lambda about: {})(about)
    return VERBS[verb](about, by=by, at=at, **(SAID.get(verb, {}) | extra | said))


VERBS = (
    CALL_VERBS
    | plan.WHISTLE_VERBS
    | plan.STEP_VERBS
    | {"name_lead": plan.name_lead, "make_link": links.make_link}
)
EXTRA = {
    "contact": lambda call: FOUR | {"until": LATER + HOUR},
    "decide_duty": lambda call: {"ruling": "stays", "words": "清单第三条"},
    "set_meeting": lambda whistle: {"meet_at": LATER + HOUR, "meet_place": "院里"},
    "call_unit": lambda whistle: {
        "unit": whistle.community_unit, "part": "assist", "asked": "守住路口",
    },
    "add_step": lambda whistle: {"unit": whistle.first_unit, "words": "补路面", "due_on": DAY},
    "shift_step": lambda step: {"due_on": DAY + timedelta(days=1), "words": "等料"},
    "finish_step": lambda step: {"words": "补好了"},
    "redo_step": lambda step: {"words": "没有压实"},
    "drop_step": lambda step: {"words": "不用补了"},
    "stabilise": lambda whistle: {"words": "水关了"},
    "end_whistle": lambda whistle: {"words": "水通了"},
}  # fmt: skip


def bring(here, joint, call, name):
    """Bring a call into a situation."""
    unit = here.water if call.unit.slug == "water" else here.desk
    beside = {
        "add_step": lambda: give_step(here, joint, call.unit),
        "finish_step": lambda: say("finish_step", joint.whistle.steps.get(), by=unit),
        "link": lambda: answered_by_link(here, call),
        "send_back": lambda: links.send_answer_back(
            LinkAnswer.objects.get(), by=here.desk, at=LATER, words="没写谁"
        ),
        "mistake": lambda: say("release", call, by=here.desk, reason="mistaken"),
    }
    street = {
        "confirm": here.desk,
        "release": here.desk,
        "assess": here.desk,
        "decide_duty": here.street_head,
    }
    for verb in BROUGHT[name].split():
        if verb in beside:
            beside[verb]()
        else:
            say(verb, call, by=street.get(verb, unit))
    return Call.objects.select_related("unit", "whistle").get(pk=call.pk)


def answered_by_link(here, call):
    link = links.make_link(call, by=here.desk, at=SOUNDED)
    links.answer_by_link(link, by=STRANGER, at=SOUNDED, verb="sign", said=SAID["sign"])
    return LinkAnswer.objects.get()


def give_step(here, joint, unit):
    plan.add_step(joint.whistle, by=here.desk, at=SOUNDED, unit=unit, words="补路面", due_on=DAY)
    return joint.whistle.steps.get(unit=unit)


def everybody(here, case):
    """Return who is who: the roles of the tables, and all who may never do anything."""
    never = {name: getattr(here, name) for name in NEVER} | {
        "stranger": STRANGER,
        "reporter": LinkHolder(case.pk),
    }
    return {"unit": here.water, "lead": here.department, "desk": here.desk, "head": here.street_head} | never


def may(verbs, rows, people):
    """Return {role: verbs that succeed now}; nothing of it lasts, and none ends what it is not for."""
    found, before = {}, open_rows()
    for role, by in people.items():
        tried = HEAD_TRIES.intersection(verbs) if role == "head" else verbs
        done = {verb for verb in tried if succeeds(verb, rows(verb), by, before)}
        if done:
            found[role] = done
    return found


def succeeds(verb, about, by, before):
    try:
        with transaction.atomic():
            say(verb, about, by=by)
            ended = before - open_rows()
            transaction.set_rollback(True)
    except Refusal:
        return False
    kinds = {kind for kind, _ in ended}
    assert kinds <= ({"call"} if verb in ENDS_CALL else set()) | ({"step"} if verb in ENDS_STEP else set()), (
        verb
    )
    if isinstance(about, Call):
        assert {pk for kind, pk in ended if kind == "call"} <= {about.pk}
    return True


def open_rows():
    calls = {("call", pk) for pk in Call.objects.open().values_list("pk", flat=True)}
    return calls | {("step", pk) for pk in PlanStep.objects.open().values_list("pk", flat=True)}


def as_written(unit, street, head):
    return written_of(unit=unit, desk=street, head=f"{street} {head}")


def written_of(**roles):
    """Return {role: verbs} of the columns of a table."""
    found = {role: set(words.split()) for role, words in roles.items()}
    found["head"] &= HEAD_TRIES
    return {role: verbs for role, verbs in found.items() if verbs}
