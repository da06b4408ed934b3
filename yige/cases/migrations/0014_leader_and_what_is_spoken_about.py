import django.db.models.deletion
from django.db import migrations, models

FIND_LEADERS = """
    WITH RECURSIVE chain (id, leader_id, next_id) AS (
        SELECT a.id, b.id, b.merged_into_id
        FROM cases_case a JOIN cases_case b ON b.id = a.merged_into_id
        UNION ALL
        SELECT chain.id, b.id, b.merged_into_id FROM chain JOIN cases_case b ON b.id = chain.next_id
    )
    UPDATE cases_case SET leader_id = chain.leader_id
    FROM chain WHERE cases_case.id = chain.id AND chain.next_id IS NULL
"""
# An urge of a merged reporter was counted on the leading case's round already, and so was a rating.
ABOUT = """
    UPDATE cases_{side} side SET about_id = COALESCE(one.leader_id, one.id)
    FROM cases_case one WHERE one.id = side.case_id
"""
SIDES = ("urge", "rating", "followup")
ON_ITS_DAY = "UPDATE cases_urge SET day = (at AT TIME ZONE 'Asia/Shanghai')::date"
# The rows that wait for a check at the end of the transaction would not let their tables be altered.
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"


def about(null):
    return [
        (
            side,
            models.ForeignKey(
                null=null,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss_about",
                to="cases.case",
                verbose_name="说的哪一件",
            ),
        )
        for side in SIDES
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_what_was_raised_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="leader",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led",
                to="cases.case",
                verbose_name="合并办理的事项",
            ),
        ),
        *(migrations.AddField(model_name=side, name="about", field=field) for side, field in about(True)),
        migrations.AddField(
            model_name="urge", name="day", field=models.DateField(null=True, verbose_name="哪一天")
        ),
        migrations.RunSQL(FIND_LEADERS, migrations.RunSQL.noop),
        *(migrations.RunSQL(ABOUT.format(side=side), migrations.RunSQL.noop) for side in SIDES),
        migrations.RunSQL(ON_ITS_DAY, migrations.RunSQL.noop),
        migrations.RunSQL(CHECK_NOW, migrations.RunSQL.noop),
        *(migrations.AlterField(model_name=side, name="about", field=field) for side, field in about(False)),
        migrations.AlterField(model_name="urge", name="day", field=models.DateField(verbose_name="哪一天")),
        migrations.RemoveConstraint(model_name="urge", name="one_urge_for_each_mark"),
        migrations.RemoveConstraint(model_name="rating", name="one_rating_a_round"),
        migrations.AddConstraint(
            model_name="urge",
            constraint=models.UniqueConstraint(
                fields=("case", "about", "mark", "round", "day"), name="one_urge_a_mark_and_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("case", "about", "round"), name="one_rating_a_round"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leader__isnull", True), ("merged_into__isnull", True)),
                    models.Q(("leader__isnull", False), ("merged_into__isnull", False)),
                    _connector="OR",
                ),
                name="merged_case_has_a_leader",
            ),
        ),
    ]
