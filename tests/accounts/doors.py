"""How a test goes through the doors of log-in."""

from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, address="10.0.0.1", **more):
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address, **more)


def code_of(secret, step=0):
    counter = int(timezone.now().timestamp()) // 30 + step
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def confirmed(client, address, password=PASSWORD):
    """Open a page of log-in safety: it asks for the password once more."""
    stopped = client.get(address)
    client.post(stopped.headers["Location"], {"password": password})
    return client.get(address)


def with_totp(user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret
