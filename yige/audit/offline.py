"""An export of the log that proves itself elsewhere, and the words for what a verification found.

Runs without a database and without settings: `python -m yige.audit.offline EXPORT [--heads FILE]`.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from yige.audit.chain import LOG_COLUMNS, Block, published_heads
from yige.audit.verifying import FINDING_WORDS, Verdict, verify

FORMAT = "yige-log-export"
FORM = 1
MOST_PLACES = 20
NO_HEADS = (
    "没有给公布过的校验码：每条有没有动过查了；有没有从中间重新封过、末尾有没有截掉，要和公布过的校验码对了才知道"
    "（--heads 文件，或者 --head 一行）。"
)
RESTORED = "恢复过较早的备份，也会是这样：请和恢复的记录核对。"


class Unreadable(Exception):
    """The file is no export of the log; the sentence says where."""


def write_export(out, blocks, lines) -> int:
    """Write blocks and lines as one JSON list a row; return how many lines."""
    out.write(json.dumps([FORMAT, FORM, LOG_COLUMNS]) + "\n")
    for block in blocks:
        out.write(json.dumps(["block", *block[:-1], block.leaves.hex()]) + "\n")
    count = 0
    for count, cells in enumerate(lines, 1):  # noqa: B007  the last one is the answer
        out.write(json.dumps(["line", *cells]) + "\n")
    return count


def verify_export(path, heads) -> Verdict:
    try:
        return verify(read_blocks(path), read_lines(path), heads)
    except (ValueError, TypeError, OverflowError) as problem:  # a number, an id that is none
        raise Unreadable(f"文件里有读不出来的内容：{problem}") from None


def read_blocks(path) -> Iterator[Block]:
    for place, (kind, *cells) in _rows(path):
        if kind == "block":
            try:
                yield Block(*cells[:-1], bytes.fromhex(cells[-1]))
            except (TypeError, ValueError):
                raise Unreadable(f"第 {place} 行不是一号封条，读不下去。") from None


def read_lines(path) -> Iterator[list]:
    for place, (kind, *cells) in _rows(path):
        if kind == "line":
            if len(cells) != len(LOG_COLUMNS):
                raise Unreadable(f"第 {place} 行不是一条日志，读不下去。")
            yield cells


def _rows(path):
    with open(path, encoding="utf-8") as file:
        try:
            if json.loads(next(file, "null"))[:2] != [FORMAT, FORM]:
                raise ValueError
        except (ValueError, TypeError, KeyError):
            raise Unreadable("这不是一格导出的日志，或者是这个版本不认识的格式。") from None
        for place, text in enumerate(file, 2):
            try:
                kind, *cells = json.loads(text)
            except (ValueError, TypeError):
                raise Unreadable(f"第 {place} 行读不出来：文件坏了，或者被改过。") from None
            yield place, (kind, *cells)


def sentences_of(verdict: Verdict) -> list[str]:
    """Say in plain words what was found: whether, where first, how much, and what could not be known."""
    size = f"日志 {verdict.lines} 条，封条 {verdict.blocks} 号"
    if verdict.whole:
        said = [f"日志没有被动过：{size}，一条一条都对得上。"]
    else:
        first, *_ = verdict.findings
        said = [f"日志被动过（{size}）。", f"第一处：{_place(first)}{FINDING_WORDS[first.kind]}。"]
        said.append(
            "一共："
            + "；".join(f"{FINDING_WORDS[kind]}，{count} 处" for kind, count in verdict.counts.items())
            + "。"
        )
        said += [f"  {_place(one)}{FINDING_WORDS[one.kind]}" for one in verdict.findings[1:MOST_PLACES]]
        if {"cut", "resealed"} & set(verdict.counts):
            said.append(RESTORED)
    if verdict.open_lines:
        said.append(f"最后 {verdict.open_lines} 条刚写下，还没有封，有没有动过不知道。")
    said.append(f"公布过的校验码对了 {verdict.compared} 个。" if verdict.compared else NO_HEADS)
    return said


def _place(finding):
    return f"第 {finding.block} 号封条，{f'编号 {finding.line} 的一条' if finding.line else ''}"


def heads_of(files, typed) -> list[tuple[int, str]]:
    """Return the published heads in these files and typed lines; whoever names them wants them compared."""
    found = published_heads(typed)
    for path in files:
        found += published_heads(Path(path).read_text(encoding="utf-8", errors="replace").splitlines())
    if (files or typed) and not found:
        raise Unreadable("给的文件里没有一行公布过的校验码（封条 号 时间 共 多少条 校验码）。")
    return found


def add_head_arguments(parser) -> None:
    parser.add_argument(
        "--heads", action="append", default=[], metavar="文件", help="公布过的校验码，一行一个"
    )
    parser.add_argument("--head", action="append", default=[], metavar="一行", help="打印的或收到的那一行")


def main(words=None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m yige.audit.offline", description="验一份导出的日志有没有被动过"
    )
    parser.add_argument("export", metavar="导出的文件")
    add_head_arguments(parser)
    asked = parser.parse_args(words)
    try:
        heads = heads_of(asked.heads, asked.head)
        verdict = verify_export(asked.export, heads)
    except (OSError, Unreadable) as problem:
        print(f"没有验成：{problem}", file=sys.stderr)  # noqa: T201
        return 2
    print("\n".join(sentences_of(verdict)))  # noqa: T201
    return 0 if verdict.whole else 1


if __name__ == "__main__":
    sys.exit(main())
