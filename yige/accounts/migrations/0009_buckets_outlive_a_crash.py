from django.db import migrations


class Migration(migrations.Migration):
    """After a crash nobody who had used up the tries gets all of them back; empty first, so that nothing is copied."""

    dependencies = [("accounts", "0008_organisation_seat")]
    operations = [
        migrations.RunSQL(
            "TRUNCATE accounts_bucket; ALTER TABLE accounts_bucket SET LOGGED",
            "ALTER TABLE accounts_bucket SET UNLOGGED",
        )
    ]
