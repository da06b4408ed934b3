"""Many rows by COPY, with the lines that the verbs would have written into the log.

A verb for each of 26,000 people would take minutes. What stands here writes the very rows that the verbs write; the
tests of the demo lay one sample both ways and compare.
"""

from collections import defaultdict
from functools import lru_cache

from django.db import connection
from django.db.models import BinaryField, CharField, JSONField, TextField
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

from yige.audit.log import fingerprint, stored_key
from yige.audit.models import LogEntry
from yige.lib.ids import new_id


class RowHeap:
    """Unsaved rows of any models, written model by model in the order in which the models first came."""

    def __init__(self):
        self.rows = defaultdict(list)

    def add(self, *rows):
        for row in rows:
            self.rows[type(row)].append(row)

    def did(self, act, subject, *, by, at, made=None, key=None, purpose="", **said):
        """Add the line that this verb (or its name) writes when it is called with these words; return them."""
        row, verb = made or subject, getattr(act, "verb", act)
        self.add(
            LogEntry(
                id=new_id(), at=at, verb=verb, actor_kind=by.actor_kind, actor_id=by.actor_id,
                post_id=getattr(by, "post_id", None), subject_type=row._meta.label_lower, subject_id=str(row.pk),
                fields=sorted(said), purpose=purpose, key=stored_key(verb, by, key), fingerprint=fingerprint(said, subject),
            )
        )  # fmt: skip
        return said

    def write(self):
        """Write all; foreign keys are checked at the end of the transaction."""
        for model, rows in self.rows.items():
            copy_rows(model, rows)
        self.rows.clear()


def copy_rows(model, rows):
    """Write unsaved rows of one model; the database fills what it fills by itself."""
    fields = columns_to_write(model)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    ways = [(field.attname, _way(field)) for field in fields]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
            for row in rows:
                out.write_row(
                    [way(value) if (value := getattr(row, name)) is not None else None for name, way in ways]
                )


@lru_cache
def columns_to_write(model):
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(field.get_default(), DatabaseDefault)
    ]


def _way(field):
    if isinstance(field, JSONField):
        return Jsonb
    if isinstance(field, BinaryField):
        return bytes
    return str if isinstance(field, (CharField, TextField)) else _same


def _same(value):
    return [str(part) for part in value] if isinstance(value, list) else value
