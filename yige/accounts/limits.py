"""How often is too often: a token bucket in one statement, shared by all processes.

One phone that floods has to wait; the neighbours behind the same address do not (the address has its own,
much larger bucket). Keys are hashed: neither addresses nor devices are stored. The table is journalled: what a crash
of the database takes along is the last half second, never all that was counted (docs/adr/0038).
"""

import hashlib
from typing import NamedTuple

from django.db import connection

from yige.accounts.models import Bucket
from yige.lib.refusals import TooOften


class Limit(NamedTuple):
    name: str
    burst: int
    seconds: float  # until one more is free
    sentence: str


CROWD = "现在要验证码的人特别多，请等 {wait} 再要。着急的请到社区或街道窗口，当面就能查看和办理。"
SITE = 4  # what a whole /48 of IPv6 may do, in networks of one customer


def _is_of_address(limit):
    return limit.name.endswith(".address")


def _of_site(limit):
    name = limit.name.replace(".address", ".site")
    return limit._replace(name=name, burst=limit.burst * SITE, seconds=limit.seconds / SITE)


# fmt: off
_TABLE = (
    #     name               burst  seconds  what is said
    Limit("report.device",      6,     60,   "您刚才提交得有点快，请等 {wait} 再交。已填的内容都还在。"),
    Limit("report.address",   120,      2,   "现在提交的人很多，请等 {wait} 再试。已填的内容都还在。"),
    Limit("photo.device",      24,     10,   "照片传得有点快，请等 {wait} 再传。"),
    Limit("follow.device",     12,     10,   "操作得有点快，请等 {wait} 再试。"),
    Limit("link.device",       20,     30,   "查询得有点多，请等 {wait} 再试。"),
    Limit("link.address",     300,      1,   "现在查询的人很多，请等 {wait} 再试。"),
    Limit("reveal.staff",      20,    120,   "一段时间内查看联系方式较多，请等 {wait}；确需连续查看请联系街道处置岗。"),
    Limit("search.staff",      30,    120,   "一段时间内查找得较多，请等 {wait} 再查。每次查找都会记下来。"),
    Limit("export.staff",        5,    900,   "一段时间内导出的名单较多，请等 {wait} 再下载。"),
    Limit("complaint.device",   4,    120,   "您刚提交过，请等 {wait} 再交。"),
    Limit("sign_in.phone",      3,    600,   "这个号码刚要过几次验证码，请等 {wait} 再要。"),
    Limit("sign_in.phone_day", 10,   8640,   "这个号码今天要验证码的次数多了，请过几个小时再要，或者到社区查看。"),
    Limit("sign_in.device",     8,     60,   "操作得有点快，请等 {wait} 再试。"),
    Limit("sign_in.address",  120,      2,   "现在登录的人很多，请等 {wait} 再试。"),
    Limit("sign_in.all",      600,      2,   CROWD),  # of the whole installation, from phones that never signed in
    Limit("sign_in.all_known", 600,     2,   CROWD),  # from phones that did: strangers never use it up
    Limit("code.device",       20,     30,   "试得有点快，请等 {wait} 再试。"),
    Limit("code.address",     300,      1,   "现在登录的人很多，请等 {wait} 再试。"),
    Limit("csp.all",           30,     20,   ""),  # lines that browsers may cause, of all together
    Limit("rights.person",     10,   3600,   "您刚提过几次，请等 {wait} 再提；急的请打社区电话。"),
)
# fmt: on
LIMITS = {limit.name: limit for limit in (*_TABLE, *map(_of_site, filter(_is_of_address, _TABLE)))}

TAKE = """
    INSERT INTO accounts_bucket AS bucket (key, level, at) VALUES (%s, %s - 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        level = least(%s, bucket.level + greatest(0, extract(epoch FROM %s - bucket.at)) / %s) - 1,
        at = greatest(bucket.at, %s)
    WHERE least(%s, bucket.level + greatest(0, extract(epoch FROM %s - bucket.at)) / %s) >= 1
    RETURNING 1
"""


def take_turn(name, who, *, at) -> None:
    """Take one from the bucket of `who`, or raise TooOften with the wait in words."""
    take_turns([(name, who)], at=at)


def take_turns(pairs, *, at) -> None:
    """Take one from each of these buckets (name, who) by one statement; raise for the first that is empty."""
    limits = [LIMITS[name] for name, _ in pairs]
    parts = [f"taken_{place} AS ({TAKE})" for place in range(len(pairs))]
    counts = ", ".join(f"(SELECT count(*) FROM taken_{place})" for place in range(len(pairs)))  # noqa: S608
    values = [
        value
        for limit, (_, who) in zip(limits, pairs, strict=True)
        for value in bucket_values(limit, who, at)
    ]
    # Alone, nobody waits for the disk; inside a verb's transaction its rows decide.
    quick = "" if connection.in_atomic_block else ", set_config('synchronous_commit', 'off', true)"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {counts}{quick}", values)
        found = cursor.fetchone()[: len(limits)]
    for limit, taken in zip(limits, found, strict=True):
        if not taken:
            wait = int(limit.seconds) or 1
            raise TooOften(limit.sentence.format(wait=in_words(wait)), wait=wait)


def bucket_values(limit, who, at) -> tuple:
    """Return the values of the statement, in its order."""
    key = hashlib.sha256(f"{limit.name}|{who}".encode()).hexdigest()
    burst, seconds = float(limit.burst), float(limit.seconds)
    return key, burst, at, burst, at, seconds, at, burst, at, seconds


def forget_full_buckets(*, before) -> int:
    """Remove buckets nobody used since; they are full again."""
    return Bucket.objects.filter(at__lt=before).delete()[0]


def in_words(seconds) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"
