"""Whose word it is: how a reporter can be reached and heard, from what is on file, and what is read of it.

What a reporter says is written by the reporter, or by somebody who heard it and has neither handled, dispatched nor
checked the case in this round (the standing `hearer`); then the line says how it was heard and by whom.
"""

from typing import NamedTuple

from yige.cases.models import Reporter
from yige.cases.words import OWN_FINDS, ContactHow, HeardHow
from yige.lib.refusals import NotAllowed, NotSaid

NOBODY_TO_HEAR = "没有留电话，也不是经人登记的，别人没法听到反映人怎么说；只能由反映人自己打开链接来说。"
NOT_ON_FILE = "登记里没有这种联系方式，请从列出的几项里选。"
# What the reporter reads of a contact: what was done, and never that somebody was reached who was not.
CONTACT_WORDS = {
    ContactHow.TRIED: "承办人给您打过电话，没有联系上",
    ContactHow.NO_WAY: "没有留联系方式，承办人直接去办",
    ContactHow.OWN_FIND: "工作人员自己发现的，承办人直接去办",
}
HEARD_WORDS = {
    HeardHow.PHONE: "电话里说的，由{unit}回访记下",
    HeardHow.VISIT: "上门时说的，由{unit}记下",
    HeardHow.CAME: "当面来说的，由{unit}记下",
}


class OnFile(NamedTuple):
    """What is on file of the person behind a report."""

    phone: bool
    email: bool
    household: bool
    taken_in: bool  # somebody took it down for the reporter, whom he or she therefore knows
    own_find: bool  # a member of staff found it alone; nobody else stands behind it

    @property
    def known(self) -> bool:
        return self.phone or self.household or self.taken_in


def on_file(case) -> OnFile:
    """Return what is on file of the reporter, in one statement."""
    reporter = Reporter.objects.filter(case=case, removed_at=None).first()
    phone = reporter is not None and reporter.phone_sealed is not None
    email = reporter is not None and reporter.email_sealed is not None
    by_staff = case.reported_by_id is not None
    own = by_staff and case.channel in OWN_FINDS and case.household_id is None and reporter is None
    return OnFile(phone, email, case.household_id is not None, by_staff and not own, own)


def ways_to_reach(case) -> list[ContactHow]:
    """Return how whoever handles the case can reach its reporter."""
    there = on_file(case)
    ways = [
        (ContactHow.PHONE, there.phone),
        (ContactHow.VISIT, there.known),
        (ContactHow.MESSAGE, there.phone or there.email),
        (ContactHow.RELAY, there.taken_in),
        (ContactHow.TRIED, there.phone),
    ]
    if found := [way for way, possible in ways if possible]:
        return found
    return [ContactHow.OWN_FIND if there.own_find else ContactHow.NO_WAY]


def contact_words(how) -> str:
    """Return the beginning of the line that tells the reporter of a contact."""
    return CONTACT_WORDS.get(how) or f"承办人已联系您（{ContactHow(how).label}）"


def ways_to_hear(case) -> list[HeardHow]:
    """Return how somebody else can have heard the reporter; none where nobody knows who it is."""
    there = on_file(case)
    called = [HeardHow.PHONE] if there.phone else []
    return [*called, *([HeardHow.VISIT, HeardHow.CAME] if there.known else [])]


def check_somebody_to_hear(case, by, at) -> None:
    """Refuse to write down the word of a reporter whom nobody knows; a reporter speaks for himself."""
    if by.actor_kind == "staff" and not ways_to_hear(case):
        raise NotAllowed(NOBODY_TO_HEAR)


def check_heard(case, by, heard, *, field="heard") -> None:
    """Refuse what staff write for the reporter without saying how it was heard."""
    if by.actor_kind != "staff":
        return
    if not heard:
        raise NotSaid("请写明反映人是怎么说的。", **{field: "请选择：电话里说的，还是当面说的。"})
    if heard not in ways_to_hear(case):
        raise NotSaid("登记里没有这种联系方式。", **{field: NOT_ON_FILE})


def check_reached(case, how) -> None:
    """Refuse a contact that cannot have been, and “no way” where there is one."""
    if how not in ways_to_reach(case):
        raise NotSaid("登记里没有这种联系方式。", how=NOT_ON_FILE)


def heard_words(heard, unit) -> str:
    """Return what stands behind a line that somebody else wrote down: how it was heard, and by which unit."""
    return f"（{HEARD_WORDS[HeardHow(heard)].format(unit=unit)}）"
