"""Primary keys, made by the application so that districts can be moved between servers."""

import os
import threading
import time
import uuid

_RANDOM_BITS = 74
_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """Make a UUIDv7 (RFC 9562) that is greater than every one this process made before."""
    global _last
    fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | _random(_RANDOM_BITS - 1)
    with _lock:
        # Inside one millisecond, or when the clock steps back, count on from the last one.
        _last = fresh if fresh > _last else _last + 1 + _random(32)
        bits = _last
    return uuid.UUID(int=_with_version(bits))


def _with_version(bits: int) -> int:
    moment, rest = bits >> _RANDOM_BITS, bits & ((1 << _RANDOM_BITS) - 1)
    high, low = rest >> 62, rest & ((1 << 62) - 1)
    return moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom((bits + 7) // 8)) >> (-bits % 8)
