"""Whom a notice goes to and what may leave the house: a number, a word and a link, never what the case is about."""

from typing import NamedTuple

from django.conf import settings

from yige.accounts.models import User
from yige.cases import reporters
from yige.cases.models import Case, Reporter
from yige.notices.models import Audience


class Contact(NamedTuple):
    """An address in the clear, held only while one message is sent."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Message(NamedTuple):
    """What a wire sends. `id` is the notice's id: a wire that sends twice sends the same message."""

    id: str
    subject: str
    text: str


def contact_of(notice):
    """Return the address of a notice's reader; an empty one when there is none (any more)."""
    if notice.audience == Audience.REPORTER:
        row = Reporter.objects.filter(case=notice.subject_id, removed_at=None).first()
        return Contact(**reporters.opened(row)) if row else Contact()
    user = User.objects.filter(pk=notice.user_id, is_active=True).first()
    return Contact(user.name, user.phone, user.email) if user else Contact()


def message_of(notice):
    """Return the words that leave: for a reporter the number, the state and the secret link."""
    if notice.audience == Audience.REPORTER:
        case = Case.objects.get(pk=notice.subject_id)
        link = f"{settings.YIGE_PUBLIC_URL}/c/{case.number}/{reporters.secret(case, settings.YIGE_LINK_KEY)}/"
        subject = f"您反映的事项 {case.number} 有新进展"
        return Message(str(notice.pk), subject, f"{subject}：{case.get_state_display()}。查看：{link}")
    link = f"{settings.YIGE_PUBLIC_URL}{notice.link or '/console/inbox/'}"
    return Message(str(notice.pk), notice.title, f"{notice.title}。查看：{link}")
