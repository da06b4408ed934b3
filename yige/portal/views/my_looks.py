"""Who looked at my file: when, from which post, what, why; newest first, as the log has it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.archive.rights import looks as seen
from yige.portal.resident import file_of, resident
from yige.web.paging import page_of

ROWS = 20


@require_safe
@resident
def looks(request, pk=None):
    person = file_of(request, pk)
    page = page_of(seen.looks(person), request.GET.get("page"), ROWS)
    months = seen.by_month(person, timezone.now())
    context = {
        "of": person,
        "own": person.pk == request.person.pk,
        "page": page,
        "rows": seen.look_rows(page),
        "months": months,
        "total": sum(count for _, count in months),
        "since": seen.kept_since(),
    }
    return render(request, "portal/my_looks.html", context)
