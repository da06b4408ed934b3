"""Files of sheets in the background: one at a time, so that a large one takes the memory once."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from yige.report_centre import writing
from yige.report_centre.models import SheetFile

TRIES = 3
BROKE = "系统没能做完，请再生成一次；还不行请联系系统管理员。"


@app.task(name="report_centre.make", lock="report_centre.make", retry=TRIES, pass_context=True)
def make(context, file) -> None:
    """Write one file; the last try says that it did not succeed."""
    row = SheetFile.objects.select_related("sheet__request", "by").filter(pk=file, ended_at=None).first()
    if row is None:
        return
    try:
        writing.write(row, timezone.now())
    except Exception:
        if context.job.attempts >= TRIES:
            writing.fail(row, BROKE, timezone.now())
        raise


def make_later(file) -> None:
    """Ask the worker, in the transaction of the verb."""
    with transaction.atomic():
        make.defer(file=str(file.pk))
