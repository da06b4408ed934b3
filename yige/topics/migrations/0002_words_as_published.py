"""What was published of a topic keeps its title and its problem; those of before are as the topic says them now."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_words(apps, schema_editor):
    topics = apps.get_model("topics", "Topic").objects.filter(pk=OuterRef("topic"))
    apps.get_model("topics", "TopicResult").objects.filter(published_at__isnull=False).update(
        title=Subquery(topics.values("title")), problem=Subquery(topics.values("words"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("topics", "0001_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="topicresult",
            name="title",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="公布时的题目"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="topicresult",
            name="problem",
            field=models.TextField(
                blank=True, default="", max_length=600, verbose_name="公布时怎么说这个问题"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
