"""How far the log is sealed, and the heads to keep outside: for the auditor and whoever keeps the system."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from yige.accounts import log_heads
from yige.audit.sealer import STOPPED_HOURS, sealing_state
from yige.web.guard import staff


@require_GET
@staff("read_log", "keep_tables")
def seals(request):
    context = {"state": sealing_state(), "heads": log_heads.daily_heads(), "hours": STOPPED_HOURS}
    return render(request, "console/admin/seals.html", context)
