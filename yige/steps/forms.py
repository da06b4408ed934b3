"""Every verb's form by its name in the workflow table; the fields are what must be said and what may be."""

from yige.steps.s3_report import forms as s3
from yige.steps.s4_dispatch import forms as s4
from yige.steps.s5_handle import forms as s5
from yige.steps.s6_feedback import forms as s6
from yige.steps.s7_clear import forms as s7

FORMS = {
    "accept": s3.Accept,
    "reject": s3.Reject,
    "merge": s3.Merge,
    "withdraw": s3.Withdraw,
    "add": s3.Add,
    "urge": s3.Urge,
    "dispatch": s4.Dispatch,
    "sign": s4.Sign,
    "hand_back": s4.HandBack,
    "transfer": s4.Transfer,
    "contact": s5.Contact,
    "verify": s5.Verify,
    "progress": s5.Progress,
    "escalate": s5.Escalate,
    "ask": s5.Ask,
    "extend": s5.Extend,
    "park": s5.Park,
    "decline": s5.Decline,
    "supervise": s5.Supervise,
    "finish": s5.Finish,
    "settle": s5.Settle,
    "reply": s6.Reply,
    "report_up": s6.ReportUp,
    "tell_area": s6.TellArea,
    "answer_at_visit": s6.AnswerAtVisit,
    "close": s7.Close,
    "send_back": s7.SendBack,
    "rate": s7.Rate,
    "follow_up": s7.FollowUp,
    "clear": s7.Clear,
    "reopen": s7.Reopen,
    "look_back": s7.LookBack,
}
# Pictures help to see what was done; none is ever required.
WITH_PHOTOS = ("add", "verify", "progress", "finish")


def form_for(verb, data=None, *, case, by, at, initial=None):
    """Return the form of a verb; its fields' ids begin with the verb, so that several fit on one page."""
    return FORMS[verb](data, case=case, by=by, at=at, initial=initial, auto_id=f"{verb}_%s")
