"""Whom a notice goes to and what may leave the house: a number, a word and a link, never what the case is about."""

from typing import NamedTuple

from django.conf import settings

from yige.accounts.models import User
from yige.alliance import telling
from yige.archive.rights import requests, signing_in
from yige.cases import reporters
from yige.cases.case_notices import RECEIPT
from yige.cases.models import Case, Reporter
from yige.cases.queries import leading_case
from yige.deliberation import telling as deliberation
from yige.notices.models import Audience
from yige.notices.subjects import SubjectKind
from yige.web.subject_pages import reporter_page, resident_page, staff_page

COUNCIL_KINDS = (SubjectKind.DELIBERATION, SubjectKind.OBJECTION, SubjectKind.VOTING_RIGHT)
# With its signature 【一格】 in front it fits one short message of 70 characters.
CODE_TEXT = "验证码 {code}，10 分钟内有效。不是您本人操作，请不用理会。"


class Recipient(NamedTuple):
    """An address in the clear, held only while one message is sent."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Message(NamedTuple):
    """What a wire sends. `id` is the notice's id: a wire that sends twice sends the same message."""

    id: str
    subject: str
    text: str


def recipient_of(notice):
    """Return the address of a notice's reader; an empty one when there is none (any more)."""
    if notice.audience == Audience.REPORTER:
        row = Reporter.objects.filter(case=notice.subject_id, removed_at=None).first()
        return Recipient(**reporters.open_contact(row)) if row else Recipient()
    if notice.audience == Audience.RESIDENT:
        return Recipient(phone=resident_phone(notice))
    user = User.objects.filter(pk=notice.user_id, is_active=True).first()
    return Recipient(user.name, user.phone, user.email) if user else Recipient()


def message_of(notice):
    """Return the words that leave: for a reporter the number, the state and the secret link."""
    if notice.audience == Audience.REPORTER:
        case = Case.objects.get(pk=notice.subject_id)
        link = f"{settings.YIGE_PUBLIC_URL}{reporter_page(case)}"
        if notice.kind == RECEIPT:
            subject = f"您反映的事项 {case.number} 已收到"
            return Message(str(notice.pk), subject, f"{subject}。看进展、补充、催办：{link}")
        subject = f"您反映的事项 {case.number} 有新进展"
        state = leading_case(case).get_state_display()
        return Message(str(notice.pk), subject, f"{subject}：{state}。查看：{link}")
    if notice.audience == Audience.RESIDENT:
        return Message(str(notice.pk), notice.title, resident_text(notice))
    link = f"{settings.YIGE_PUBLIC_URL}{staff_page(notice)}"
    return Message(str(notice.pk), notice.title, f"{notice.title}。查看：{link}")


def resident_phone(notice):
    """Return the number that a notice goes to; "" when nobody has left it, or a code is over."""
    if notice.subject_kind == SubjectKind.SIGN_IN_CODE:
        phone, _ = code_to_send(notice) or ("", "")
        return phone
    if notice.subject_kind == SubjectKind.MY_CALLS:
        return telling.phone_to_tell(notice.subject_id)
    if notice.subject_kind in COUNCIL_KINDS:
        return deliberation.phone_to_tell(notice)
    return requests.phone_to_tell(notice.subject_id)


def code_to_send(notice):
    """Return (phone, code): to whoever has the number on file, or has left it with a report."""
    return signing_in.to_send(notice.subject_id, at=notice.send_after, is_known=reporters.has_reported_with)


def resident_text(notice):
    """Return the words for a person on file; a code is read here alone and stands in no notice."""
    if notice.subject_kind == SubjectKind.SIGN_IN_CODE:
        _, code = code_to_send(notice)
        return CODE_TEXT.format(code=code)
    return f"{notice.title}。查看：{settings.YIGE_PUBLIC_URL}{resident_page(notice)}"


def forget_what_was_sent(notice):
    """What may be forgotten once a notice has left: the code itself."""
    if notice.audience == Audience.RESIDENT and notice.subject_kind == SubjectKind.SIGN_IN_CODE:
        signing_in.forget_code(notice.subject_id)
