from django.db import migrations, models

FORBID = """
    CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logblock
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
ALLOW = "DROP TRIGGER audit_is_append_only ON audit_logblock;"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogBlock",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="封条号")),
                ("form", models.SmallIntegerField(verbose_name="格式")),
                ("epoch", models.SmallIntegerField(verbose_name="事务纪元")),
                ("from_transaction", models.BigIntegerField(verbose_name="从事务")),
                ("to_transaction", models.BigIntegerField(verbose_name="到事务之前")),
                ("count", models.IntegerField(verbose_name="条数")),
                ("total", models.BigIntegerField(verbose_name="到这里共多少条")),
                ("closes", models.BooleanField(verbose_name="纪元到此为止")),
                ("sealed_at", models.DateTimeField(verbose_name="封的时间")),
                ("previous", models.CharField(max_length=64, verbose_name="上一号的校验码")),
                ("head", models.CharField(max_length=64, verbose_name="校验码")),
                ("leaves", models.BinaryField(verbose_name="每条的编号和校验码")),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="logentry",
            name="epoch",
            field=models.SmallIntegerField(db_default=1, verbose_name="事务纪元"),
        ),
        migrations.AddConstraint(
            model_name="logblock",
            constraint=models.UniqueConstraint(fields=("previous",), name="one_block_after_each_block"),
        ),
        migrations.AddConstraint(
            model_name="logblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_transaction__gt", models.F("from_transaction"))),
                name="block_covers_some_transactions",
            ),
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
