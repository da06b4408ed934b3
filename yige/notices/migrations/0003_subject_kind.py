from django.db import migrations, models
from django.db.models import Case, Q, Value, When

KINDS = (
    (Q(audience="resident", kind="sign_in"), "sign_in_code"),
    (Q(audience="resident"), "rights_request"),
    (Q(audience__in=("reporter", "area"), subject_id__isnull=False), "case"),
    (Q(link__startswith="/console/cases/", subject_id__isnull=False), "case"),
    (Q(link__startswith="/console/requests/", subject_id__isnull=False), "rights_request"),
    (Q(link="/console/account/"), "account"),
    (Q(link="/console/follow-ups/"), "follow_ups"),
    (Q(link="/console/promises/"), "promises"),
    (Q(link="/work/appointments/"), "appointments"),
)


def say_what_each_notice_is_about(apps, schema_editor):
    """The page that an old notice led to is found again by what it is about."""
    rules = [When(condition, then=Value(kind)) for condition, kind in KINDS]
    apps.get_model("notices", "Notice").objects.update(subject_kind=Case(*rules, default=Value("")))


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_residents"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="subject_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("case", "事项"),
                    ("rights_request", "查改删申请"),
                    ("sign_in_code", "登录验证码"),
                    ("account", "本人的账号"),
                    ("follow_ups", "等回访的事项"),
                    ("promises", "答应居民的事"),
                    ("appointments", "居民的预约"),
                ],
                max_length=20,
                verbose_name="关于什么",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="subject_id",
            field=models.UUIDField(null=True, verbose_name="关于哪一件"),
        ),
        migrations.RunPython(say_what_each_notice_is_about, migrations.RunPython.noop),
        migrations.RemoveField(model_name="notice", name="link"),
    ]
