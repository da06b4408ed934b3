"""Receipts of a vote: a short code for the voter, a leaf for the list, one root for the notice board. SHA-256 alone. Pure.

A leaf is the hash of the code, the question and the choice. The code is 80 bits of chance, so a leaf tells no choice to
whoever does not hold the code; the list of leaves and the root tell everybody when a ballot is changed, dropped or added.
"""

import base64
import hashlib
from collections.abc import Iterable

from yige.lib.typed_text import half_width

CODE_BYTES = 10
LOOKS_LIKE = str.maketrans("018", "OIB")
LEAF, NODE = b"\x00", b"\x01"  # so that no inner node can be passed off as a ballot


def code_of(salt: bytes) -> str:
    """Return the code that a voter keeps: FBXJ-5YCU-PHD7-EPLL."""
    plain = base64.b32encode(bytes(salt)).decode()
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def read_code(typed: str) -> str:
    """Return a code as it is printed, however it was typed; what is no letter of a code is read as the one it looks like."""
    plain = "".join(mark for mark in half_width(typed).upper() if mark.isalnum()).translate(LOOKS_LIKE)
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def mark_of(code: str, question: str) -> str:
    """Return what is kept of a code that nobody has used yet: it tells the code to nobody."""
    return hashlib.sha256(f"{question}|{code}".encode()).hexdigest()


def leaf_of(code: str, question: str, choice: str) -> str:
    """Return the line that stands for a ballot in the published list."""
    return hashlib.sha256(LEAF + f"{code}|{question}|{choice}".encode()).hexdigest()


def root_of(leaves: Iterable[str]) -> str:
    """Return the root of the tree over the sorted leaves; "" where nobody voted."""
    level = [bytes.fromhex(leaf) for leaf in sorted(leaves)]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [
            hashlib.sha256(NODE + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs
        ]
    return level[0].hex() if level else ""
