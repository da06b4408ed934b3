"""Secrets at rest and secret links; the keys come from the settings, which call `use` once."""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES, SM4 = "aes256gcm", "sm4gcm"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NONCE, _TAG = 12, 16
_MISREAD = str.maketrans("ILO", "110", "- \t\r\n")


class CannotOpen(ValueError):
    """The sealed value is damaged, was moved to another row, or its key is not here."""


@dataclass(frozen=True)
class Keyring:
    """Keys by id; `current` seals and the first index key hashes, every other one still opens and finds.

    An index key without an id ("") is one from before keys had ids; its hashes carry none.
    """

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    index_keys: Mapping[str, bytes] = field(repr=False)
    algorithm: str = AES

    def __post_init__(self):
        if self.current not in self.keys:
            raise ValueError(f"the current key {self.current!r} is not among the keys")
        if self.algorithm not in (AES, SM4):
            raise ValueError(f"the algorithm must be {AES} or {SM4}")
        named = [*self.keys, *filter(None, self.index_keys)]
        if not all(re.fullmatch(r"[a-z0-9-]{1,16}", kid, re.ASCII) for kid in named):
            raise ValueError("a key id is 1 to 16 of a-z, 0-9 and hyphen")
        if any(len(key) != 32 for key in (*self.keys.values(), *self.index_keys.values())):
            raise ValueError("every key must have 32 bytes")
        if not self.index_keys:
            raise ValueError("there must be an index key")
        if set(self.index_keys.values()) & set(self.keys.values()):
            raise ValueError("the index keys must differ from the sealing keys")

    @property
    def index_current(self) -> str:
        return next(iter(self.index_keys))


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """Register the keys of this deployment."""
    global _ring
    _ring = ring


def seal(text: str, *, where: str) -> bytes:
    """Encrypt for one place (`table.field:pk`); the result opens nowhere else."""
    ring, start = _registered(), head()
    nonce = os.urandom(_NONCE)
    encrypt = _aes_encrypt if ring.algorithm == AES else _sm4_encrypt
    return start + nonce + encrypt(ring.keys[ring.current], nonce, text.encode(), start + where.encode())


def open_sealed(blob: bytes, *, where: str) -> str:
    """Decrypt what `seal` made for the same place; raises CannotOpen otherwise."""
    ring = _registered()
    head, key, decrypt, body = _take_apart(bytes(blob), ring)
    try:
        return decrypt(key, body[:_NONCE], body[_NONCE:], head + where.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the sealed value does not open here") from error


def key_of(blob: bytes) -> str:
    """The id of the key that sealed it, to find what a rotation still has to seal again."""
    return bytes(blob).split(b":", 2)[1].decode()


def head() -> bytes:
    """What every value begins with that the current key and algorithm seal."""
    ring = _registered()
    return f"{ring.algorithm}:{ring.current}:".encode()


def index_head() -> bytes:
    """What every hash begins with that the current index key makes."""
    kid = _registered().index_current
    return f"{kid}:".encode() if kid else b""


def is_fresh(blob: bytes) -> bool:
    """Say whether the current key and algorithm sealed it; a rotation seals the others again."""
    return bytes(blob).startswith(head())


def blind_index(text: str) -> bytes:
    """A keyed hash for equality search over sealed values, with the key's id; normalise the text first."""
    ring = _registered()
    return _index(ring.index_current, ring.index_keys[ring.index_current], text)


def blind_indexes(text: str) -> list[bytes]:
    """The hashes of a text under every key, for a search that also finds what is not hashed anew yet."""
    return [_index(kid, key, text) for kid, key in _registered().index_keys.items()]


def keyed_hashes(text: str) -> list[str]:
    """Bare keyed hashes in hex, the current key's first: for telling whether two texts are the same."""
    return [hmac.digest(key, text.encode(), "sha256").hex() for key in _registered().index_keys.values()]


def _index(kid: str, key: bytes, text: str) -> bytes:
    return (f"{kid}:".encode() if kid else b"") + hmac.digest(key, text.encode(), "sha256")


def link_secret(key: bytes, case_id, version: int) -> str:
    """The 100-bit secret of a reporter's link; a new version ends every earlier link."""
    digest = hmac.digest(key, f"yige reporter link:{case_id}:{version}".encode(), "sha256")
    return _crockford(int.from_bytes(digest[:13]) >> 4, 20)


def derived_secret(key: bytes, purpose: str, row_id) -> str:
    """The 100-bit secret of a link to one row, for one purpose; kept nowhere."""
    digest = hmac.digest(key, f"yige {purpose}:{row_id}".encode(), "sha256")
    return _crockford(int.from_bytes(digest[:13]) >> 4, 20)


def random_code(length: int = 20) -> str:
    """A random Crockford base32 code, five bits a character."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def normal_code(code: str) -> str:
    """Forgive how people copy a Crockford code: case, hyphens, spaces, I and L for 1, O for 0."""
    return code.upper().translate(_MISREAD)


def same(one: str, other: str) -> bool:
    """Compare two codes in constant time, forgiving how people copy them."""
    return hmac.compare_digest(normal_code(one).encode(), normal_code(other).encode())


def _registered() -> Keyring:
    if _ring is None:
        raise RuntimeError("no keys registered: the settings must call yige.lib.crypto.use(Keyring(…))")
    return _ring


def _take_apart(blob: bytes, ring: Keyring):
    try:
        algorithm, kid, body = blob.split(b":", 2)
        key = ring.keys[kid.decode()]
        decrypt = {AES.encode(): _aes_decrypt, SM4.encode(): _sm4_decrypt}[algorithm]
    except (ValueError, KeyError) as error:
        raise CannotOpen("the sealed value names no key or algorithm known here") from error
    if len(body) < _NONCE + _TAG:
        raise CannotOpen("the sealed value is cut short")
    return algorithm + b":" + kid + b":", key, decrypt, body


@lru_cache(maxsize=16)
def _aes(key):
    """The cipher of a key; making it anew costs as much as sealing a name."""
    return AESGCM(key)


def _aes_encrypt(key, nonce, plain, bound):
    return _aes(key).encrypt(nonce, plain, bound)


def _aes_decrypt(key, nonce, body, bound):
    return _aes(key).decrypt(nonce, body, bound)


def _sm4_encrypt(key, nonce, plain, bound):
    encryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key, nonce, body, bound):
    decryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce, body[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(body[:-_TAG]) + decryptor.finalize()


def _sm4_key(key: bytes) -> bytes:
    return hashlib.sha256(b"yige sm4 key:" + key).digest()[:16]


def _crockford(number: int, length: int) -> str:
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(length)))
