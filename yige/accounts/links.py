"""The one-time link by which an account's owner sets a password: signed, short-lived, dead after use."""

from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from yige.accounts.models import User

SALT = "yige.accounts.links"
FOR_STAFF = timedelta(hours=24)
FOR_FIRST = timedelta(minutes=30)


def issue_link(user, *, at, lasting=FOR_STAFF) -> str:
    """Return the secret of a link that ends then, or as soon as the password is set or voided again."""
    told = {"user": user.pk.hex, "until": int((at + lasting).timestamp()), "state": state_of(user)}
    return signing.dumps(told, salt=SALT)


def user_of_link(secret, *, at) -> User | None:
    """Return the user a secret belongs to; None when it is forged, used, too old or the account is closed."""
    try:
        told = signing.loads(secret, salt=SALT)
        user = User.objects.filter(pk=told["user"], is_active=True).first()
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    if user is None or told["until"] < at.timestamp():
        return None
    return user if constant_time_compare(told["state"], state_of(user)) else None


def state_of(user) -> str:
    """Return a fingerprint that changes with every password, usable or not."""
    return salted_hmac(SALT, f"{user.pk.hex}{user.password}", algorithm="sha256").hexdigest()[:32]
