"""Receipts of a vote: a short code for the voter, a leaf for the list, one root for the notice board. SHA-256 alone. Pure.

A leaf is the hash of the code, the question and the choice. The code is 80 bits of chance, so a leaf tells no choice to
whoever does not hold the code; the list of leaves and the root tell everybody when a ballot is changed, dropped or added.
"""

import base64
import hashlib
from collections.abc import Iterable

CODE_BYTES = 10
LEAF, NODE = b"\x00", b"\x01"  # so that no inner node can be passed off as a ballot


def code_of(salt: bytes) -> str:
    """Return the code that a voter keeps: FBXJ-5YCU-PHD7-EPLL."""
    plain = base64.b32encode(bytes(salt)).decode()
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def leaf_of(salt: bytes, question: str, choice: str) -> str:
    """Return the line that stands for a ballot in the published list."""
    return hashlib.sha256(LEAF + f"{code_of(salt)}|{question}|{choice}".encode()).hexdigest()


def root_of(leaves: Iterable[str]) -> str:
    """Return the root of the tree over the sorted leaves; "" where nobody voted."""
    level = [bytes.fromhex(leaf) for leaf in sorted(leaves)]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [
            hashlib.sha256(NODE + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs
        ]
    return level[0].hex() if level else ""
