from django.db import migrations
from django.db.models import Exists, OuterRef


def drop_the_only_unit(apps, schema_editor):
    home = apps.get_model("archive", "Home")
    other = home.objects.filter(building=OuterRef("building"), unit="", room=OuterRef("room"))
    home.objects.filter(building__units=1, unit="1").exclude(Exists(other)).update(unit="")


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_cells_left_out_of_a_row")]

    operations = [migrations.RunPython(drop_the_only_unit, migrations.RunPython.noop)]
