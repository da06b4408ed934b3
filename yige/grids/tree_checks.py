"""What can be wrong with a tree in a file, each fault by its row and in words."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import shapely

from yige.grids import codes, shapes


class Fault(NamedTuple):
    """What is wrong with one row, in words."""

    row: int
    code: str
    sentence: str


class Entry(NamedTuple):
    """One grid as the file says it; None means that the file says nothing about it."""

    row: int
    code: str
    name: str
    parent: str | None
    phone: str | None
    household_count: str | None
    national_code: str | None
    shape: bytes | None


def faults_of(entries: list[Entry], standing: set[str], outlines: dict[str, bytes | None]) -> Iterator[Fault]:
    """Yield every fault of the rows, seen together with the grids and outlines that stand."""
    yield from _of_rows(entries)
    yield from _of_parents(entries, standing)
    yield from _overlaps(entries, outlines)


def _of_rows(entries):
    seen = {}
    for entry in entries:
        for sentence in _row_sentences(entry):
            yield Fault(entry.row, entry.code, sentence)
        if entry.code in seen:
            yield Fault(entry.row, entry.code, f"编码和第 {seen[entry.code]} 行重复。")
        seen.setdefault(entry.code, entry.row)


def _row_sentences(entry):
    if codes.read_code(entry.code) is None:
        yield "网格编码不对，应如 410106003004-02-03。"
    if not entry.name:
        yield "没有填写名称。"
    elif len(entry.name) > 60:
        yield "名称太长，最多 60 个字。"
    if entry.household_count and not (entry.household_count.isdecimal() and len(entry.household_count) < 7):
        yield "户数应为整数。"
    if entry.national_code and not codes.is_national(entry.national_code):
        yield "国家编码应为 9、12 或 15 位数字。"
    if entry.phone and (len(entry.phone) > 20 or set(entry.phone) - set("0123456789-+ ()")):
        yield "值班电话只能有数字、空格和横线，最多 20 位。"


def _of_parents(entries, standing):
    told = {entry.code: entry for entry in entries}
    for entry in entries:
        code = codes.read_code(entry.code)
        if code is None:
            continue
        if _circle(entry.code, told):
            yield Fault(entry.row, entry.code, "上级关系成了一个圈：顺着上级编码又回到自己。")
        elif entry.parent and entry.parent != code.parent:
            yield Fault(entry.row, entry.code, f"上级编码和编码对不上，应为 {code.parent or '空'}。")
        if code.parent and code.parent not in told and code.parent not in standing:
            yield Fault(entry.row, entry.code, f"找不到上级网格 {code.parent}。")


def _circle(start, told):
    here, seen = told[start].parent, set()
    while here in told and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = told[here].parent
    return False


def _overlaps(entries, outlines):
    """Name neighbours under one parent that cover the same ground; an exclusive grid may lie in another."""
    families = defaultdict(dict)
    for code, shape in outlines.items():
        read = codes.read_code(code)
        if shape is not None and read and not read.exclusive:
            families[read.parent][code] = (0, shapely.from_wkb(bytes(shape)))
    for entry in entries:
        read = codes.read_code(entry.code)
        if entry.shape is not None and read and not read.exclusive:
            families[read.parent][entry.code] = (entry.row, shapely.from_wkb(entry.shape))
    for family in families.values():
        yield from _overlaps_in(family)


def _overlaps_in(family):
    names, rows, drawn = list(family), [f[0] for f in family.values()], [f[1] for f in family.values()]
    pairs = shapely.STRtree(drawn).query(drawn, predicate="intersects").T.tolist()
    for one, other in pairs:
        later = (rows[one], one) > (rows[other], other)
        if later and rows[one] and shapes.overlaps(drawn[one], drawn[other]):
            yield Fault(rows[one], names[one], f"边界和同级网格 {names[other]} 重叠。")
