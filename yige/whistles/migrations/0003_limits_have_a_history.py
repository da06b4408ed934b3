import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("whistles", "0002_longer_verbs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="categorylimit", name="one_limit_of_a_mark_in_a_category"),
        migrations.AlterModelOptions(name="categorylimit", options={"ordering": ["-set_at", "-id"]}),
        migrations.AlterField(
            model_name="categorylimit",
            name="amount",
            field=models.PositiveIntegerField(null=True, verbose_name="多久"),
        ),
        migrations.AddField(
            model_name="categorylimit",
            name="words",
            field=models.CharField(default="", max_length=200, verbose_name="为什么"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="categorylimit",
            name="set_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="从什么时候起"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="categorylimit",
            name="set_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谁定的",
            ),
        ),
        migrations.AddField(
            model_name="categorylimit",
            name="ended_at",
            field=models.DateTimeField(null=True, verbose_name="到什么时候止"),
        ),
        migrations.AddConstraint(
            model_name="categorylimit",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at=None),
                fields=("category", "trigger", "mark"),
                name="one_limit_of_a_mark_holds_in_a_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="categorylimit",
            constraint=models.CheckConstraint(condition=~Q(amount=0), name="limit_gives_some_time"),
        ),
    ]
