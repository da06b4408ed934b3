"""Who can be reached now for every unit, and the week of one unit: add a shift, take last week over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts import shift_actions, shift_sheets, shifts
from yige.accounts.shift_rules import week_of
from yige.console.duty_roster.forms import duty_roster as forms
from yige.console.duty_roster.rows import duty_roster as rows
from yige.console.duty_roster.rows.weeks import week_asked, week_named
from yige.lib.local_time import local_day
from yige.web.guard import may, staff
from yige.web.outcome import NOT_SENT, attempt, outcome_of
from yige.web.paging import page_of

A_PAGE = 40
NO_WEEK = "没有抄：要排的是哪一周没有写对，或者离现在太远。请打开那一周，再点“照上一周排”。"

OTHER_WEEK = "要看的是哪一周没有写对，或者离现在太远；下面是这一周。"


@require_GET
@staff("see_rosters")
def units(request):
    at, words = timezone.now(), request.GET.get("words", "").strip()[:60]
    found = shifts.rosters_seen_by(request.user, at).filter(name__icontains=words)
    page = page_of(shifts.with_roster_first(found, rows.span_ahead(at)), request.GET.get("page"), A_PAGE)
    context = {"page": page, "rows": rows.unit_rows(page, at), "words": words}
    context |= {"may_keep": may(request, "keep_rosters"), "now": at}
    return render(request, "console/duty_roster/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("see_rosters")
def unit(request, slug):
    """Show a week of one unit; who keeps its roster adds a shift here."""
    at = timezone.now()
    office = get_object_or_404(shifts.rosters_seen_by(request.user, at), slug=slug)
    keeps = shifts.rosters_kept_by(request.user, at).filter(pk=office.pk).exists()
    if request.method == "POST" and not keeps:
        raise Http404
    week = week_asked(request.GET.get("week", ""), at)
    if request.GET.get("week") and week_named(request.GET["week"], at) is None:
        messages.warning(request, OTHER_WEEK)
    form = forms.ShiftForm(request.POST or None, unit=office, at=at, week=week) if keeps else None
    outcome = attempt(request, form, shift_actions.add_shift, office) if keeps else NOT_SENT
    if outcome.done:
        messages.success(request, "排好了。")
        return redirect(week_address(office, week_of(local_day(outcome.result.begins_at))))
    return show(request, office, week, form, at, status=outcome.status)


def show(request, office, week, form, at, *, status):
    context = rows.week_rows(office, week, at) | {"unit": office, "form": form, "now": at}
    return render(request, "console/duty_roster/unit.html", context, status=status)


@require_POST
@staff("keep_rosters")
def copy(request, slug):
    """Write last week's shifts into the week that is shown; what could not be taken over is said one by one."""
    at = timezone.now()
    office = get_object_or_404(shifts.rosters_kept_by(request.user, at), slug=slug)
    week = week_named(request.POST.get("week", ""), at)
    if week is None:
        messages.error(request, NO_WEEK)
        week = week_of(local_day(at))
        return show(request, office, week, forms.ShiftForm(unit=office, at=at, week=week), at, status=422)
    outcome = outcome_of(shift_sheets.copy_week, office, by=request.user, at=at, week=week)
    outcome.announce(request, rows.copied_words(outcome.result))
    for sentence in outcome.result.left_out if outcome.done else ():
        messages.warning(request, f"没有抄：{sentence}")
    return redirect(week_address(office, week))


def week_address(office, week):
    return f"{reverse('console:duty_roster_unit', args=[office.slug])}?week={week.begins_at:%Y-%m-%d}"
