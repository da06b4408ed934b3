"""What people may report: the classes and their categories, kept by the system administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.cases import actions
from yige.cases.models import Category
from yige.console.admin.forms.categories import CategoryForm, NewCategoryForm
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of


@require_GET
@staff("keep_tables")
def categories(request):
    rows = Category.objects.filter(parent__isnull=False).select_related("parent")
    words = request.GET.get("words", "").strip()[:40]
    if words:
        rows = rows.filter(label__icontains=words)
    rows = rows.order_by("parent__order", "parent__slug", "-active", "order", "slug")
    return render(request, "console/admin/categories.html", {"rows": rows, "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_tables")
def new(request):
    form = NewCategoryForm(request.POST or None)
    outcome = attempt(request, form, add, None, key=key_of(request))
    if outcome.done:
        messages.success(request, f"“{outcome.result.label}”已加上，居民马上可以选。")
        return redirect("console:categories")
    return render(request, "console/admin/category.html", {"form": form}, status=outcome.status)


def add(_, *, by, at, parent, slug, label, **rest):
    """Turn the form's class into the verb's subject."""
    kind = "管理事项" if rest.get("national_code") else ""
    return actions.add_category(parent, by=by, at=at, slug=slug, label=label, national_kind=kind, **rest)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_tables")
def category(request, pk):
    row = get_object_or_404(Category.objects.select_related("parent"), pk=pk, parent__isnull=False)
    said = {name: getattr(row, name) for name in CategoryForm.base_fields}
    form = CategoryForm(request.POST or None, initial=said)
    outcome = attempt(request, form, actions.change_category, row, key=key_of(request))
    if outcome.done:
        messages.success(request, "分类已更新，新报的事项按新的来，已有事项不变。")
        return redirect("console:categories")
    context = {"form": form, "row": row}
    return render(request, "console/admin/category.html", context, status=outcome.status)


@require_POST
@staff("keep_tables")
def switch(request, pk):
    """Take a category out of use, or put it back."""
    row, on = get_object_or_404(Category, pk=pk, parent__isnull=False), request.POST.get("to") == "on"
    said = {"by": request.user, "at": timezone.now(), "key": key_of(request), "active": on}
    outcome = outcome_of(actions.change_category, row, **said)
    outcome.announce(request, f"“{row.label}”已{'恢复使用' if on else '停用，居民不再看到它'}。")
    return redirect("console:categories")
