"""What becomes of personal information: every field, what for, how long."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from yige.archive import labels
from yige.archive.people import purposes
from yige.archive.rights.requests import DAYS
from yige.cases import rules


@require_safe
def privacy(request):
    context = {
        "reporter_days": rules.value("reporter_days"),
        "groups": purposes.GROUPS,
        "labels": labels.LABELS,
        "days": DAYS,
    }
    return render(request, "portal/privacy.html", context)
