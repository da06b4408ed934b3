"""Lists of persons: ask for one, agree to another's, fetch the own one once; the file is stored nowhere."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts.queries import place_names
from yige.archive import labels
from yige.archive.models import Export
from yige.archive.people import queries
from yige.archive.rights import exports as lists
from yige.archive.words import ExportPurpose
from yige.console.cases.rows.queue_sheet import XLSX
from yige.console.files import opening
from yige.grids.models import Grid
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of
from yige.web.paging import page_of


class AskForm(forms.Form):
    grid = forms.ChoiceField(
        label="范围", error_messages={"required": "请选范围。", "invalid_choice": "请选您管的网格。"}
    )
    purpose = forms.ChoiceField(
        label="用途", choices=ExportPurpose.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选用途。", "invalid_choice": "请选用途。"},
    )  # fmt: skip
    words = forms.CharField(
        label="说明", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="给谁用、做什么、用完怎么处理，最多 200 字。批准的人和审计都会看到。",
    )  # fmt: skip
    columns = forms.MultipleChoiceField(
        label="要哪几列", required=False, choices=[(column.name, column.label) for column in lists.EXPORT_COLUMNS],
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": "没有这一列。"},
        help_text="用不着的不要选。没有遮住的姓名、电话和服务标签，只有上门送服务和应急时才能选。",
    )  # fmt: skip
    label = forms.ChoiceField(
        label="只要有这种服务的", required=False, choices=[("", "不限"), *((row.name, row.label) for row in labels.LABELS)],
        error_messages={"invalid_choice": labels.NO_SUCH},
    )  # fmt: skip

    def __init__(self, data=None, *, user, at):
        super().__init__(data)
        grids = [(path, name) for path, name in queries.grids_of(user, at) if lists.may_ask(user, path, at)]
        self.fields["grid"].choices = [("", "请选"), *grids]

    def clean(self):
        said = super().clean()
        self.place = Grid.objects.public().filter(path=said.pop("grid", "")).first()
        return said


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label="同意吗", choices=[("1", "同意"), ("0", "不同意")], coerce=lambda said: said == "1", widget=forms.RadioSelect,
        error_messages={"required": "请选同意或不同意。", "invalid_choice": "请选同意或不同意。"},
    )  # fmt: skip
    answer = forms.CharField(
        label="意见", required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="不同意的必填，申请人会看到。",
    )  # fmt: skip


def reach(user, at):
    """Return the lists somebody asked for, and those of the area whose files he or she keeps."""
    found = Q(asked_by=user)
    for post in user.posts_at(at):
        if post.rule.files == "keeper":
            found |= Q(grid_path__startswith=post.path)
    return Export.objects.filter(found).select_related("asked_by", "decided_by")


@require_GET
@staff("ask_for_lists")
def exports(request):
    at = timezone.now()
    page = page_of(reach(request.user, at), request.GET.get("page"), 20)
    rows = [(row, state(row, request.user, at)) for row in page]
    names = place_names({row.grid_path for row in page})
    return render(request, "console/files/exports.html", {"page": page, "rows": rows, "names": names})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("ask_for_lists")
def ask(request):
    at = timezone.now()
    form = AskForm(request.POST if request.method == "POST" else None, user=request.user, at=at)
    outcome = attempt(request, form, lists.ask, lambda valid: valid.place, key=key_of(request))
    if outcome.done:
        messages.success(request, "已申请，等另一位档案管理员来批。")
        return redirect("console:export_list", export=outcome.result.pk)
    return render(request, "console/files/export_new.html", {"form": form}, status=outcome.status)


@require_GET
@staff("ask_for_lists")
def one(request, export):
    return show(request, get_export_or_404(request, export))


def get_export_or_404(request, pk):
    return get_object_or_404(reach(request.user, timezone.now()), pk=pk)


def show(request, export, form=None, status=200, **more):
    at = timezone.now()
    context = {
        "export": export,
        "state": state(export, request.user, at),
        "count": lists.told_count(export),
        "number": lists.number(export),
        "place": place_names({export.grid_path}).get(export.grid_path, export.grid_path),
        "columns": [lists.EXPORT_COLUMN[name].label for name in export.columns],
        "kind": labels.LABEL_BY_NAME[export.label].label if export.label else "",
        "ends_at": lists.ends_at(export),
        "form": form or DecideForm(),
        "now": at,
    }
    return render(request, "console/files/export.html", context | more, status=status)


def state(export, user, at):
    """Say where a list stands for this user: waits, to decide, refused, ready, over, fetched."""
    if export.fetched_at:
        return "fetched"
    if export.decided_at is None:
        mine = export.asked_by_id == user.pk
        return "decide" if not mine and lists.may_decide(user, export, at) else "waits"
    if not export.granted:
        return "refused"
    if at > lists.ends_at(export):
        return "over"
    return "ready" if export.asked_by_id == user.pk else "agreed"


@require_POST
@staff("agree_to_lists")
def decide(request, export):
    subject, form = get_export_or_404(request, export), DecideForm(request.POST)
    outcome = attempt(request, form, lists.decide, subject, key=key_of(request))
    if not outcome.done and state(subject, request.user, timezone.now()) != "decide":
        sentence = outcome.sentence or "这份名单现在不由您批。"
        return show(request, subject, status=outcome.status, error=sentence)
    if not outcome.done:
        return show(request, subject, form, outcome.status)
    messages.success(
        request, "已同意，申请人 24 小时内可以下载一次。" if outcome.result.granted else "已回复不同意。"
    )
    return redirect("console:export_list", export=subject.pk)


@require_POST
@staff("ask_for_lists")
@opening.only_when_logged
def fetch(request, export):
    """Give the file once; when its lines cannot be written, nothing leaves and it can be fetched later."""
    subject, at = get_export_or_404(request, export), timezone.now()
    outcome = outcome_of(lists.fetch, subject, by=request.user, at=at)
    if not outcome.done:
        return show(
            request, get_export_or_404(request, export), status=outcome.status, error=outcome.sentence
        )
    answer = HttpResponse(outcome.result, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="list-{lists.number(subject)}.xlsx"'
    return answer
