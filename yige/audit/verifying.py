"""Is the log what was sealed? One walk over blocks and lines in their order; nothing but the standard library."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from yige.audit.chain import CHAIN_START, FORM, LEAF_BYTES, head_of, mark_of, marks_of

# fmt: off
FINDING_WORDS = {
    "deleted":   "被删掉了",
    "changed":   "被改过",
    "swapped":   "和别的一条对调过",
    "inserted":  "是封好以后插进来的",
    "truncated": "从这里到末尾被截掉了",
    "block":     "封条本身被改过",
    "gap":       "这里少了封条",
    "resealed":  "和公布过的校验码不一样：从这里或更前面起重新封过",
    "cut":       "公布过这一号封条，现在没有了：末尾被截掉了",
}
# fmt: on
MOST_KEPT = 10_000  # findings by name; beyond them they are counted
MOST_PAIRED = 200  # changed lines that are tried against each other


class Finding(NamedTuple):
    """What is wrong at one place: in which block, with which line (by its id, "" for the block itself)."""

    kind: str
    block: int
    line: str = ""


class Verdict(NamedTuple):
    """What a walk found; `open_lines` were written and not sealed yet, `compared` heads were published before."""

    lines: int
    blocks: int
    open_lines: int
    compared: int
    counts: Counter
    findings: list

    @property
    def whole(self) -> bool:
        return not self.counts


def verify(blocks, lines, heads=()) -> Verdict:
    """Walk over blocks (by number) and lines (by epoch, transaction, id) and compare; heads are (number, head)."""
    walk = Walk(heads)
    lines = Ahead(lines)
    for block in blocks:
        missing = walk.check_chain(block)
        for cells in lines.below((block.epoch, block.begin)):
            if not missing:  # else these may be the lines of a block that is gone
                walk.take_extra(cells, block.number)
        walk.compare(block, list(lines.below((block.epoch, block.end))))
    for cells in lines.below(None):
        walk.take_open(cells)
    return walk.finish()


class Ahead:
    """Lines one after the other, given out up to a place."""

    def __init__(self, lines):
        self.lines = iter(lines)
        self._step()

    def below(self, place) -> Iterator[list]:
        """Give out the lines below (epoch, transaction), or all that are left."""
        while self.next is not None and (place is None or self.place < place):
            cells = self.next
            self._step()
            yield cells

    def _step(self):
        self.next = next(self.lines, None)
        self.place = (int(self.next[1]), int(self.next[2])) if self.next is not None else None


class Walk:
    """What has been seen so far."""

    def __init__(self, heads):
        self.published = {}
        for number, head in heads:
            self.published.setdefault(number, set()).add(head)
        self.last, self.compared = None, 0
        self.lines = self.blocks = self.open_lines = 0
        self.counts, self.findings = Counter(), []
        self.changed = []  # (cells, the mark that was sealed, block)
        self.missing, self.extra = {}, {}  # by id: (mark, block), cells
        self.gone_since = []  # what was deleted after the last line that is still there

    def find(self, kind, block, line="") -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= MOST_KEPT:
            self.findings.append(Finding(kind, block, line))

    def check_chain(self, block) -> bool:
        """The block, its place behind the one before, its head among those published; say whether one is missing."""
        before, self.last = self.last, block
        self.blocks += 1
        number, total, head = (before.number, before.total, before.head) if before else (0, 0, CHAIN_START)
        missing = block.number != number + 1
        if missing:
            self.find("gap", number + 1)
        elif block.previous != head or block.total != total + block.count or not _follows(before, block):
            self.find("block", block.number)
        if not _is_sound(block):
            self.find("block", block.number)
        if block.number in self.published:
            self.compared += 1
            if self.published[block.number] != {block.head}:
                self.find("resealed", block.number)
        return missing

    def compare(self, block, rows) -> None:
        """The lines of a block against their marks."""
        self.lines += len(rows)
        marks = marks_of(block.leaves)
        for cells in rows:
            sealed = marks.pop(UUID(cells[0]).bytes, None)
            if sealed is None:
                self.take_extra(cells, block.number)
            elif sealed != mark_of(cells):
                self.changed.append((cells, sealed, block.number))
        gone = [Finding("deleted", block.number, str(UUID(bytes=id))) for id in marks]
        if rows:
            self.gone_since = []
        self.gone_since += _behind(gone, block, rows)[: MOST_KEPT - len(self.gone_since)]
        for one in gone:
            self.find(*one)
            if len(self.missing) < MOST_KEPT:
                self.missing[one.line] = marks[UUID(one.line).bytes], block.number

    def take_extra(self, cells, number) -> None:
        """A line that no block knows."""
        self.find("inserted", number, cells[0])
        if len(self.extra) < MOST_KEPT:
            self.extra[cells[0]] = cells

    def take_open(self, cells) -> None:
        """A line behind the last block is not sealed yet; one of another epoch is none of ours."""
        epoch = 1 if self.last is None else self.last.epoch + self.last.closes
        if int(cells[1]) == epoch:
            self.open_lines += 1
            self.lines += 1
            self.gone_since = []
        else:
            self.take_extra(cells, self.last.number if self.last else 0)

    def finish(self) -> Verdict:
        self._name_moved()
        self._name_changed()
        self._name_truncated()
        last = self.last.number if self.last else 0
        for number in sorted(number for number in self.published if number > last):
            self.compared += 1
            self.find("cut", number)
        self.findings.sort(key=lambda one: (one.block, bool(one.line)))
        counts = +self.counts
        return Verdict(self.lines, self.blocks, self.open_lines, self.compared, counts, self.findings)

    def _name_moved(self):
        """A line that is missing in one block and too much at another place was changed, not deleted and inserted."""
        moved = self.missing.keys() & self.extra.keys()
        self.changed += [(self.extra[line], *self.missing[line]) for line in moved]
        gone = {(kind, line) for line in moved for kind in ("deleted", "inserted")}
        self.counts -= Counter(one.kind for one in self.findings if (one.kind, one.line) in gone)
        self.findings = [one for one in self.findings if (one.kind, one.line) not in gone]
        self.gone_since = [one for one in self.gone_since if one.line not in moved]

    def _name_changed(self):
        """Two lines that carry each other's content were swapped."""
        swapped = set()
        for mine, sealed, _ in self.changed[:MOST_PAIRED]:
            for other, other_sealed, _ in self.changed[:MOST_PAIRED]:
                if mine is not other and _are_swapped(mine, sealed, other, other_sealed):
                    swapped |= {mine[0], other[0]}
        for cells, _, block in self.changed:
            self.find("swapped" if cells[0] in swapped else "changed", block, cells[0])

    def _name_truncated(self):
        lines = {one.line for one in self.gone_since}
        for place, one in enumerate(self.findings):
            if one.kind == "deleted" and one.line in lines:
                self.findings[place] = one._replace(kind="truncated")
                self.counts.subtract(["deleted"])
                self.counts.update(["truncated"])


def _follows(before, block):
    """A block begins where the one before ended, or with a new epoch after a block that closes."""
    if before is None:
        return (block.epoch, block.begin) == (1, 0)
    if before.closes:
        return (block.epoch, block.begin) == (before.epoch + 1, 0)
    return (block.epoch, block.begin) == (before.epoch, before.end)


def _is_sound(block):
    """Say whether a block carries the head that its content gives."""
    whole = len(block.leaves) == block.count * LEAF_BYTES and block.form == FORM and block.begin < block.end
    return whole and block.head == head_of(block)


def _behind(gone, block, rows):
    """Return those of the deleted whose place was behind the last line of the block that is left."""
    order = {str(UUID(bytes=id)): place for place, id in enumerate(marks_of(block.leaves))}
    left = max((order.get(cells[0], -1) for cells in rows), default=-1)
    return [one for one in gone if order[one.line] > left]


def _are_swapped(mine, sealed, other, other_sealed):
    """Say whether each of two lines is right once it stands under the id, or the id and transaction, of the other."""
    return any(
        mark_of((*mine[:stay], *other[stay:])) == sealed
        and mark_of((*other[:stay], *mine[stay:])) == other_sealed
        for stay in (1, 3)
    )
