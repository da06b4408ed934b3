"""The log for the auditor: who did what to which row, when, with what result; never what was said."""

from itertools import batched

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.accounts import oversight
from yige.cases.queries import numbers_of
from yige.console.admin.forms.audit import LogSearchForm
from yige.console.admin.rows import audit as rows
from yige.lib import sheets
from yige.web.guard import staff
from yige.web.paging import page_of

HEADINGS = (
    "时间",
    "动作",
    "操作者",
    "账号",
    "对象类型",
    "事项编号",
    "对象标识",
    "涉及字段",
    "事由",
    "结果",
    "日志编号",
    "写下的时间",
)


@require_GET
@staff("read_log")
def audit(request):
    form = LogSearchForm(request.GET or None)
    context = {"form": form if form.is_bound else LogSearchForm(), "page": None, "lines": []}
    if form.is_bound and not form.is_valid():
        return render(request, "console/admin/audit.html", context, status=422)
    terms = form.search_terms() if form.is_bound else {}
    page = page_of(oversight.search_log(request.user, timezone.now(), **terms), request.GET.get("page"), 100)
    context |= {"page": page, "lines": oversight.log_lines(page.rows), "numbers": case_numbers(page.rows)}
    return render(request, "console/admin/audit.html", context)


@require_GET
@staff("read_log")
def export(request):
    form = LogSearchForm(request.GET)
    if not form.is_valid():
        return render(request, "console/admin/audit.html", {"form": form, "lines": []}, status=422)
    now = timezone.now()
    entries = oversight.search_log(request.user, now, **form.search_terms())
    lines = oversight.export_lines(request.user, now, entries)
    response = StreamingHttpResponse(
        sheets.write_csv(HEADINGS, cells_of_lines(lines)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{now:%Y%m%d-%H%M}.csv"'
    return response


def case_numbers(entries):
    """Return the numbers of the cases among what these lines are about, by their ids."""
    return numbers_of([entry.subject_id for entry in entries if entry.subject_type == "cases.case"])


def cells_of_lines(lines):
    """Yield the cells of lines, a thousand at a time: one look for the numbers of their cases."""
    for some in batched(lines, 1000, strict=False):
        numbers = case_numbers([line.entry for line in some])
        yield from (cells_of(line, numbers) for line in some)


def cells_of(line, numbers):
    entry = line.entry
    act = rows.VERBS.get(entry.verb, entry.verb)
    kind = rows.SUBJECTS.get(entry.subject_type, entry.subject_type)
    return (
        entry.at, act, line.who, line.account, kind, numbers.get(entry.subject_id, ""), entry.subject_id, line.fields, line.purpose,
        line.result, entry.pk, entry.written_at,
    )  # fmt: skip
