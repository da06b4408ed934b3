"""Offices that own cases: add, change, take out of use."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts import actions, queries
from yige.accounts.duties import kept_paths
from yige.accounts.models import Post, UnitKind
from yige.console.admin.forms.offices import NewUnitForm, UnitForm
from yige.lib.local_time import local_day
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

SWITCH = {"close": (actions.close_unit, "单位已停用。"), "open": (actions.open_unit, "单位已恢复使用。")}


@require_GET
@staff("keep_accounts")
def units(request):
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("words", "kind")}
    page = page_of(queries.units(paths_of(request), at=timezone.now(), **asked), request.GET.get("page"), 100)
    return render(
        request, "console/admin/offices.html", {"page": page, "asked": asked, "kinds": UnitKind.choices}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_accounts")
def new(request):
    form = NewUnitForm(request.POST or None, paths=paths_of(request))
    outcome = attempt(request, form, actions.make_unit, None, key=key_of(request))
    if outcome.done:
        messages.success(request, f"“{outcome.result.name}”已建好。")
        return redirect("console:offices")
    return render(request, "console/admin/office.html", {"form": form}, status=outcome.status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_accounts")
def unit(request, slug):
    office = office_or_404(request, slug)
    said = {name: getattr(office, name) for name in ("name", "kind", "path", "phone")}
    form = UnitForm(request.POST or None, initial=said, paths=paths_of(request))
    outcome = attempt(request, form, actions.change_unit, office, key=key_of(request))
    if outcome.done:
        messages.success(request, "单位资料已更新。")
        return redirect("console:offices")
    return page(request, office, form, outcome.status)


@require_POST
@staff("keep_accounts")
def switch(request, slug, verb):
    office = office_or_404(request, slug)
    if verb not in SWITCH:
        raise Http404
    act, done = SWITCH[verb]
    form = ButtonForm(request.POST)
    outcome = attempt(request, form, act, office, key=key_of(request))
    if not outcome.done:
        said = {name: getattr(office, name) for name in ("name", "kind", "path", "phone")}
        return page(
            request, office, UnitForm(initial=said, paths=paths_of(request)), outcome.status, refused=form
        )
    messages.success(request, done)
    return redirect("console:offices")


def paths_of(request):
    return kept_paths(request.user, timezone.now())


def office_or_404(request, slug):
    return get_object_or_404(queries.units_below(paths_of(request)), slug=slug)


def page(request, office, form, status, refused=None):
    held = Post.objects.held_on(local_day(timezone.now())).filter(unit=office).select_related("user")
    context = {"office": office, "form": form, "refused": refused, "held": held}
    return render(request, "console/admin/office.html", context, status=status)
