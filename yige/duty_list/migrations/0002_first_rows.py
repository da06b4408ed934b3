"""The units that categories named until now become the first rows of the duty list."""

from django.db import migrations
from django.utils import timezone

from yige.lib.ids import new_id

BASIS = "原来分类上写的默认承办单位"


def copy_default_units(apps, schema_editor):
    category, row = apps.get_model("cases", "Category"), apps.get_model("duty_list", "DutyRow")
    now = timezone.now()
    row.objects.bulk_create(
        row(
            id=new_id(), category_id=pk, lead_id=unit, place_kind="any", basis=BASIS, valid_from=now.date(),
            state="in_force", proposed_at=now, decided_at=now,
        )
        for pk, unit in category.objects.exclude(default_unit=None).values_list("pk", "default_unit")
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("duty_list", "0001_duty_list"), ("cases", "0010_danger_before_new")]

    operations = [migrations.RunPython(copy_default_units, migrations.RunPython.noop)]
