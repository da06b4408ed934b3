from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made while people go on writing: a log of many years takes its time."""

    atomic = False
    dependencies = [("audit", "0003_lines_are_sealed_in_blocks")]
    operations = [
        AddIndexConcurrently(
            model_name="logentry",
            index=models.Index(fields=["epoch", "transaction"], name="log_by_transaction"),
        ),
    ]
