"""The ledger of units: what each has open, late, done, and its cards with their reasons; never persons."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import unit_figures as figures
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("see_cases")
def units(request):
    at = timezone.now()
    mine = {post.unit_id for post in request.user.posts_at(at)}
    context = {
        "rows": figures.figures_of_units(request.user, at),
        "mine": mine,
        "days": figures.FIGURE_DAYS,
        "reach": figures.reach_words(request.user, at),
    }
    return render(request, "console/cases/units.html", context)


@require_GET
@staff("see_cases")
def unit(request, slug):
    at = timezone.now()
    found = get_object_or_404(figures.units_in_reach(request.user, at), slug=slug)
    rows = figures.cases_with(found, request.user, at)
    shown = request.GET.get("show") if request.GET.get("show") in figures.FIGURE_BY_NAME else "open"
    counts = figures.figures_of_unit(found, request.user, at)
    page = page_of(
        figures.narrow_to_list(rows.select_related("category", "grid"), shown, at),
        request.GET.get("page"),
        A_PAGE,
    )
    context = {
        "unit": found,
        "page": page,
        "shown": shown,
        "cuts": [(figure, counts[figure.name]) for figure in figures.FIGURES],
        "counts": counts,
        "reach": figures.reach_words(request.user, at),
        "days": figures.FIGURE_DAYS,
    }
    context |= {"cards": figures.latest_cards(found, request.user, at), "now": at}
    return render(request, f"console/cases/unit.html{'#rows' if request.htmx else ''}", context)
