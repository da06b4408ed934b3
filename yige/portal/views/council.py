"""What neighbours decide together, for everybody: all that was noticed, and one with its record."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yige.deliberation import decision_rules, deliberation_moves, queries
from yige.web.deliberation_sheet import record_pdf, secret_list_text
from yige.web.paging import page_of

A_PAGE = 20


@require_safe
def council(request):
    page = page_of(queries.public_deliberations(), request.GET.get("page"), A_PAGE)
    rules = {"rules": decision_rules.RULES, "waits": deliberation_moves.WAITS}
    return render(request, "portal/council.html", {"page": page} | rules)


@require_safe
def deliberation(request, pk):
    row = get_object_or_404(queries.public_deliberations(), pk=pk)
    labels = {move.verb: move.label for move in deliberation_moves.MOVES}
    shown = queries.public_deliberation(row)
    lines = [(labels[line.verb], line) for line in shown.lines if line.verb in labels]
    return render(request, "portal/deliberation.html", {"row": row, "shown": shown, "lines": lines})


@require_safe
def secret_list(request, pk, vote):
    row = get_object_or_404(queries.public_deliberations(), pk=pk)
    found = get_object_or_404(row.votes.filter(is_secret=True, counted_at__isnull=False), pk=vote)
    return HttpResponse(
        secret_list_text(row, queries.secret_list(found)), content_type="text/plain; charset=utf-8"
    )


@require_safe
def record_file(request, pk):
    row = get_object_or_404(queries.public_deliberations(), pk=pk)
    response = HttpResponse(record_pdf(row), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="record.pdf"'
    return response
