"""The log for the auditor: who did what to which row, when, with what result; never what was said."""

import uuid

from django import forms
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.accounts import oversight
from yige.cases.queries import ids_of_number, numbers_of
from yige.console.admin.rows import audit as log_words
from yige.lib import sheets
from yige.web.guard import staff
from yige.web.paging import page_of

KEEPER = "auditor"
HEADINGS = ("时间", "动作", "操作者", "账号", "对象类型", "对象编号", "涉及字段", "事由", "结果", "日志编号")


class AskForm(forms.Form):
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    verb = forms.ChoiceField(label="动作", required=False)
    account = forms.CharField(label="账号", required=False, max_length=80)
    kind = forms.ChoiceField(label="操作者", required=False, choices=[("", "全部"), *oversight.KINDS.items()])
    number = forms.CharField(label="事项编号或对象编号", required=False, max_length=60)
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), *oversight.RESULTS.items()]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "全部"), *log_words.choices()]

    def clean_number(self):
        """Turn a case number or the id of any row into ids."""
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return []
        found = ids_of_number(typed)
        try:
            return found or [uuid.UUID(typed)]
        except ValueError:
            raise forms.ValidationError(
                "没有这个编号。请填事项编号（如 410106-0001234-5）或日志里的对象编号。"
            ) from None

    def asked(self):
        told = {name: value for name, value in self.cleaned_data.items() if name != "number"}
        return told | {"subject_ids": self.cleaned_data["number"]}


@require_GET
@staff(KEEPER)
def audit(request):
    form = AskForm(request.GET or None)
    context = {"form": form if form.is_bound else AskForm(), "page": None, "lines": []}
    if form.is_bound and not form.is_valid():
        return render(request, "console/admin/audit.html", context, status=422)
    said = form.asked() if form.is_bound else {}
    page = page_of(oversight.search(request.user, timezone.now(), **said), request.GET.get("page"), 100)
    cases = [entry.subject_id for entry in page if entry.subject_type == "cases.case"]
    context |= {"page": page, "lines": oversight.told(page.rows), "numbers": numbers_of(cases)}
    return render(request, "console/admin/audit.html", context)


@require_GET
@staff(KEEPER)
def export(request):
    form = AskForm(request.GET)
    if not form.is_valid():
        return render(request, "console/admin/audit.html", {"form": form, "lines": []}, status=422)
    now = timezone.now()
    entries = oversight.search(request.user, now, **form.asked())
    rows = (row(line) for line in oversight.taken_out(request.user, now, entries))
    response = StreamingHttpResponse(sheets.write_csv(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{now:%Y%m%d-%H%M}.csv"'
    return response


def row(line):
    entry = line.entry
    act = log_words.VERBS.get(entry.verb, entry.verb)
    kind = log_words.SUBJECTS.get(entry.subject_type, entry.subject_type)
    return (
        entry.at, act, line.who, line.account, kind, entry.subject_id, line.fields, line.purpose,
        line.result, entry.pk,
    )  # fmt: skip
