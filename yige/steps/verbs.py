"""Every verb of a case by its name in the workflow table, for the pages that serve all of them alike."""

from yige.steps.s3_report import actions as s3
from yige.steps.s4_dispatch import actions as s4
from yige.steps.s5_handle import actions as s5
from yige.steps.s6_feedback import actions as s6
from yige.steps.s7_clear import actions as s7

VERBS = {
    "accept": s3.accept,
    "reject": s3.reject,
    "object": s3.object,
    "merge": s3.merge,
    "withdraw": s3.withdraw,
    "add": s3.add,
    "urge": s3.urge,
    "dispatch": s4.dispatch,
    "sign": s4.sign,
    "hand_back": s4.hand_back,
    "transfer": s4.transfer,
    "contact": s5.contact,
    "verify": s5.verify,
    "progress": s5.progress,
    "escalate": s5.escalate,
    "ask": s5.ask,
    "extend": s5.extend,
    "park": s5.park,
    "decline": s5.decline,
    "supervise": s5.supervise,
    "finish": s5.finish,
    "settle": s5.settle,
    "reply": s6.reply,
    "report_up": s6.report_up,
    "tell_area": s6.tell_area,
    "close": s7.close,
    "send_back": s7.send_back,
    "rate": s7.answer,
    "follow_up": s7.follow_up,
    "clear": s7.clear,
    "reopen": s7.reopen,
    "look_back": s7.look_back,
}
