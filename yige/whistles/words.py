"""The closed lists of joint work; pure. The triggers are those of the verb of the case (`cases/words.py`)."""

from django.db.models import TextChoices

from yige.cases.words import Trigger

__all__ = [
    "BEFORE_DELIVERED", "CALL_ENDS", "CALL_OPEN", "NO_TRACE", "TRIGGER_MEANS", "CallState", "Part", "ReleaseReason",
    "Ruling", "Trigger",
]  # fmt: skip

# What each of the three means in plain words, for whoever has to choose.
TRIGGER_MEANS = {
    Trigger.NEED: "很多人反映，或者一件事反映了好几次，街道、社区自己解决不了。比如整个小区停暖、积水一下雨就淹。",
    Trigger.JOINT: "要执法，街道没有这个权，要几家有权的单位一起来。比如占了消防通道、违法建设。",
    Trigger.EMERGENCY: "正在发生、等不得，会伤到人或者影响很多人。比如水管爆了、路面塌了。夜里也马上叫人。",
}


class Part(TextChoices):
    LEAD = "lead", "牵头"
    ASSIST = "assist", "配合"


class CallState(TextChoices):
    """How far one called unit has come."""

    CALLED = "called", "等签收"
    SIGNED = "signed", "已签收"
    CONTACTED = "contacted", "已联系街道"
    ARRIVED = "arrived", "已到场"
    DELIVERED = "delivered", "说办完了"
    CONFIRMED = "confirmed", "街道认可"
    RELEASED = "released", "不用来了"


CALL_ENDS = (CallState.CONFIRMED, CallState.RELEASED)
CALL_OPEN = tuple(state for state in CallState if state not in CALL_ENDS)
BEFORE_DELIVERED = (CallState.CALLED, CallState.SIGNED, CallState.CONTACTED, CallState.ARRIVED)


class ReleaseReason(TextChoices):
    MISTAKEN = "mistaken", "叫错了单位"
    NOT_THEIRS = "not_theirs", "定为不属于它的职责"
    NOT_NEEDED = "not_needed", "不用它来也能办"
    REPLACED = "replaced", "换别的单位来办"


# Released so, a call is no figure of its unit: it should never have been there.
NO_TRACE = (ReleaseReason.MISTAKEN, ReleaseReason.NOT_THEIRS)


class Ruling(TextChoices):
    """What the level-1 head decides when a unit says that something is not its duty."""

    STAYS = "stays", "由这个单位来办"
    RELEASED = "released", "不归这个单位，不用它来"
    OTHER = "other", "不归这个单位，改请别的单位"


# Every act on joint work by name, as the log and the timeline of staff call it.
ACT_LABELS = {
    "sign": "签收",
    "contact": "联系街道",
    "arrive": "到场",
    "note_progress": "说进展",
    "deliver": "办完了",
    "refuse_duty": "不是我们的",
    "decide_duty": "定由谁办",
    "confirm": "认可",
    "turn_back": "还没办好",
    "release": "不用来了",
    "lapse": "签收作废",
    "assess": "说办得怎样",
    "answer": "回应评价",
    "set_meeting": "定碰头的时间地点",
    "call_unit": "加请单位",
    "name_lead": "改定牵头",
    "add_step": "加一步计划",
    "shift_step": "改日子",
    "finish_step": "这一步做完了",
    "accept_step": "认可这一步",
    "redo_step": "这一步还没做好",
    "drop_step": "这一步不做了",
    "stabilise": "险情解除",
    "end_whistle": "联办结束",
    "make_link": "发一次性链接",
    "revoke_link": "收回链接",
    "answer_by_link": "用链接答复",
    "send_answer_back": "退回链接的答复",
    "note_miss": "记下超时",
    "audit": "夜间核对",
    "set_limit": "改一类事的时限",
}
