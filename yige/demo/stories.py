"""The stories a case may live, each a row of steps in their order."""

from yige.accounts.actors import CLOCK
from yige.cases.words import Nature, Outcome
from yige.demo.raising_steps import answer_city, assign, escalate, raise_to_district, report_city, send_down
from yige.demo.story_steps import (
    accept,
    ask_extension,
    ask_parking,
    close,
    contact,
    dispatch,
    dispatch_up,
    end,
    finish,
    first_receiver_leads,
    hurry,
    not_solved,
    object_to,
    park,
    progress,
    quick,
    reject,
    reject_again,
    send_back,
    sent_wrong,
    sign,
    silence,
    slow_down,
    third_return,
    verify,
    withdraw,
)


def settle(story):
    """Found and put right by the same person; what concerns the area, or what somebody asked for, goes the long way."""
    if story.case.nature == Nature.MAJOR or not story.anonymous:
        for step in STORIES["cleared"]:
            step(story)
        return
    story.pace = 0.2
    finder = story.cast.users_by_id[story.case.reported_by_id]
    story.do("settle", finder, (0.1, 6), words=story.say("finish"), photos=story.drawing("evidence"))
    story.do("clear", CLOCK, (1, 30), outcome=Outcome.LIGHT)


_START = (accept, dispatch, sign, contact, verify, progress)
_WHOLE = (*_START, finish, close)
STORIES = {
    "cleared": (*_WHOLE, end),
    "no_answer": (*_WHOLE, silence),
    "light": (settle,),
    "late": (accept, dispatch, slow_down, sign, contact, verify, hurry, progress, finish, close, end),
    "reopened": (*_WHOLE, not_solved, dispatch, sign, contact, progress, finish, close, end),
    "sent_back": (*_WHOLE[:-1], send_back, progress, finish, close, end),
    "extended": (*_START, ask_extension, finish, close, end),
    "escalated": (accept, dispatch, sign, contact, escalate, dispatch_up, sign, contact, progress, finish, close, end),
    "returned": (accept, sent_wrong, dispatch, sign, contact, verify, progress, finish, close, end),
    "returned_twice": (
        accept, sent_wrong, sent_wrong, first_receiver_leads, sign, contact, progress, finish, close, end,
    ),
    "parked": (*_START, ask_parking, park, finish, close, end),
    "rejected": (reject,),
    "objected": (reject, object_to, *_WHOLE, end),
    "objected_in_vain": (reject, object_to, reject_again),
    "withdrawn": (withdraw,),
    "twice_reported": (*_WHOLE, end),
    "merged": (),
    # stories that stand still where somebody's desk waits for them
    "open:reported": (),
    "open:accepted": (quick, accept),
    "open:dispatched": (quick, accept, dispatch),
    "open:signed": (quick, accept, dispatch, sign),
    "open:contacted": (quick, accept, dispatch, sign, contact),
    "open:verified": (quick, accept, dispatch, sign, contact, verify),
    "open:progress": (quick, *_START),
    "open:urged": (quick, *_START, hurry),
    "open:handled": (quick, *_START, finish),
    "open:sent_back": (quick, *_START, finish, send_back),
    "open:closed": (quick, *_WHOLE),
    "open:reopened": (quick, *_WHOLE, not_solved),
    "open:asked": (quick, *_START, ask_parking),
    "open:objected": (quick, reject, object_to),
    "open:returned": (quick, accept, sent_wrong),
    "open:with_district": (quick, accept, raise_to_district),
    "open:with_city": (quick, accept, raise_to_district, report_city),
    "open:city_answered": (quick, accept, raise_to_district, report_city, answer_city),
    "open:assigned": (quick, accept, raise_to_district, assign),
    "open:sent_down": (quick, accept, raise_to_district, send_down),
    "open:returned_thrice": (quick, accept, sent_wrong, sent_wrong, first_receiver_leads, third_return),
}  # fmt: skip
