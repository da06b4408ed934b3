"""What follows when a second factor is added, removed or renewed: the log, the inbox, the other log-ins."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from yige.accounts import login_guard
from yige.accounts.adapter import note
from yige.notices.actions import tell_staff
from yige.notices.subjects import Subject, SubjectKind

NAMES = {
    Authenticator.Type.TOTP: "动态验证码",
    Authenticator.Type.WEBAUTHN: "通行密钥",
    Authenticator.Type.RECOVERY_CODES: "备用码",
}


def watch() -> None:
    """Ask the library to say when a factor changes; called once when the program starts."""
    signals.authenticator_added.connect(factor_added)
    signals.authenticator_removed.connect(factor_removed)
    signals.authenticator_reset.connect(factor_renewed)
    signals.authentication_failed.connect(factor_failed)


def factor_added(*, request, user, authenticator, **more) -> None:
    """Count the new factor as shown in this log-in, and end the log-ins that never showed one."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
    log_and_notify(user, "accounts.add_factor", f"已加上{NAMES[authenticator.type]}")


def factor_removed(*, user, authenticator, **more) -> None:
    log_and_notify(user, "accounts.remove_factor", f"已取消{NAMES[authenticator.type]}")


def factor_renewed(*, user, authenticator, **more) -> None:
    log_and_notify(user, "accounts.renew_factor", f"已换新{NAMES[authenticator.type]}")


def factor_failed(*, user, **more) -> None:
    note("accounts.refuse_factor", user, user.pk, result="refused")
    login_guard.tell_wrong_codes(user)


def log_and_notify(user, verb, title) -> None:
    note(verb, user, user.pk)
    body = "如果不是您本人操作，请马上联系安全管理员。"
    subject = Subject(SubjectKind.ACCOUNT)
    tell_staff([user], kind="account", title=title, body=body, at=timezone.now(), subject=subject)


def has_shown_factor(request) -> bool:
    """Say whether this log-in has shown a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
