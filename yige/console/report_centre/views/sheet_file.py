"""The files of a sheet: asking for one, taking one; each is its reader's alone."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.console.cases.rows.queue_sheet import XLSX
from yige.console.report_centre.views.sheet import find, page
from yige.report_centre import kept_files, making
from yige.report_centre.models import SheetFile
from yige.report_centre.words import FileForm
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of

TYPES = {FileForm.XLSX: XLSX, FileForm.CSV: "text/csv; charset=utf-8"}


@require_POST
@staff("see_sheets")
def make(request, pk):
    sheet, form = find(request, pk), request.POST.get("form")
    said = {"form": form if form in FileForm.values else FileForm.XLSX, "key": key_of(request)}
    outcome = outcome_of(making.make_file, sheet, by=request.user, at=timezone.now(), **said)
    if not outcome.done:
        return page(request, sheet, outcome.status, error=outcome.sentence)
    messages.success(request, "开始生成了。可以离开这一页，过会儿再来取。")
    return redirect("console:sheet", pk)


@require_POST
@staff("see_sheets")
def fetch(request, pk):
    mine = SheetFile.objects.filter(by=request.user).select_related("sheet")
    file = get_object_or_404(mine, pk=pk)
    sheet = find(request, file.sheet_id)
    outcome = outcome_of(making.fetch_file, file, by=request.user, at=timezone.now())
    if not outcome.done:
        return page(request, sheet, outcome.status, error=outcome.sentence)
    name = f"{file.sheet.name}-{file.first:%Y%m%d}.{file.form}"
    opened = kept_files.file_path(file.stored_name).open("rb")
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=TYPES[file.form])
    answer.headers["Cache-Control"] = "no-store"
    return answer
