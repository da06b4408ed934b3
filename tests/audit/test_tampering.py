"""Whatever the owner of the tables does to the sealed log is found, and nothing is found where nothing was done.

A thousand tamperings on rows in memory, as an export gives them; a handful on the tables themselves.
"""

import random
from collections import Counter
from copy import copy
from itertools import accumulate
from uuid import UUID

import pytest

from yige.audit import chain, offline
from yige.audit.verifying import verify

SEALED, OPEN = 60, 3
COLUMN = {name: place for place, name in enumerate(chain.LOG_COLUMNS)}


def new_line(lot, transaction, epoch=1):
    moment = str(1_790_000_000_000_000 + transaction * 1_000 + lot.randrange(1_000))
    said = {
        "id": str(UUID(int=lot.getrandbits(128))), "epoch": str(epoch), "transaction": str(transaction), "at": moment,
        "written_at": moment, "verb": lot.choice(["cases.reveal", "archive.view"]), "actor_kind": "staff",
        "actor_id": str(UUID(int=lot.randrange(5))), "post_id": None, "subject_type": "cases.case",
        "subject_id": str(lot.randrange(40)), "fields": lot.choice(['["phone"]', "[]"]), "purpose": lot.choice(["", "回访"]),
        "result": "done", "key": None, "fingerprint": f"{lot.getrandbits(64):016x}",
    }  # fmt: skip
    return [said[name] for name in chain.LOG_COLUMNS]


def place_of(cells):
    return int(cells[1]), int(cells[2]), cells[0]


def seal(parts):
    """Seal lines as the sealer does, each part (the end of its transactions, its lines) in a block."""
    blocks, previous, total, begin = [], chain.CHAIN_START, 0, 0
    for number, (end, lines) in enumerate(parts, 1):
        total += len(lines)
        leaves = b"".join(map(chain.leaf_of, lines))
        block = chain.Block(
            number, chain.FORM, 1, begin, end, len(lines), total, False, str(number), previous, "", leaves
        )  # fmt: skip
        blocks.append(block._replace(head=chain.head_of(block)))
        begin, previous = end, blocks[-1].head
    return blocks


def sealed_anew(lines, ends):
    begins = [0, *ends]
    return seal(
        (end, [cells for cells in lines if begin <= int(cells[2]) < end])
        for begin, end in zip(begins, ends, strict=False)
    )


class Log:
    """A log of some transactions, sealed in some blocks, the last lines not yet; with every head published."""

    def __init__(self, lot):
        self.lot = lot
        transactions = list(accumulate(lot.choice([0, 1, 1, 2, 5]) for _ in range(SEALED)))
        self.ends = sorted({lot.randrange(1, transactions[-1]) for _ in range(5)} | {transactions[-1] + 1})
        later = [self.ends[-1] + number for number in range(OPEN)]
        self.lines = sorted((new_line(lot, number) for number in transactions + later), key=place_of)
        self.blocks = sealed_anew(self.lines, self.ends)
        self.heads = [(block.number, block.head) for block in self.blocks]

    def copy(self, lot):
        other = copy(self)
        other.lot, other.lines, other.blocks = lot, [list(cells) for cells in self.lines], list(self.blocks)
        return other

    def verdict(self, heads=None):
        self.lines.sort(key=place_of)
        return verify(self.blocks, self.lines, self.heads if heads is None else heads)

    def pick(self, count=1):
        """Return sealed lines."""
        return self.lot.sample(self.lines[:SEALED], count)

    def block_of(self, cells):
        return next(block.number for block in self.blocks if block.begin <= int(cells[2]) < block.end)


# What is done, and what must be said of which block and line: (kinds, block, line); None where it may be any.


def delete(log):
    (cells,) = log.pick()
    log.lines.remove(cells)
    return {"deleted", "truncated"}, log.block_of(cells), cells[0]


def change(log):
    (cells,) = log.pick()
    said, block = (cells[0], log.block_of(cells)), None
    place = log.lot.randrange(len(cells))
    block = log.block_of(cells)
    before = cells[place]
    if place == 0:
        cells[0] = str(UUID(int=log.lot.getrandbits(128)))
        return {"deleted", "truncated"}, block, said[0]
    if place < 3:
        cells[place] = str(int(before) + log.lot.choice([1, 2, 40, 500]))
        return {"changed", "deleted", "truncated"}, block, said[0]
    cells[place] = log.lot.choice(
        [text for text in (None, "", "0", f"{before}1", f"{before} ") if text != before]
    )
    return {"changed"}, block, said[0]


def insert(log):
    cells = new_line(log.lot, log.lot.randrange(1, log.ends[-1]))
    log.lines.append(cells)
    return {"inserted"}, log.block_of(cells), cells[0]


def insert_elsewhere(log):
    """Into an epoch that was never begun."""
    cells = new_line(log.lot, log.lot.randrange(1, log.ends[-1]), epoch=log.lot.choice([0, 2, 9]))
    log.lines.append(cells)
    return {"inserted"}, None, cells[0]


def swap(log):
    one, other = log.pick(2)
    said = "swapped", log.block_of(one), one[0]
    stay = log.lot.choice([1, 3])
    one[stay:], other[stay:] = other[stay:], one[stay:]
    return {said[0]}, said[1] if stay == 3 else None, said[2]


def exchange_ids(log):
    """The ids of two lines; the same seen from the other side."""
    one, other = log.pick(2)
    one[0], other[0] = other[0], one[0]
    return {"swapped", "changed", "deleted", "inserted"}, None, one[0]


def truncate(log):
    """The lines at the end, also those that were not sealed yet."""
    left = log.lot.randrange(SEALED)
    first = log.lines[left]
    del log.lines[left:]
    return {"truncated"}, log.block_of(first), first[0]


def truncate_with_blocks(log):
    left = log.lot.randrange(len(log.blocks))
    log.lines = [cells for cells in log.lines if left and int(cells[2]) < log.blocks[left - 1].end]
    del log.blocks[left:]
    return {"cut"}, left + 1, ""


def seal_anew(log):
    """From the middle: a line is changed or gone, and every block from there on is made again, without a flaw."""
    (cells,) = log.pick()
    block = log.block_of(cells)
    if log.lot.random() < 0.5:
        log.lines.remove(cells)
    else:
        cells[COLUMN["actor_id"]] = str(UUID(int=log.lot.getrandbits(128)))
    log.blocks = sealed_anew(log.lines, log.ends)
    return {"resealed"}, block, ""


def change_block(log):
    place = log.lot.randrange(len(log.blocks))
    block, name = (
        log.blocks[place],
        log.lot.choice(["end", "count", "total", "closes", "sealed_at", "previous", "head", "leaves"]),
    )
    now = {
        "closes": not block.closes, "sealed_at": block.sealed_at + "0", "previous": "f" * 64, "head": "f" * 64,
        "leaves": block.leaves[:-1] + b"?",
    }.get(name)  # fmt: skip
    log.blocks[place] = block._replace(**{name: getattr(block, name) + 1 if now is None else now})
    return {"block"}, block.number, ""


def drop_block(log):
    place = log.lot.randrange(len(log.blocks) - 1)
    del log.blocks[place]
    return {"gap"}, place + 1, ""


def exchange_blocks(log):
    place = log.lot.randrange(len(log.blocks) - 1)
    one, other = log.blocks[place : place + 2]
    log.blocks[place : place + 2] = [other._replace(number=one.number), one._replace(number=other.number)]
    return {"block"}, one.number, ""


TAMPERINGS = (
    delete, change, change, insert, insert_elsewhere, swap, exchange_ids, truncate, truncate_with_blocks, seal_anew,
    change_block, drop_block, exchange_blocks,
)  # fmt: skip
ROUNDS = 1_000


def test_a_thousand_tamperings_are_found_and_located():
    logs = [Log(random.Random(seed)) for seed in range(40)]
    missed, done = [], Counter()
    for seed in range(ROUNDS):
        log, tamper = logs[seed % len(logs)].copy(random.Random(seed)), TAMPERINGS[seed % len(TAMPERINGS)]
        kinds, block, line = tamper(log)
        found = log.verdict().findings
        done[tamper.__name__] += 1
        if not any(one.kind in kinds and one.line == line and block in (None, one.block) for one in found):
            missed.append((seed, tamper.__name__, kinds, block, line, found[:3]))

    assert missed == []
    assert sum(done.values()) == ROUNDS


def test_nothing_is_found_where_nothing_was_done():
    verdicts = [Log(random.Random(seed)).verdict() for seed in range(200)]

    assert [verdict.counts for verdict in verdicts if not verdict.whole] == []
    assert {verdict.open_lines for verdict in verdicts} == {OPEN}
    assert all(verdict.compared == verdict.blocks for verdict in verdicts)


@pytest.mark.parametrize("tamper", [seal_anew, truncate_with_blocks])
def test_without_a_published_head_a_whole_new_chain_is_not_found(tamper):
    """The control: what the published heads are for."""
    log = Log(random.Random(1))
    tamper(log)

    assert log.verdict(heads=[]).whole
    assert not log.verdict().whole


def test_the_first_place_is_named_in_words():
    log = Log(random.Random(2))
    _, block, line = delete(log)

    said = "\n".join(offline.sentences_of(log.verdict(heads=log.heads[:3])))

    assert "日志被动过" in said
    assert f"第一处：第 {block} 号封条，编号 {line} 的一条被删掉了。" in said
    assert "公布过的校验码对了 3 个" in said


def test_a_published_line_is_read_as_it_is_printed_sent_or_typed():
    head = "0123456789abcdef" * 4
    line = chain.published_line(57, "2026-11-28 07:50", 12345, head)
    grouped = line.replace(head, " ".join(head[place : place + 4] for place in range(0, 64, 4)))

    assert (
        chain.published_heads([line, f"  {grouped}\r\n", "封条 58 2026-11-28 没有校验码", "# 57"])
        == [(57, head)] * 2
    )
