"""E-mail by SMTP: on when YIGE_SMTP_URL is set. Copy this folder for another wire."""

from django.conf import settings
from django.core.mail import EmailMessage

WIRE_NAME = "email"
SIGNED = "一格 {district}\n这封邮件由系统发出，请不要直接回复。"


def ready():
    return settings.YIGE_MAIL_ON


def can_reach(recipient):
    return bool(recipient.email)


def send_message(message, recipient):
    """Send one letter to one person; its Message-ID is the notice's, so a repeated one can be told."""
    EmailMessage(
        subject=f"【一格】{message.subject}",
        body=f"{message.text}\n\n{SIGNED.format(district=settings.YIGE_DISTRICT_NAME)}",
        to=[recipient.email],
        headers={"Message-ID": f"<{message.id}@{host()}>", "Auto-Submitted": "auto-generated"},
    ).send()


def host():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
