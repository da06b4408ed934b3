"""By when a called unit answers: the ordinary limits, the categories that have others, changing one with its reason."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yige.cases.models import Category
from yige.console.whistles.forms.limits import LimitForm
from yige.console.whistles.rows import limits as rows
from yige.lib.typed_values import read_id
from yige.web.forms import seen_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.whistles import category_limits as actions


@require_GET
@staff("see_whistles", "keep_tables")
def limits(request):
    """Show the list, or go on to the category that was chosen in it."""
    if category := category_named(request.GET.get("category")):
        return redirect("console:category_limits", category.pk)
    context = {
        "ordinary": rows.ordinary_lines(),
        "differing": rows.differing(),
        "may_set": may(request, "keep_tables"),
        "categories": Category.objects.leaves().select_related("parent"),
    }
    return render(request, "console/whistles/limits.html", context)


@require_GET
@staff("see_whistles", "keep_tables")
def category_limits(request, pk):
    return page(request, find(pk), request.GET.get("which"))


@require_POST
@staff("keep_tables")
def set_limit(request, pk, which):
    category = find(pk)
    line = next((line for line in rows.lines_of(category) if line.which == which), None)
    if line is None:
        raise Http404
    form = LimitForm(request.POST, trigger=line.trigger, mark=line.limit.name)
    outcome = attempt(request, form, actions.set_limit, category, seen=seen_of(request))
    if not outcome.done:
        return page(request, category, which, form, outcome.status)
    messages.success(request, "已改，以后吹的哨按新的来；正在联办的不变。")
    return redirect("console:category_limits", pk)


def find(pk):
    return get_object_or_404(Category.objects.select_related("parent"), pk=pk, parent__isnull=False)


def category_named(text):
    """Return the category of an id in an address; None where it names none."""
    pk = read_id(text)
    return Category.objects.filter(pk=pk, parent__isnull=False).first() if pk else None


def page(request, category, which, form=None, status=200):
    lines = rows.lines_of(category)
    line = next((line for line in lines if line.which == which), None)
    may_set = may(request, "keep_tables")
    if line and may_set and form is None:
        form = LimitForm(initial={"amount": line.amount}, trigger=line.trigger, mark=line.limit.name)
    context = {"category": category, "rows": lines, "line": line, "form": form, "may_set": may_set}
    context["changes"] = rows.history(category)
    return render(request, "console/whistles/category_limits.html", context, status=status)
