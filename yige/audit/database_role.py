"""What the application's database role may do: everything but change or remove the log, or say when a line was written."""

from django.db import connection, transaction

from yige.audit.models import LogBlock, LogEntry

# What the server writes by itself: a line cannot be dated back, nor put into a transaction that was sealed already.
OF_THE_SERVER = {"written_at", "transaction", "epoch"}


@transaction.atomic
def apply(role) -> None:
    """Grant the application role its rights in the current schema; run as the owner of the tables."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema, app = quote(cursor.fetchone()[0]), quote(role)
        log, blocks = quote(LogEntry._meta.db_table), quote(LogBlock._meta.db_table)
        told = ", ".join(
            quote(field.column) for field in LogEntry._meta.concrete_fields if field.name not in OF_THE_SERVER
        )
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {app}")
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {log}, {blocks} FROM {app}")
        cursor.execute(f"REVOKE INSERT ON {log} FROM {app}")
        cursor.execute(f"GRANT INSERT ({told}) ON {log} TO {app}")
