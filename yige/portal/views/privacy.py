"""What becomes of personal information: every field, what for, how long."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from yige.cases import rules


@require_safe
def privacy(request):
    return render(request, "portal/privacy.html", {"reporter_days": rules.value("reporter_days")})
