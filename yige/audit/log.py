"""The only writer of the log: one act, one transaction, one line, once for each key."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps

from django.db import connection, models, transaction

from yige.audit.models import LogEntry
from yige.audit.sealer import refuse_when_stopped
from yige.audit.verbs import TAKING_OUT, all_names, first_name
from yige.lib.crypto import keyed_hashes
from yige.lib.ids import new_id
from yige.lib.refusals import Conflict

INSERT = """
    INSERT INTO audit_logentry (id, at, verb, actor_kind, actor_id, post_id, subject_type, subject_id,
                                fields, purpose, result, key, fingerprint)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
"""

INSERT_MANY = """
    INSERT INTO audit_logentry (id, subject_id, at, verb, actor_kind, actor_id, post_id, subject_type,
                                fields, purpose, result, fingerprint)
    SELECT unnest(%s::uuid[]), unnest(%s::text[]), %s::timestamptz, %s, %s, %s::uuid, %s::uuid, %s, %s::jsonb, %s, %s, ''
"""


def action(verb, *, makes=None, purpose="") -> Callable | None:
    """Make a function `(subject, *, by, at, …)` one transaction with one line in the log.

    `key` makes it happen once: a second call with the same key and words returns the first result;
    with other words it is refused. With `makes` (a model) the function gets the new row's `id`.
    `purpose` names the word whose value the log keeps as the reason; it must come from a closed list.
    """

    def decorate(act):
        @wraps(act)
        def once(subject, *, by, at, key=None, **said):
            with transaction.atomic():
                pk = new_id() if makes else subject.pk
                kind = makes._meta.label_lower if makes else subject._meta.label_lower
                why = str(said.get(purpose, "")) if purpose else ""
                if not write(
                    verb, by=by, at=at, kind=kind, pk=pk, about=subject, said=said, key=key, purpose=why
                ):
                    first = replay(verb, by, key, said, about=subject)
                    return (makes or type(subject))._base_manager.get(pk=first.subject_id)
                if makes:
                    said["id"] = pk
                return act(subject, by=by, at=at, **said)

        once.verb = verb
        return once

    return decorate


def write(verb, *, by, at, kind, pk, about=None, said=(), key=None, purpose="", result="done") -> bool:
    """Write one line and say whether it is new; False means that `key` was used before.

    `about` is what the act is done to, so that one key is good for one subject alone.
    Waits for a concurrent transaction that uses the same key. Must run inside a transaction. Refuses what takes words
    out of the house while the log is not sealed.
    """
    if verb in TAKING_OUT:
        refuse_when_stopped()
    who = (by.actor_kind, by.actor_id, getattr(by, "post_id", None))
    values = (new_id(), at, verb, *who, kind, "" if pk is None else str(pk))
    told = dict(said) if said else {}
    rest = (
        json.dumps(sorted(told)),
        purpose[:200],
        result,
        stored_key(verb, by, key),
        fingerprint(told, about),
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values + rest)
        return cursor.rowcount == 1


def write_many(verb, *, by, at, kind, pks, fields, purpose="", result="done") -> int:
    """Write the same line about each of these rows, by one statement; must run inside a transaction."""
    if verb in TAKING_OUT:
        refuse_when_stopped()
    who = (by.actor_kind, by.actor_id, getattr(by, "post_id", None))
    ids, subjects = [new_id() for _ in pks], [str(pk) for pk in pks]
    rest = (json.dumps(sorted(fields)), purpose[:200], result)
    with connection.cursor() as cursor:
        cursor.execute(INSERT_MANY, [ids, subjects, at, verb, *who, kind, *rest])
        return cursor.rowcount


def replay(verb, by, key, said, about=None) -> LogEntry:
    """Return the line that used this key, or refuse when the words or the subject are not the same."""
    first = LogEntry.objects.get(key=stored_key(verb, by, key))
    if first.fingerprint not in fingerprints(said, about):
        raise Conflict("这份内容刚才已经提交过一次，但两次填写的不一样。请刷新页面，核对后再提交。")
    return first


def was_done(verb, by, key) -> bool:
    """Say whether this key was used for this act."""
    return LogEntry.objects.filter(key=stored_key(verb, by, key)).exists()


def last(*verbs, since, until) -> LogEntry | None:
    """Return the last line of one of these acts, or None."""
    lines = LogEntry.objects.filter(verb__in=all_names(*verbs), at__gte=since, at__lte=until)
    return lines.order_by("-id").first()


def stored_key(verb, by, key) -> str | None:
    """Return the stored form of a key: nobody can replay another person's act."""
    return (
        hashlib.sha256(f"{first_name(verb)}|{by.actor_id or by.actor_kind}|{key}".encode()).hexdigest()
        if key
        else None
    )


def fingerprint(said, about=None) -> str:
    """Return the keyed hash of what was said about which subject: nobody can guess a phone number from it."""
    return fingerprints(said, about)[0]


def fingerprints(said, about=None) -> list[str]:
    """Return that hash under every key, the current one's first: a key may have been changed since."""
    words = {name: bare(said[name]) for name in sorted(said)}
    plain = json.dumps([bare(about), words], sort_keys=True, default=str)
    return keyed_hashes(plain)


def bare(value) -> object:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [bare(part) for part in value]
    if isinstance(value, (bytes, memoryview)):
        return hashlib.sha256(value).hexdigest()
    return value
