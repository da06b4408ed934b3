"""Where the log-in library keeps attempts, lock-outs and used codes: a table of its own, from which nothing live is culled.

It looks like a cache because that is what the library asks for. A cache may forget; this one forgets only what is over.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from yige.accounts.models import LoginMark

NEVER_OVER = datetime(9999, 1, 1, tzinfo=UTC)
PUT = """
    INSERT INTO accounts_loginmark AS mark (key, value, until) VALUES (%s, %s::jsonb, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until
"""
# Of many that add at once one wins, also where a mark that is over still stands.
ADD = f"{PUT} WHERE mark.until <= %s RETURNING 1"


class LoginMarks(BaseCache):
    """The interface of a cache over a table of which only the clock removes rows, and only those that are over."""

    def __init__(self, table, params):
        super().__init__(params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        values = self._values(key, value, timeout, version)
        with connection.cursor() as cursor:
            cursor.execute(ADD, [*values, timezone.now()])
            return cursor.fetchone() is not None

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PUT, self._values(key, value, timeout, version))

    def get(self, key, default=None, version=None) -> object:
        row = self._live(key, version).values_list("value", flat=True).first()
        return default if row is None else row

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return bool(self._live(key, version).update(until=self._until(timeout)))

    def delete(self, key, version=None) -> bool:
        return bool(self._live(key, version).delete()[0])

    def clear(self) -> None:
        LoginMark.objects.all().delete()

    def _live(self, key, version):
        return LoginMark.objects.filter(key=self._hash(key, version), until__gt=timezone.now())

    def _values(self, key, value, timeout, version):
        return self._hash(key, version), json.dumps(value), self._until(timeout)

    def _hash(self, key, version):
        """Neither addresses nor codes stand in the table."""
        return hashlib.sha256(self.make_key(key, version=version).encode()).hexdigest()

    def _until(self, timeout):
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return NEVER_OVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def forget_over(*, before) -> int:
    """Remove the marks that were over by then."""
    return LoginMark.objects.filter(until__lte=before).delete()[0]
