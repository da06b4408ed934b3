from django.db import migrations


class Migration(migrations.Migration):
    """A bucket is worth nothing after a crash; without a journal, taking from one costs no write to disk."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE accounts_bucket SET UNLOGGED", "ALTER TABLE accounts_bucket SET LOGGED"
        )
    ]
