"""The list of cases: filters, search, sorting, paging, saved views, and the sheet of what is listed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.cases import actions, work_lists
from yige.cases.models import Case
from yige.cases.unit_figures import reach_words
from yige.console.cases.rows import queue as rows
from yige.console.cases.rows import queue_sheet
from yige.lib.phones import is_phone
from yige.lib.typed_text import clean_line
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.paging import page_of
from yige.web.quiet import answer_quietly, asks_quietly

LONGEST_NAME, LONGEST_QUERY = 30, 500
# Saved views may still ask for it: the call-backs have their own page, where merged reporters stand too.
MOVED_VIEW = "to_follow_up"
KEPT = (
    "view",
    "q",
    "state",
    "urgency",
    "nature",
    "channel",
    "grid",
    "unit",
    "group",
    "tier",
    "waits",
    "late",
    "mark",
    "today",
    "topic",
    "handler",
    "since",
    "until",
    "sort",
)


@require_GET
@staff("see_cases")
def cases(request):
    if request.GET.get("view") == MOVED_VIEW:
        return redirect("console:follow_ups")
    return listing(request, request.GET)


def listing(request, typed, status=200, **more):
    """Render the list for what an address (or a refused form) asks for."""
    at = timezone.now()
    typed, phone = without_phone(typed)
    asked, who = rows.read_query(typed), work_lists.viewer(request.user, at)
    found = rows.narrow(Case.objects.visible_to(who.user, at), asked, who)
    page = page_of(rows.with_row_fields(found, asked), typed.get("page"), rows.PER_PAGE)
    near = bool(asked.words) and not page
    if near:
        found = rows.narrow(Case.objects.visible_to(who.user, at), asked, who, near=True)
        page = page_of(rows.with_row_fields(found, asked), typed.get("page"), rows.PER_PAGE)
    context = {
        "near": near,
        "phone": phone,
        "asked": asked,
        "page": page,
        "rows": rows.queue_rows(page, at),
        "found": rows.count(found) if page.has_other_pages else str(len(page)),
        "query": plain_query(typed),
        "kept": [(name, typed[name]) for name in KEPT if typed.get(name)],
        "reach": reach_words(request.user, at),
        "may_batch": who.may("dispatch"),
        "may_find_callers": who.may("find_callers"),
        "now": at,
    } | more
    if asks_quietly(request):
        return answer_quietly(request, render(request, "console/cases/queue.html#rows", context))
    if not request.htmx:
        context |= frame(request.user, asked, who)
    template = "console/cases/queue.html" + ("#rows" if request.htmx else "")
    return render(request, template, context, status=status)


def without_phone(typed):
    """Return what was typed without a phone number in it, and the number: it is searched by a form, never by an address."""
    words = typed.get("q", "")
    if not is_phone(words):
        return typed, ""
    rest = typed.copy()
    rest.pop("q")
    return rest, words.strip()


def frame(user, asked, who):
    """Return what stands around the rows: the views and what there is to choose from."""
    shown, more = rows.selects(asked, rows.choices(user, who.at))
    return {
        "views": work_lists.work_lists_of(who),
        "saved": list(user.saved_views.all()),
        "selects": shown,
        "more": more,
        "sorts": [(name, label) for name, (label, _) in rows.SORTS.items()],
    }


def plain_query(typed):
    """Return the query of an address without its page and without what is empty."""
    return urlencode([(name, typed[name]) for name in KEPT if typed.get(name)])


@require_POST
@staff("see_cases")
def save_view(request):
    name, query = clean_line(request.POST.get("name", "")), request.POST.get("query", "")
    wrong = wrong_view(name, query)
    if wrong:
        shown = QueryDict(query[:LONGEST_QUERY])
        return listing(request, shown, status=422, view_error=wrong, view_name=name)
    actions.save_view(
        request.user, by=request.user, at=timezone.now(), key=key_of(request), name=name, query=query
    )
    messages.success(request, f"视图“{name}”已保存，在列表上方可以直接打开。")
    return redirect(f"/console/cases/?{query}")


def wrong_view(name, query):
    if not name or len(name) > LONGEST_NAME:
        return f"请给这个视图起个名字，最多 {LONGEST_NAME} 个字。"
    return "" if query and len(query) <= LONGEST_QUERY else "请先选好筛选条件，再保存视图。"


@require_POST
@staff("see_cases")
def remove_view(request, pk):
    view = get_object_or_404(request.user.saved_views, pk=pk)
    actions.remove_view(view, by=request.user, at=timezone.now())
    messages.success(request, f"视图“{view.name}”已删除。")
    return redirect("console:cases")


@require_POST
@staff("see_cases")
def export(request):
    """Give the filtered list as a sheet: no contact of anybody, words masked, the fact logged."""
    at = timezone.now()
    asked, who = rows.read_query(request.POST), work_lists.viewer(request.user, at)
    listed = sheet_rows(asked, who) or (sheet_rows(asked, who, near=True) if asked.words else [])
    actions.note_export(
        request.user, by=request.user, at=at, rows=len(listed), query=plain_query(request.POST)
    )
    answer = HttpResponse(queue_sheet.sheet_of_cases(listed, at), content_type=queue_sheet.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="cases-{at:%Y%m%d-%H%M}.xlsx"'
    return answer


def sheet_rows(asked, who, near=False):
    found = rows.narrow(Case.objects.visible_to(who.user, who.at), asked, who, near=near)
    return list(rows.with_row_fields(found, asked)[: queue_sheet.MOST_ROWS])
