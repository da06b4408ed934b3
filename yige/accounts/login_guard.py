"""How often a password may be tried: whoever is known here is counted alone, strangers are counted together.

A browser or an address from which the account was opened before has counts of its own, so that nobody else's guesses
shut its owner out. All the others share those of the account and of their network, and wait. docs/adr/0038.
"""

import secrets
from datetime import timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from yige.accounts.actors import STRANGER
from yige.accounts.links import state_of
from yige.accounts.models import Post, User
from yige.accounts.roles import having
from yige.audit.log import write
from yige.lib.local_time import local_day
from yige.lib.networks import counted_site
from yige.notices.actions import tell_staff
from yige.notices.subjects import Subject, SubjectKind

COOKIE = "__Host-known" if settings.YIGE_HTTPS else "known"
SALT = "yige.accounts.known"
KNOWN_FOR = timedelta(days=90)
MOST_OWNERS = 6  # of one browser: an office machine
WRONG_CODES, WRONG_CODES_HOLD = 3, timedelta(hours=1)
SLOWED = "系统已让它们等，本人在用过的设备和地方照常能登录。来路不断的，请让机房在入口挡住。"
LATER = "六小时内再有这样的事，不再另行告诉，每一次都记在操作日志里。"
OWNER_TOLD, KEEPER_TOLD = timedelta(days=1), timedelta(hours=6)
FROM_EVERYWHERE, FROM_ONE_PLACE = "login_failed_anywhere", ("login_failed_address", "login_failed_site")


def counts_of(request, login) -> list[tuple[str, str]]:
    """Return the counts (name, key) that this attempt is taken from; the names stand in ACCOUNT_RATE_LIMITS."""
    login, address = login.lower(), ratelimit.get_ip(request)
    if device := _device(request, login):
        return [("login_failed", f"{login}|{device}")]
    pair = ("login_failed", f"{login}|{address}")
    if cache.get(_place(login, address)):
        return [pair, ("login_failed_desk", address)]
    site = counted_site(address)
    wide = [("login_failed_site", site)] if site else []
    return [pair, (FROM_EVERYWHERE, login), ("login_failed_address", address), *wide]


def remember(request, response, user) -> None:
    """Know this browser and this address for ninety days as ones from which the account was opened."""
    cache.set(_place(user.username.lower(), ratelimit.get_ip(request)), 1, KNOWN_FOR.total_seconds())
    know_browser(request, response, user)


def know_browser(request, response, user) -> None:
    """Give the browser a signed mark of the account; it ends with the password."""
    name, marks = _marks(request)
    others = [(pk, state) for pk, state in marks.items() if pk != user.pk.hex]
    # The name stays: whoever signs in anew must not get new tries at the others of this browser.
    known = [name or secrets.token_hex(8), dict([(user.pk.hex, state_of(user)), *others][:MOST_OWNERS])]
    response.set_cookie(
        COOKIE, signing.dumps(known, salt=SALT), max_age=KNOWN_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def tell_of_guesses(count, login, key) -> None:
    """Tell the owner once a day, and whoever keeps the accounts of the area once in six hours, what strangers try."""
    with transaction.atomic():
        user = User.objects.filter(username=login.lower(), is_active=True).first()
        if count == FROM_EVERYWHERE and user:
            _tell_owner(user)
        elif count in FROM_ONE_PLACE:
            tell_keepers(user, f"{count}|{key}", "有人从同一个地方试很多账号的密码", SLOWED)


def tell_wrong_codes(user) -> None:
    """Tell owner and keepers when a right password came with wrong codes three times in an hour: it is not a secret any more."""
    key = _key("codes", user.pk)
    wrong = cache.get(key, 0) + 1
    cache.set(key, wrong, WRONG_CODES_HOLD.total_seconds())
    if wrong < WRONG_CODES or not cache.add(_key("codes told", user.pk), 1, OWNER_TOLD.total_seconds()):
        return
    body = (
        "密码是对的，动态验证码连错几次。不是您本人的话，密码已经被人知道，请马上换一个，并告诉安全管理员。"
    )
    _say([user], "有人用您的密码登录，验证码没有通过", body)
    tell_keepers(user, f"codes|{user.pk}", f"账号 {user.username} 密码对、验证码连错几次", "请问问本人。")


def _tell_owner(user):
    if not cache.add(_key("owner", user.pk), 1, OWNER_TOLD.total_seconds()):
        return
    write("accounts.slow_logins", by=STRANGER, at=timezone.now(), kind=user._meta.label_lower, pk=user.pk)
    body = (
        "从没有登录过这个账号的地方，已经试错几十次，先让它们等。您在用过的电脑、手机或办公室照常能登录。"
        "请看看密码是不是别处也在用；没有两步登录的，请加上。"
    )
    _say([user], "有人在试您账号的密码", body)
    tell_keepers(user, user.pk, f"有人从许多地方试账号 {user.username} 的密码", SLOWED)


def tell_keepers(user, what, title, body) -> None:
    """Tell those who keep this account, or all accounts: of one thing once a day, of all such things once in six hours."""
    if not cache.add(_key("what", what), 1, OWNER_TOLD.total_seconds()):
        return
    heard = [pk for pk in keepers_over(user) if cache.add(_key("keeper", pk), 1, KEEPER_TOLD.total_seconds())]
    _say(heard, title, body + LATER)


def keepers_over(user) -> list:
    """Return the ids of those who keep the accounts where this user has a post; of all of them for nobody's account."""
    held = Post.objects.held_on(local_day(timezone.now())).filter(user__is_active=True)
    keepers = held.filter(role__in=having("keep_accounts"))
    paths = list(held.filter(user=user).values_list("path", flat=True)) if user else []
    near = {post.user_id for post in keepers if any(post.covers(path) for path in paths)}
    return sorted(near or {post.user_id for post in keepers})


def _say(users, title, body):
    account = Subject(SubjectKind.ACCOUNT)
    tell_staff(users, kind="attacked", title=title, body=body, at=timezone.now(), subject=account)


def _device(request, login):
    """Return the name of this browser where it carries the mark of this account, "" where not."""
    name, marks = _marks(request)
    user = User.objects.filter(username=login, pk__in=list(marks)).first() if marks else None
    return name if user and constant_time_compare(marks[user.pk.hex], state_of(user)) else ""


def _marks(request):
    """Return (name of the browser, state of the password by account) out of its cookie."""
    try:
        name, marks = signing.loads(request.COOKIES[COOKIE], salt=SALT, max_age=KNOWN_FOR)
    except (KeyError, signing.BadSignature):
        return "", {}
    return name, marks


def _place(login, address):
    return _key("place", f"{login}|{address}")


def _key(kind, what):
    """Neither accounts nor addresses can be guessed back out of the table, as they could from a plain hash."""
    return salted_hmac(SALT, f"{kind}|{what}", algorithm="sha256").hexdigest()
