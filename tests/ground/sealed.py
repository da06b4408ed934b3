"""Rows under old keys, and the keys, for the tests of their rotation."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from tests import factories
from tests.factories import MONDAY_NOON
from yige.cases import actions
from yige.lib.crypto import Keyring

K1, K2, I1, I2 = b"1" * 32, b"2" * 32, b"i" * 32, b"j" * 32
OLD = Keyring({"k1": K1}, "k1", {"": I1})
BOTH = Keyring({"k2": K2, "k1": K1}, "k2", {"i2": I2, "": I1})
NEW = Keyring({"k2": K2}, "k2", {"i2": I2})


def numbers(first, many):
    return [f"199{number:08}" for number in range(first, first + many)]


def fill(here, many=12):
    """Make people, reporters, a complaint and second factors under the keys of the moment."""
    household = factories.household(here)
    for place, phone in enumerate(numbers(1, many)):
        factories.person(
            here, household, f"王小{chr(0x4E00 + place)}", phone=phone, emergency=f"女儿 {phone}"
        )
    factories.reported(here, contact={"name": "李敏", "phone": "19955550001", "email": "a@example.org"})
    actions.complain("/", by=here.desk, at=MONDAY_NOON, words="字太小", contact="19955550002")
    TOTP.activate(here.desk, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(here.desk)
    return household
