from django.db import migrations

FORBID = """
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP;
    END $$;
    CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logentry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
ALLOW = """
    DROP TRIGGER audit_is_append_only ON audit_logentry;
    DROP FUNCTION audit_is_append_only();
"""


class Migration(migrations.Migration):
    """Nobody changes or removes a line of the log, whatever role the connection has."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
