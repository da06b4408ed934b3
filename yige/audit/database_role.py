"""What the application's database role may do: everything but change or remove the log."""

from django.db import connection

from yige.audit.models import LogEntry


def apply(role) -> None:
    """Grant the application role its rights in the current schema; run as the owner of the tables."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema, app = quote(cursor.fetchone()[0]), quote(role)
        log = quote(LogEntry._meta.db_table)
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {app}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {app}")
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {log} FROM {app}")
