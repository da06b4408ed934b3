"""Counting closings whose questions the database answers once for each row, not once for each indicator that asks."""

from django.db import connection
from django.db.models import QuerySet, Value

from yige.assessment.models import ClosingFact

NAMES = [field.attname for field in ClosingFact._meta.concrete_fields]


def statement(closings, counted) -> tuple[str, tuple]:
    """Return the statement that counts these rows of `bases.closings`; `counted` is a query of `ClosingFact`."""
    rows, values = closings.order_by().values(*NAMES).query.sql_with_params()
    sql, more = counted.query.sql_with_params()
    return f"WITH {ClosingFact._meta.db_table} AS MATERIALIZED ({rows}) {sql}", (*values, *more)


def count_facts(closings, by, asked, **also) -> list[dict]:
    """Count closings by some fields; `also` are annotations that these may name."""
    by = by or ("whole",)
    facts: QuerySet = ClosingFact.objects.order_by().annotate(whole=Value(1), **also)
    with connection.cursor() as cursor:
        cursor.execute(*statement(closings, facts.values(*by).annotate(**asked)))
        return [dict(zip((*by, *asked), row, strict=True)) for row in cursor.fetchall()]
