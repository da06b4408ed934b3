"""An attacker: reads every number of a page into claims about hidden counts, and narrows what each of them can be.

A claim says between which numbers a sum of counts lies; the counts are named by the attacker. Narrowing by bounds is
repeated until nothing moves, so that what one page says of a whole is used against what another says of its parts.
"""

import re
from html import unescape
from typing import NamedTuple

MOST = 10_000
ROUNDS = 200


class Claim(NamedTuple):
    """The sum of `plus` without `minus` lies between `least` and `most`."""

    plus: tuple
    minus: tuple
    least: int
    most: int


def known(cell, count):
    return Claim((cell,), (), count, count)


def between(cells, interval):
    return Claim(tuple(cells), (), *interval)


def equal(whole, parts):
    """The whole is the sum of its parts."""
    return Claim(tuple(parts), (whole,), 0, 0)


def narrowed(claims, limits=None):
    """Return {cell: (least, most)} after all claims were used against each other."""
    bounds = {cell: [0, MOST] for claim in claims for cell in (*claim.plus, *claim.minus)}
    bounds |= {cell: list(interval) for cell, interval in (limits or {}).items()}
    for _ in range(ROUNDS):
        before = {cell: tuple(interval) for cell, interval in bounds.items()}
        for claim in claims:
            narrow(bounds, claim)
        if before == {cell: tuple(interval) for cell, interval in bounds.items()}:
            return before
    raise AssertionError("the claims never settle; they contradict each other")


def narrow(bounds, claim):
    """Use one claim on each of its cells in turn: what it leaves when the others hold the least or the most they can."""
    terms = [(cell, 1) for cell in claim.plus] + [(cell, -1) for cell in claim.minus]
    for cell, sign in terms:
        rest = [(bounds[other], way) for other, way in terms if other != cell]
        low = sum(one[0] if way > 0 else -one[1] for one, way in rest)
        high = sum(one[1] if way > 0 else -one[0] for one, way in rest)
        ends = sorted((sign * (claim.least - high), sign * (claim.most - low)))
        bounds[cell] = [max(bounds[cell][0], ends[0]), min(bounds[cell][1], ends[1])]
        assert bounds[cell][0] <= bounds[cell][1], f"{cell} cannot be anything: a page does not say the truth"


# ── reading ──

ROW = re.compile(r"<tr\b.*?</tr>", re.S)
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.S)
TABLE = re.compile(r"<table\b.*?</table>", re.S)


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def tables(html):
    """Return each table of a page as [(words of the row's name, {heading: words of the cell})]."""
    found = []
    for table in TABLE.findall(html):
        rows = [[plain(cell) for cell in CELL.findall(row)] for row in ROW.findall(table)]
        headings = [heading.replace(" ", "") for heading in rows[0]] if rows else []
        found.append([(row[0], dict(zip(headings, row, strict=False))) for row in rows[1:] if row])
    return found


def interval_of(words, base=5):
    """Return between which numbers a count lies of which a page says this; None when it says no number."""
    words = words.replace(" ", "").removesuffix("户").removesuffix("套")
    if found := re.fullmatch(r"约(\d+)", words):
        return max(int(found[1]) - base + 1, 0), int(found[1]) + base - 1
    if found := re.fullmatch(r"不到(\d+)", words):
        return 0, int(found[1]) - 1
    if found := re.fullmatch(r"少于(\d+)", words):
        return 1, int(found[1]) - 1
    if found := re.fullmatch(r"(\d+)(?:–(\d+))?", words):
        return int(found[1]), int(found[2] or found[1])
    return None


def about_of(words):
    """Return the number that was published where a page says it, 0 where it says that it is small."""
    found = re.fullmatch(r"约(\d+)", words.replace(" ", ""))
    return int(found[1]) if found else 0
