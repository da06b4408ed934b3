"""The tree of grids and the page of one grid: its place, its heads, its codes; changed by the system administrator."""

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts import queries
from yige.console.admin.forms.grids import CodeForm, DescribeForm, NewGridForm, RenameForm
from yige.console.admin.rows import grids as rows
from yige.grids import actions
from yige.grids.models import QrToken
from yige.web.forms import ButtonForm, KeyedForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt


class Act(NamedTuple):
    verb: object
    form: type
    done: str


# fmt: off
ACTS = {
    "rename":   Act(actions.rename,   RenameForm,   "名称已改。"),
    "describe": Act(actions.describe, DescribeForm, "资料已更新。"),
    "retire":   Act(actions.retire,   ButtonForm,   "网格已停用，它的二维码也停用了。"),
    "issue":    Act(actions.issue_qr, CodeForm,     "新的二维码已发，可以打印海报了。"),
}
CODE_ACTS = {
    "retire":  Act(actions.retire_qr,  ButtonForm, "这个二维码已停用，扫它的人会看到说明。"),
    "replace": Act(actions.replace_qr, KeyedForm,  "已换新码，请重新打印海报；扫旧码会转到新码。"),
}
# fmt: on


@require_GET
@staff("see_grids")
def grids(request):
    context = {"tree": rows.tree(request.user, timezone.now()), "keeper": may_change(request)}
    return render(request, "console/admin/grids.html", context)


@require_GET
@staff("see_grids")
def grid(request, code):
    return page(request, rows.grid_or_404(request.user, code))


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_grids")
def new(request, code=""):
    """Add a grid below another one, or a subdistrict at the top."""
    parent = rows.grid_or_404(request.user, code) if code else None
    form = NewGridForm(
        request.POST or None, initial={"code": f"{code}-" if parent and parent.level > 1 else code}
    )
    outcome = attempt(request, form, actions.make, parent, key=key_of(request))
    if outcome.done:
        messages.success(request, f"“{outcome.result.name}”已建好。边界可以用“导入”补上。")
        return redirect("console:grid", code=outcome.result.code)
    context = {"form": form, "parent": parent}
    return render(request, "console/admin/grid_new.html", context, status=outcome.status)


@require_POST
@staff("keep_grids")
def perform(request, code, verb):
    if verb not in ACTS:
        raise Http404
    subject, act = rows.grid_or_404(request.user, code), ACTS[verb]
    form = act.form(request.POST)
    outcome = attempt(request, form, act.verb, subject, key=key_of(request))
    if not outcome.done:
        return page(request, subject, {verb: form}, outcome.status)
    messages.success(request, act.done)
    return redirect("console:grids") if verb == "retire" else redirect("console:grid", code=subject.code)


@require_POST
@staff("keep_grids")
def perform_code(request, pk, verb):
    if verb not in CODE_ACTS:
        raise Http404
    act, form = CODE_ACTS[verb], CODE_ACTS[verb].form(request.POST)
    code = get_object_or_404(QrToken.objects.public().select_related("grid"), pk=pk)
    rows.grid_or_404(request.user, code.grid.code)
    outcome = attempt(request, form, act.verb, code, key=key_of(request))
    if not outcome.done:
        return page(request, code.grid, {"code": form}, outcome.status)
    messages.success(request, act.done)
    return redirect("console:grid", code=code.grid.code)


def page(request, subject, refused=None, status=200):
    now = timezone.now()
    said = {"phone": subject.phone, "household_count": subject.household_count}
    said["national_code"] = subject.national_code
    forms = {"rename": RenameForm(initial={"name": subject.name}), "describe": DescribeForm(initial=said)}
    forms |= {"issue": CodeForm(), "replace": KeyedForm()} | (refused or {})
    context = {"grid": subject, "forms": forms, "refused": next(iter((refused or {}).values()), None)}
    context |= {"picture": rows.picture(subject), "heads": queries.heads(subject.path, now)}
    context |= {"below": subject.children.current().order_by("path"), "keeper": may_change(request)}
    context |= {
        "codes": subject.qr_tokens.order_by("retired_at", "place"),
        "origin": settings.YIGE_PUBLIC_URL,
    }
    return render(request, "console/admin/grid.html", context, status=status)


def may_change(request):
    return may(request, "keep_grids")
