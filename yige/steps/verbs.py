"""Every verb of a case by its name in the workflow table, for the pages that serve all of them alike."""

from django.db import transaction

from yige.cases.words import Channel, LookBackResult
from yige.steps.s3_report import actions as s3
from yige.steps.s4_dispatch import actions as s4
from yige.steps.s5_handle import actions as s5
from yige.steps.s6_feedback import actions as s6
from yige.steps.s7_clear import actions as s7


def look_back(case, *, by, at, key=None, **said):
    """Look back; a problem that came back is reported anew in the same transaction, and both are linked."""
    with transaction.atomic():
        looked = s7.look_back(case, by=by, at=at, key=key, **said)
        if said.get("result") == LookBackResult.RECURRED:
            report_again(looked, by=by, at=at, key=f"{key}-again" if key else None)
        return looked


def report_again(case, *, by, at, key):
    """Report the same problem in the same place as found on patrol; the first case stays as it was."""
    same = ("words", "category", "place", "located_by", "lon", "lat", "accuracy_m", "urgency", "nature")
    facts = {name: getattr(case, name) for name in same}
    return s3.report(case.grid, by=by, at=at, key=key, channel=Channel.PATROL, recurs_from=case, **facts)


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
    "answer_at_visit": s6.answer_at_visit,
    "close": s7.close,
    "send_back": s7.send_back,
    "rate": s7.answer,
    "follow_up": s7.follow_up,
    "clear": s7.clear,
    "reopen": s7.reopen,
    "look_back": look_back,
}
