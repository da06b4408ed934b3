"""How lines of the log are hashed and chained: plain bytes, nothing but the standard library.

A block holds a mark (SHA-256) for each line of a range of transactions, in the order of transaction and id, and its
head covers the block before it. Whoever has the lines, the blocks and one head that was published can repeat all of it.
"""

import hashlib
import json
import re
from typing import NamedTuple
from uuid import UUID

FORM = 1  # of what is hashed; another order or another hash gets another number
CHAIN_START = "0" * 64  # what the first block stands on
ID_BYTES, MARK_BYTES = 16, 32
LEAF_BYTES = ID_BYTES + MARK_BYTES
# Every column of a line; the database gives each as text or null (audit/log_rows.py), so that nothing depends on a client.
LOG_COLUMNS = (
    "id", "epoch", "transaction", "at", "written_at", "verb", "actor_kind", "actor_id", "post_id", "subject_type",
    "subject_id", "fields", "purpose", "result", "key", "fingerprint",
)  # fmt: skip
PUBLISHED = re.compile(r"封条\s*(\d+)\b.*?((?:[0-9a-f]{4}[ \t]*){16})$")


class Block(NamedTuple):
    """One block; `sealed_at` is microseconds since 1970 as text, `leaves` the ids and marks of its lines.

    It holds exactly the lines of `epoch` whose transaction is at least `begin` and below `end`. `closes` says that the
    epoch ends with it: what follows was numbered by another database (docs/adr/0048).
    """

    number: int
    form: int
    epoch: int
    begin: int
    end: int
    count: int
    total: int
    closes: bool
    sealed_at: str
    previous: str
    head: str
    leaves: bytes


def mark_of(cells) -> bytes:
    """Return the hash of a line, given as the text of its columns."""
    return hashlib.sha256(json.dumps([FORM, *cells], separators=(",", ":")).encode()).digest()


def leaf_of(cells) -> bytes:
    return UUID(cells[0]).bytes + mark_of(cells)


def head_of(block) -> str:
    """Return the head that a block must have, whatever head it carries."""
    said = [
        "yige-log", block.form, block.number, block.epoch, block.begin, block.end, block.count, block.total, block.closes,
        block.sealed_at, block.previous, hashlib.sha256(block.leaves).hexdigest(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def marks_of(leaves) -> dict[bytes, bytes]:
    """Return the mark of each line of a block by its id."""
    return {
        leaves[place : place + ID_BYTES]: leaves[place + ID_BYTES : place + LEAF_BYTES]
        for place in range(0, len(leaves) - LEAF_BYTES + 1, LEAF_BYTES)
    }


def published_line(number, when, total, head) -> str:
    """Return the line by which a head is published: printed, sent, appended to a file."""
    return f"封条 {number} {when} 共 {total} 条 {head}"


def published_heads(lines) -> list[tuple[int, str]]:
    """Return number and head of every published line in a text; a head may be typed in groups, as it is printed."""
    found = (PUBLISHED.search(line.strip()) for line in lines)
    return [(int(one[1]), re.sub(r"\s", "", one[2])) for one in found if one]
