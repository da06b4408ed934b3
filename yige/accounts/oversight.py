"""The log as the auditor reads it: searched, paged, taken out; every look is itself a line in the log."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from yige.accounts.models import Post, User
from yige.audit.log import write
from yige.audit.models import LogEntry
from yige.audit.verbs import all_names
from yige.lib.local_time import start_of_day, start_of_next_day
from yige.lib.masks import free_text
from yige.lib.refusals import NotAllowed

KIND = LogEntry._meta.label_lower
MOST_OUT = 50_000
TOLD_AT_ONCE = timedelta(minutes=10)
KINDS = {"staff": "工作人员", "reporter": "反映人", "stranger": "群众", "clock": "系统", "command": "命令行"}
RESULTS = {"done": "完成", "refused": "没有通过"}


class LogLine(NamedTuple):
    """One line in words: ids and field names only; names are those of accounts.

    `told_later`: it was written at another time than it says of itself, as a visit that is written down in the evening.
    """

    entry: LogEntry
    who: str
    account: str
    fields: str
    purpose: str
    result: str
    told_later: bool


def search_log(
    by, at, *, since=None, until=None, verb="", account="", subject_ids=(), kind="", result=""
) -> QuerySet:
    """Return the lines that match, the youngest first; the search itself is written down."""
    _check(by, at)
    asked = {"since": since, "until": until, "verb": verb, "account": account, "kind": kind, "result": result}
    said = {name: value for name, value in asked.items() if value} | ({"subject": 1} if subject_ids else {})
    with transaction.atomic():
        write("audit.search", by=by, at=at, kind=KIND, pk=None, said=said)
    return _found(since, until, verb, account, subject_ids, kind, result).filter(_own_lines(by, at))


def export_lines(by, at, entries) -> Iterator[list]:
    """Yield at most 50,000 lines in words for a file; taking them out is written down first."""
    _check(by, at)
    with transaction.atomic():
        write("audit.export", by=by, at=at, kind=KIND, pk=None)
    return _in_batches(entries)


def log_lines(entries) -> list:
    """Say lines in words; the accounts behind them are read in one query."""
    named = {user.pk: user for user in User.objects.filter(pk__in={entry.actor_id for entry in entries})}
    return [_line(entry, named.get(entry.actor_id)) for entry in entries]


def last_changes(verb) -> dict[str, tuple[datetime, str]]:
    """Return for each subject of a verb when it was last done and by whom, as (moment, name)."""
    newest = (
        LogEntry.objects.filter(verb__in=all_names(verb)).order_by("subject_id", "-at").distinct("subject_id")
    )
    lines = list(newest.values_list("subject_id", "at", "actor_id"))
    names = dict(User.objects.filter(pk__in=[line[2] for line in lines]).values_list("pk", "name"))
    return {subject: (at, names.get(actor, "")) for subject, at, actor in lines}


def _check(by, at):
    if not any(post.may("read_log") for post in by.posts_at(at)):
        raise NotAllowed("只有审计员可以查看操作日志。")


def _own_lines(by, at):
    """Return the condition on lines that an auditor reads: what people of the own places did and what was done to their
    accounts, and what nobody on the staff did, which names no place."""
    own = ~Q(actor_kind="staff")
    for post in by.posts_at(at):
        if post.may("read_log"):
            here = Post.objects.filter(path__startswith=post.path).values("user")
            own |= Q(actor_id__in=here)
            own |= Q(
                subject_type=User._meta.label_lower,
                subject_id__in=here.annotate(as_text=Cast("user", CharField())).values("as_text"),
            )
    return own


def _found(since, until, verb, account, subject_ids, kind, result):
    found = LogEntry.objects.order_by("-at", "-id")
    if since:
        found = found.filter(at__gte=start_of_day(since))
    if until:
        found = found.filter(at__lt=start_of_next_day(until))
    if verb:
        found = found.filter(verb__in=all_names(verb))
    if account:
        found = found.filter(actor_id__in=User.objects.filter(username=account.lower()).values("pk"))
    if subject_ids:
        found = found.filter(subject_id__in=[str(pk) for pk in subject_ids])
    if kind:
        found = found.filter(actor_kind=kind)
    return found.filter(result=result) if result else found


def _in_batches(entries):
    batch = []
    for entry in entries[:MOST_OUT].iterator(chunk_size=1000):
        batch.append(entry)
        if len(batch) == 1000:
            yield from log_lines(batch)
            batch = []
    yield from log_lines(batch)


def _line(entry, user):
    who = user.name if user else KINDS.get(entry.actor_kind, entry.actor_kind)
    fields = entry.fields if isinstance(entry.fields, list) else json.loads(entry.fields)
    return LogLine(
        entry, who, user.username if user else "", "、".join(map(str, fields)),
        free_text(entry.purpose), RESULTS.get(entry.result, entry.result), abs(entry.written_at - entry.at) > TOLD_AT_ONCE,
    )  # fmt: skip
