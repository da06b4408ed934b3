"""Draw and mend the outline of one grid; what stands against it is said before it is saved, and old outlines stay."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yige.console.admin.rows import grids
from yige.console.maps.forms.grid_outline import OutlineForm
from yige.console.maps.rows import grid_outline as rows
from yige.grids import outline_drawing
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_grids")
def outline(request, code):
    subject = grids.grid_or_404(request.user, code)
    if request.method != "POST":
        return page(request, subject, rows.form_of(subject, request.GET.get("from", "")))
    form = OutlineForm(request.POST, request.FILES)
    if request.POST.get("do") == "check":
        return looked_at(request, subject, form)
    outcome = attempt(request, form, outline_drawing.redraw, subject)
    if outcome.done:
        messages.success(request, "新边界从今天起生效，旧边界和日期都保留。")
        return redirect("console:grid_outline", code=subject.code)
    return page(request, subject, form, outcome.status)


def looked_at(request, subject, form):
    """Say what the drawing would do, without saving it; the drawing comes back as it will be kept."""
    if not form.is_valid():
        return answer(request, subject, form, 422)
    shape = form.cleaned_data["shape"]
    context = {
        "said": outline_drawing.findings_about(subject, shape),
        "looked": True,
        "same": outline_drawing.same(subject, shape),
    }
    return answer(request, subject, OutlineForm(initial={"shape": rows.geojson_text(shape)}), 200, context)


def answer(request, subject, form, status, context=None):
    if request.htmx:
        context = {"form": form, "grid": subject} | (context or {})
        return render(request, "console/maps/grid_outline.html#said", context, status=status)
    return page(request, subject, form, status, context)


def page(request, subject, form, status=200, more=None):
    context = {"grid": subject, "form": form, "near": rows.near(subject)}
    context |= {"history": rows.history(subject), "has_ground": bool(settings.YIGE_TIANDITU_KEY)}
    if status != 200 and not more:
        context |= rows.said_of(subject, form)
    return render(request, "console/maps/grid_outline.html", context | (more or {}), status=status)
