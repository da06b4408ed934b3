from datetime import timedelta

from django.db import migrations

LONGEST = 2000


def let_wait_what_was_raised(apps, schema_editor):
    """What was raised and waits got one text of both what was tried and what is asked; it is due when it is looked at."""
    Case, Entry, Wait = (apps.get_model("cases", name) for name in ("Case", "Entry", "Wait"))
    for case in Case.objects.filter(state="accepted", raised_at__isnull=False).iterator():
        line = Entry.objects.filter(case=case, verb="escalate").order_by("-at", "-id").first()
        if line is None or line.by_id is None:
            continue
        Wait.objects.create(
            case=case, at=case.raised_at, round=case.reopen_no, by_id=line.by_id, tier=case.tier, way="up",
            asked=(line.said.get("words") or "请上级安排")[:LONGEST], due_at=case.raised_at + timedelta(days=3),
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_waits_at_levels"),
    ]

    operations = [
        migrations.RunPython(let_wait_what_was_raised, migrations.RunPython.noop),
    ]
