"""The head of the sealed log goes where nobody takes it back: a file that only grows, a letter to the auditors.

What was published is held against the log each time: whoever sealed it anew, or cut it off, is found the same hour.
"""

import fcntl
import os
from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from yige.accounts.actors import CLOCK
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.audit import log
from yige.audit.chain import published_heads, published_line
from yige.audit.models import LogBlock
from yige.audit.sealer import LATE_MINUTES, NOT_SEALED, STOPPED_HOURS, sealing_state
from yige.lib.local_time import local, local_day
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

SHOWN_DAYS = 31
GROUP = 4  # signs of a head in one word, as it is printed
TAIL_BYTES = 4_096  # the last lines of the file
BLOCK_KIND = LogBlock._meta.label_lower
SEALS = Subject(SubjectKind.LOG_SEALS)
MISMATCH = "操作日志的封条和公布过的校验码不一样"
MISMATCH_BODY = "第 {number} 号封条公布过的校验码，日志里现在不是这一个，或者没有了。没有恢复过备份的，就是有人动过：请马上验日志，原样留着，不要再改。"


class PrintedHead(NamedTuple):
    """A head as a sheet of paper shows it: in groups, so that it can be read aloud and typed."""

    block: LogBlock
    groups: list


def publish(at) -> Counter:
    """Append the newest head to the file when it is new; tell whom it concerns when something is wrong."""
    done = _tell_trouble(at)
    newest = LogBlock.objects.defer("leaves").last()
    with open(
        os.open(settings.YIGE_HEADS, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640), "r+b", buffering=0
    ) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_line(file)
        if last and not LogBlock.objects.filter(number=last[0], head=last[1]).exists():
            words = MISMATCH_BODY.format(number=last[0])
            done["mismatch"] = _tell(
                "audit.tell_mismatch", MISMATCH, words, last[1], at, "read_log", "keep_tables"
            )
        if newest and (last is None or last != (newest.number, newest.head)):
            file.write(f"{head_line(newest)}\n".encode())
            os.fsync(file.fileno())
            done["published"] = 1
    return +done


def tell_auditors(at) -> Counter:
    """Send the newest head to every auditor, once a day: in a letter it is out of this house."""
    newest = LogBlock.objects.defer("leaves").last()
    if newest is None:
        return Counter()
    # A letter carries the title alone, so the title is what a verifier reads.
    title = f"封条 {newest.number} {newest.head}"
    body = f"操作日志封到这里。请把这一行留在系统外面：{head_line(newest)}"
    return +Counter(told=_tell("audit.tell_head", title, body, "", at, "read_log"))


def head_line(block) -> str:
    """Return the line by which the head of a block is published."""
    return published_line(block.number, f"{local(block.sealed_at):%Y-%m-%d %H:%M}", block.total, block.head)


def daily_heads() -> list[PrintedHead]:
    """Return the last block of each of the last days, the newest first."""
    newest = LogBlock.objects.aggregate(number=Max("number"))["number"] or 0
    rows = LogBlock.objects.filter(number__gt=newest - SHOWN_DAYS * 24 * 60).order_by()
    numbers = rows.values("sealed_at__date").annotate(last=Max("number")).values("last")
    blocks = LogBlock.objects.defer("leaves").filter(number__in=numbers).order_by("-number")[:SHOWN_DAYS]
    return [
        PrintedHead(block, [block.head[place : place + GROUP] for place in range(0, len(block.head), GROUP)])
        for block in blocks
    ]


def _last_line(file):
    """Return (number, head) of the last line that was published, or None."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL_BYTES))
    found = published_heads(file.read().decode("utf-8", "replace").splitlines())
    return found[-1] if found else None


def _tell_trouble(at):
    state = sealing_state()
    if state.stopped:
        title = f"操作日志 {STOPPED_HOURS} 个小时没有封存，查看和导出先关上了"
        return Counter(
            stopped=_tell("audit.tell_unsealed", title, NOT_SEALED, "stopped", at, "read_log", "keep_tables")
        )
    if state.late:
        words = f"超过 {LATE_MINUTES} 分钟没有封存。请看后台任务在不在运行；满 {STOPPED_HOURS} 个小时，查看没有遮住的内容和导出会关上。"
        return Counter(
            late=_tell("audit.tell_unsealed", "操作日志没有按时封存", words, "late", at, "keep_tables")
        )
    return Counter()


@transaction.atomic
def _tell(verb, title, body, key, at, *capabilities):
    """Tell everybody who holds one of these capabilities, once a day for a key; say how many."""
    key = f"{verb}:{key}:{local_day(at)}"
    if not log.write(verb, by=CLOCK, at=at, kind=BLOCK_KIND, pk=None, key=key):
        return 0
    people = (
        Post.objects.held_on(local_day(at))
        .filter(role__in=having(*capabilities))
        .values_list("user_id", flat=True)
    )
    notices.tell_staff(set(people), kind="log_seals", title=title, body=body, at=at, subject=SEALS)
    return len(set(people))
