"""Who may ask that a closing be left out of the figures, and who decides it: as tables, pure.

A person stands to a closing as some of: `unit` (works in the unit and reads its figures), `head` (heads a grid or a
community over it), `desk` and `street` (the street's desk and its head over it), `home` (works in the unit that closed
it, whatever the post). Deciding is always another level's, never that of the unit itself or of whoever asked.
"""

from typing import NamedTuple

ASKERS = frozenset({"unit", "head"})
# Who decides the first asking, and the second. What the level-1 head decides is final, so no second one comes back to him.
DECIDERS = {1: frozenset({"desk", "street"}), 2: frozenset({"street"})}
LAST_TURN = max(DECIDERS)
DECIDE_WORKDAYS = 3
AGAIN_WORKDAYS = 2
OBJECTION_WORKDAYS = 5


class AskedSoFar(NamedTuple):
    """What was asked about a closing before: how often, whether one still waits, was agreed to, or refused for good.

    `again` says that a refused one may still be asked about once more today.
    """

    turns: int = 0
    waits: bool = False
    granted: bool = False
    final: bool = False
    again: bool = False


class Month(NamedTuple):
    """How the sheet of a closing's month stands: its days of objection are over, or it is frozen."""

    over: bool = False
    frozen: bool = False


def why_not_ask(held, so_far, month, *, own, by_street) -> str:
    """Return why this person may not ask now, "" when he may.

    `own` says that the matter is outside the figures anyway, `by_street` that the street itself closed it, so that no
    level above is there to decide.
    """
    if not held & ASKERS:
        return "不计入考核由承办单位或者它的网格长来申请。"
    if month.frozen:
        return "这个月的考评表已经定了，不能再申请；请街道在表下写一条更正。"
    if own:
        return "自己发现、自己处置的本来就不计入，不用申请。"
    if by_street:
        return "街道自己办结的，上面没有人来定，不能不计入。"
    return why_not_once_more(so_far) if so_far.turns else over_words(month)


def why_not_once_more(so_far) -> str:
    """Return why what was asked about before is not asked about again, "" when it may be."""
    if so_far.granted:
        return "已经不计入了。"
    if so_far.waits:
        return "已经申请过，正等街道来定。"
    if so_far.final or so_far.turns >= LAST_TURN:
        return "一级网格长已经定了，不能再申请。"
    return "" if so_far.again else f"没有同意以后 {AGAIN_WORKDAYS} 个工作日里可以再申请一次，现在已经过了。"


def over_words(month) -> str:
    return "公示期已经过了，不能再申请。" if month.over else ""


def why_not_decide(held, *, turn, decided, asked_by_self, frozen) -> str:
    """Return why this person may not decide an asking, "" when he may."""
    if not held & DECIDERS[turn]:
        return "第一次由事件处置岗或者一级网格长来定。" if turn == 1 else "第二次由一级网格长来定。"
    if decided:
        return "已经定过了。"
    if frozen:
        return "这个月的考评表已经定了。"
    if "home" in held or asked_by_self:
        return "自己单位的、自己申请的，要另外的人来定。"
    return ""


def is_final(held, turn) -> bool:
    """Say whether what this person decides may not be asked about again: it is the second, or the level-1 head's."""
    return turn >= LAST_TURN or "street" in held
