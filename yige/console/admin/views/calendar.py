"""The calendar of working days: statutory holidays and make-up workdays, a year on one page."""

import calendar as months

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.cases import actions, queries
from yige.cases.models import CalendarDay
from yige.console.admin.forms.calendar import DayForm
from yige.lib.local_time import full_date_words, local_day
from yige.lib.typed_values import read_day, read_number
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.outcome import attempt

FIRST, LAST = 2020, 2099


@require_GET
@staff("keep_tables")
def calendar(request):
    asked = read_number(request.GET.get("year"), least=FIRST, most=LAST)
    form = DayForm(initial={"day": read_day(request.GET.get("day"))})
    return page(request, asked or local_day(timezone.now()).year, form)


@require_POST
@staff("keep_tables")
def keep(request):
    """Say what a day is, or change what it was said to be."""
    form = DayForm(request.POST)
    outcome = attempt(request, form, keep_day, None, key=key_of(request))
    if not outcome.done:
        return page(request, local_day(timezone.now()).year, form, outcome.status)
    messages.success(
        request,
        f"{full_date_words(outcome.result.day)} 已记为“{outcome.result.get_kind_display()}”。没办结事项的时限一小时内跟着更新。",
    )
    return redirect(f"{reverse('console:calendar')}?year={outcome.result.day.year}")


@require_POST
@staff("keep_tables")
def forget(request, day):
    found = CalendarDay.objects.filter(pk=day).first()
    if found is not None:
        outcome = attempt(request, ButtonForm(request.POST), actions.forget_day, found)
        outcome.announce(request, f"{full_date_words(day)} 已恢复成平常的样子。")
    return redirect(f"{reverse('console:calendar')}?year={day.year}")


def keep_day(_, *, by, at, key, day, kind, name):
    """Turn the form's date into the verb's subject."""
    return actions.set_day(CalendarDay(day=day), by=by, at=at, key=key, kind=kind, name=name)


def page(request, year, form, status=200):
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    known = queries.work_calendar().known_until
    context = {
        "year": year,
        "form": form,
        "months": [month_of_weeks(year, number, rows) for number in range(1, 13)],
    }
    context |= {"rows": list(rows.values()), "known": known, "unknown": known is None or known.year < year}
    context |= {"ends_soon": known is None or (known - local_day(timezone.now())).days < 60}
    context |= {"years": [number for number in range(year - 1, year + 2) if FIRST <= number <= LAST]}
    return render(request, "console/admin/calendar.html", context, status=status)


def month_of_weeks(year, number, rows):
    """Return a month as weeks of (day, kind, name); days of the neighbouring months are None."""
    weeks = []
    for week in months.Calendar().monthdatescalendar(year, number):
        weeks.append([day_cell(day, rows) if day.month == number else None for day in week])
    return number, weeks


def day_cell(day, rows):
    row = rows.get(day)
    if row:
        return day, row.kind, row.name
    return day, "weekend" if day.weekday() > 4 else "", ""
