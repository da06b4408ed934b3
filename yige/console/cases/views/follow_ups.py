"""The list of call-backs: whom to call, what to say, what was answered."""

import secrets

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.cases import after_closing, reporters
from yige.cases.queries import leading_case
from yige.console.cases.forms import follow_ups as forms
from yige.console.cases.views.reporter_contact import SHOWN_SECONDS, reveal_slowly
from yige.notices.quiet import not_before
from yige.steps.s7_clear.end_checks import calls_of
from yige.steps.verbs import why_refused
from yige.web.forms import key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.web.paging import page_of

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
    rows = after_closing.without_part_of(keep().visible_to(request.user, at), request.user).order_by("serial")
    page = page_of(rows.select_related("category", "grid", "unit"), request.GET.get("page"), A_PAGE)
    heaps = [(name, label) for name, (label, _, _) in CALL_LISTS.items()]
    context = {"page": page, "shown": shown, "heaps": heaps, "empty": empty, "now": at, "quiet": is_quiet(at)}
    return render(request, f"console/cases/follow_ups.html{'#rows' if request.htmx else ''}", context)


def is_quiet(at):
    return not_before(at) != at


def closed_case(request, serial, at):
    """Return what a reporter can be asked about: a closed case, or one merged into a closed case."""
    rows = after_closing.cases_to_ask_about().visible_to(request.user, at)
    return get_object_or_404(rows.select_related("category", "grid", "unit", "reporter"), serial=serial)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("call_back")
def call(request, serial):
    at = timezone.now()
    case = closed_case(request, serial, at)
    if request.method != "POST":
        return show(request, case, forms.CallForm(case=case, at=at), at)
    form, key, outcome = forms.CallForm(request.POST, case=case, at=at), key_of(request), INVALID
    if form.is_valid():
        said = {"by": request.user, "at": at, "key": key, "seen": seen_of(request)}
        outcome = outcome_of(forms.record_call, form, case, **said).beside(form)
    if outcome.done:
        messages.success(request, f"{case.number} 的回访已记下。")
        return redirect("console:follow_ups")
    return show(request, case, form, at, key=key, status=outcome.status)


@require_POST
@staff("call_back")
def phone(request, serial):
    """Show the number for this call: a line in the log before it leaves."""
    at = timezone.now()
    case = closed_case(request, serial, at)
    form = forms.CallForm(case=case, at=at)
    outcome = outcome_of(reveal_slowly, case, by=request.user, at=at, reason="回访")
    if not outcome.done:
        return show(request, case, form, at, status=outcome.status, reveal_error=outcome.sentence)
    return show(request, case, form, at, revealed=outcome.result, shown_seconds=SHOWN_SECONDS)


def show(request, case, form, at, *, key="", status=200, **more):
    reporter, leader = getattr(case, "reporter", None), leading_case(case)
    posts, refused = request.user.posts_at(at), why_refused("follow_up", case, request.user, at)
    if refused and request.method == "POST" and form.is_bound:
        form = forms.CallForm(case=case, at=at)  # it is not shown, and its fields are not what is wrong
        messages.error(request, refused)
    context = {
        "case": case,
        "leader": leader,
        "form": form,
        "key": key or secrets.token_urlsafe(24),
        "script": forms.call_script(case, leader, posts[0].unit),
        "contact": reporters.masked_contact(reporter) if reporter and not reporter.removed_at else None,
        "tries": calls_of(case).select_related("by").order_by("at"),
        "refused": refused,
        "number": case.attempts + 1,
        "quiet": is_quiet(at),
        "now": at,
        **more,
    }
    return render(request, "console/cases/follow_up.html", context, status=status)
