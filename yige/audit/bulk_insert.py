"""Insert rows of several models by one statement: one round trip, and the statement is written once.

The hot paths (a report, a move) would spend most of their time on composing the same INSERTs again. Foreign keys
between the rows are checked at the end of the transaction, so their order does not matter.
"""

from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models.expressions import DatabaseDefault


def insert_rows(*rows) -> None:
    """Insert unsaved rows as `save(force_insert=True)` would; columns that the database fills are read back.

    At most one of the rows may have such columns. Constraint errors come up as they do from `save`.
    """
    if not rows:
        return
    shapes, values = [], []
    for row in rows:
        left = tuple(field.name for field in fields_of(type(row)) if is_left(row, field))
        shapes.append((type(row), left))
        for field in fields_of(type(row)):
            if field.name not in left:
                values.append(field.get_db_prep_save(field.pre_save(row, add=True), connection))
    sql, names = statement(tuple(shapes))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        filled = cursor.fetchone()
    for place, row in enumerate(rows):
        for name, value in zip(names, filled, strict=True) if shapes[place][1] else ():
            setattr(row, name, value)
        row._state.adding, row._state.db = False, "default"


@lru_cache
def fields_of(model) -> list:
    return [field for field in model._meta.concrete_fields if not field.generated]


def is_left(row, field) -> bool:
    return isinstance(getattr(row, field.attname), DatabaseDefault)


@lru_cache(maxsize=256)
def statement(shapes) -> tuple[str, list[str]]:
    """Return the statement for rows of these shapes and the names of the columns it gives back."""
    parts, back, source = [], [], ""
    for place, (model, left) in enumerate(shapes):
        written = [field for field in fields_of(model) if field.name not in left]
        columns = ", ".join(quote_name(field.column) for field in written)
        marks = ", ".join(mark(field) for field in written)
        returned = [quote_name(model._meta.get_field(name).column) for name in left]
        table = quote_name(model._meta.db_table)
        part = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  names of our own models
        if left:
            part, back, source = f"{part} RETURNING {', '.join(returned)}", list(left), f"row_{place}"
        parts.append(f"row_{place} AS ({part})")
    ending = f"SELECT * FROM {source}" if source else "SELECT"  # noqa: S608
    return f"WITH {', '.join(parts)} {ending}", back


def mark(field) -> str:
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"


def quote_name(name) -> str:
    return connection.ops.quote_name(name)
