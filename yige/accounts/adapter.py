"""How log-in behaves here: no sign-up, plain sentences, waits that spare whoever is known (`login_guard`), a log line each."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from yige.accounts import login_guard, passwords
from yige.accounts.actors import STRANGER
from yige.accounts.models import User
from yige.audit.log import write
from yige.lib import crypto

APP = "allauth.account"
KIND = User._meta.label_lower
TOTP_PLACE = "mfa_authenticator.data"
SAID = {
    "account_inactive": "这个账号已经停用。",
    "enter_current_password": "现在的密码不对。",
    "incorrect_code": "验证码不对，或者刚刚用过。请等下一个验证码再试。",
    "incorrect_password": "密码不对。",
    "username_password_mismatch": "账号或密码不对。",
    "too_many_login_attempts": "这个账号试错的次数太多，请过几分钟再试。着急可请安全管理员重置密码。",
    "rate_limited": "操作得太快了，请过一会儿再试。",
    "same_as_current": "新密码和现在的一样，请换一个。",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | SAID

    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_authenticate(self, request, **credentials) -> None:
        """Count the attempt wherever it counts, or refuse it; a success gives it back."""
        self._login_failed_rl_usage = None
        login, spent = credentials.get("username", ""), []
        for action, key in login_guard.counts_of(request, login):
            usage = ratelimit.consume(request, app=APP, action=action, key=key)
            if not usage:
                for earlier in spent:
                    earlier.rollback()
                login_guard.tell_of_guesses(action, login, key)
                raise self.validation_error("too_many_login_attempts")
            spent.append(usage)
        self._spent = spent

    def authenticate(self, request, **credentials) -> User | None:
        user = super().authenticate(request, **credentials)
        if user:
            for usage in self._spent:
                usage.rollback()
        return user

    def authentication_failed(self, request, **credentials) -> None:
        login = credentials.get("username", "").lower()
        user = User.objects.filter(username=login).first()
        # What was typed is not kept: people type a password into the wrong field.
        note("accounts.refuse_login", STRANGER, user and user.pk, result="refused")

    def post_login(self, request, user, **kwargs) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        note("accounts.log_in", user, user.pk)
        login_guard.remember(request, response, user)
        if passwords.is_stale(user, timezone.now()):
            request.session[passwords.STALE] = True
        return response

    def logout(self, request) -> None:
        if request.user.is_authenticated:
            note("accounts.log_out", request.user, request.user.pk)
        super().logout(request)

    def set_password(self, user, password) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            note("accounts.set_password", user, user.pk)
        self.request.session.pop(passwords.STALE, None)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("console:account")

    def add_message(self, *args, **kwargs) -> None:
        """Say nothing of allauth's own: our pages show what changed."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": SAID["incorrect_code"],
        "cannot_delete_authenticator": "您的岗位要求两步登录，不能取消最后一个。请先加上另一种方式。",
        "cannot_generate_recovery_codes": "请先打开两步登录，再生成备用码。",
    }

    def encrypt(self, text) -> str:
        return base64.b64encode(crypto.seal(text, where=TOTP_PLACE)).decode()

    def decrypt(self, encrypted_text) -> str:
        return crypto.open_sealed(self.blob(encrypted_text), where=TOTP_PLACE)

    def blob(self, encrypted_text) -> bytes:
        return base64.b64decode(encrypted_text)

    def can_delete_authenticator(self, authenticator) -> bool:
        """Keep the last second factor of somebody whose post asks for one."""
        user = authenticator.user
        if settings.DEMO or not any(post.rule.mfa for post in user.posts_at(timezone.now())):
            return True
        others = type(authenticator).objects.filter(user=user).exclude(pk=authenticator.pk)
        return others.exclude(type=authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user, type) -> str:
        return "我的通行密钥"

    def get_public_key_credential_rp_entity(self) -> dict:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def send_notification_mail(self, *args, **kwargs) -> None:
        """Leave it to the inbox (`accounts.factors`)."""


def note(verb, by, pk, result="done") -> None:
    """Write one line about a log-in, in a transaction of its own."""
    with transaction.atomic():
        write(verb, by=by, at=timezone.now(), kind=KIND, pk=pk, result=result)


def forgive(request, response, user) -> None:
    """Wipe the failed attempts of an account whose password was just set by link, and know the browser from now on."""
    for action, key in login_guard.counts_of(request, user.username):
        if action not in login_guard.FROM_ONE_PLACE:
            ratelimit.clear(request, app=APP, action=action, key=key)
    user.refresh_from_db(fields=["password"])
    login_guard.know_browser(request, response, user)
