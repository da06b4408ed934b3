"""The password rules of GB/T 22239 (profile dengbao): three kinds of signs, a new one every 90 days.

NIST SP 800-63B advises against both; which profile holds is the deployer's choice (`YIGE_PASSWORD_PROFILE`).
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from yige.accounts.models import User
from yige.audit.models import LogEntry
from yige.audit.verbs import all_names

KINDS = 3
STALE = "yige.stale"  # set in the session of a log-in whose password is too old


class ThreeKinds:
    """Ask for three of: small letters, capitals, digits, other signs (Chinese counts as a sign)."""

    def validate(self, password, user=None) -> None:
        kinds = {self.kind(sign) for sign in password}
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return "密码里小写字母、大写字母、数字、其他符号或汉字，至少要有三种。"

    def kind(self, sign) -> str:
        if sign.isascii() and sign.isalpha():
            return "small" if sign.islower() else "capital"
        return "digit" if sign.isascii() and sign.isdigit() else "other"


def is_stale(user, at) -> bool:
    """Say whether the password is older than the profile allows; its age is that of its line in the log."""
    if not settings.YIGE_PASSWORD_DAYS:
        return False
    lines = LogEntry.objects.filter(
        subject_id=str(user.pk),
        verb__in=all_names("accounts.set_password"),
        subject_type=User._meta.label_lower,
    )
    set_at = lines.order_by("-at").values_list("at", flat=True).first() or user.made_at
    return at - set_at > timedelta(days=settings.YIGE_PASSWORD_DAYS)
