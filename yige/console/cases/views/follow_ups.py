"""The list of call-backs: whom to call, what to say, what was answered."""

import secrets

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts import limits
from yige.cases import after_closing, reporters
from yige.console.cases.forms import follow_ups as forms
from yige.console.cases.views.reporter_contact import SHOWN_SECONDS
from yige.lib.refusals import Refusal
from yige.notices.quiet import not_before
from yige.web.attempt import key_of, seen_of
from yige.web.guard import staff
from yige.web.paging import page_of
from yige.web.refusal import status_of, tell

A_PAGE = 30
# Which list a page shows: name → (label, which rows, sentence when it is empty).
CALL_LISTS = {
    "call": ("要打电话的", after_closing.to_call, "没有要打的电话，都回访过了。"),
    "decide": ("说部分解决的", after_closing.to_decide, "没有等您定的。"),
    "wait": ("等反映人答复的", after_closing.to_wait_for, "没有在等的。"),
}


@require_GET
@staff("call_back")
def follow_ups(request):
    at = timezone.now()
    shown = request.GET.get("show") if request.GET.get("show") in CALL_LISTS else "call"
    _, keep, empty = CALL_LISTS[shown]
    rows = keep(after_closing.closed_cases().visible_to(request.user, at)).order_by("serial")
    page = page_of(rows.select_related("category", "grid", "unit"), request.GET.get("page"), A_PAGE)
    heaps = [(name, label) for name, (label, _, _) in CALL_LISTS.items()]
    context = {"page": page, "shown": shown, "heaps": heaps, "empty": empty, "now": at, "quiet": is_quiet(at)}
    return render(request, f"console/cases/follow_ups.html{'#rows' if request.htmx else ''}", context)


def is_quiet(at):
    return not_before(at) != at


def closed_case(request, serial, at):
    rows = after_closing.closed_cases().visible_to(request.user, at)
    return get_object_or_404(rows.select_related("category", "grid", "unit", "reporter"), serial=serial)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("call_back")
def call(request, serial):
    at = timezone.now()
    case = closed_case(request, serial, at)
    if request.method != "POST":
        return show(request, case, forms.CallForm(case=case, at=at), at)
    form, key, status = forms.CallForm(request.POST, case=case, at=at), key_of(request), 422
    try:
        if form.is_valid():
            forms.record_call(form, case, by=request.user, at=at, key=key, seen=seen_of(request))
            messages.success(request, f"{case.number} 的回访已记下。")
            return redirect("console:follow_ups")
    except Refusal as refusal:
        tell(form, refusal)
        status = status_of(refusal)
    return show(request, case, form, at, key=key, status=status)


@require_POST
@staff("call_back")
def phone(request, serial):
    """Show the number for this call: a line in the log before it leaves."""
    at = timezone.now()
    case = closed_case(request, serial, at)
    form = forms.CallForm(case=case, at=at)
    try:
        limits.take("reveal.staff", request.user.pk, at=at)
        shown = reporters.reveal(case, by=request.user, at=at, reason="回访")
    except Refusal as refusal:
        return show(request, case, form, at, status=status_of(refusal), reveal_error=refusal.sentence)
    return show(request, case, form, at, revealed=shown, shown_seconds=SHOWN_SECONDS)


def show(request, case, form, at, *, key="", status=200, **more):
    reporter = getattr(case, "reporter", None)
    posts = request.user.posts_at(at)
    context = {
        "case": case,
        "form": form,
        "key": key or secrets.token_urlsafe(24),
        "script": forms.call_script(case, posts[0].unit, list(case.entries.all())),
        "contact": reporters.masked_contact(reporter) if reporter and not reporter.removed_at else None,
        "tries": case.followups.filter(round=case.reopen_no).select_related("by").order_by("at"),
        "number": case.attempts + 1,
        "quiet": is_quiet(at),
        "now": at,
        **more,
    }
    return render(request, "console/cases/follow_up.html", context, status=status)
