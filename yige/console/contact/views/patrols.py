"""Rounds by place: what was looked at and what waits, never who was quick; and what belongs to a round."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts.scope import posts_with
from yige.console.contact.forms import patrols as forms
from yige.console.contact.rows import patrols as rows
from yige.console.places.forms.located_form import on_grid
from yige.contact import patrols
from yige.steps.s2_discover import planning
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

ASK = ("GET", "HEAD", "POST")


@require_GET
@staff("see_rounds")
def coverage(request):
    at = timezone.now()
    areas = patrols.areas_of_rounds(request.user, at)
    asked = rows.area_asked_for(areas, rows.asked_of(request))
    page = page_of(rows.spots_asked_for(request.user, at, asked), request.GET.get("page"), rows.SIZE)
    context = {
        "page": page,
        "rows": rows.spot_rows(page, areas, at),
        "asked": asked,
        "grids": patrols.patrol_coverage(request.user, at, areas),
    }
    context |= {"planner": is_planner(request), "shows": rows.SHOWS}
    return render(request, "console/contact/patrols.html", context)


@require_GET
@staff("see_rounds")
def spot(request, pk):
    return spot_page(request, rows.spot(request.user, timezone.now(), pk))


@require_http_methods(ASK)
@staff("plan_rounds")
def new_spot(request):
    at, user = timezone.now(), request.user
    here = rows.what_stands(request, at)
    form = forms.SpotForm(
        request.POST or None,
        initial=rows.first_words(request, here),
        by=user,
        at=at,
        capability="plan_rounds",
    )
    outcome = attempt(request, form, on_grid(planning.make_spot), None, **here)
    if outcome.done:
        messages.success(request, f"“{outcome.result.name}”已列入巡查。")
        return redirect("console:spot", pk=outcome.result.pk)
    context = {"form": form, "here": next(iter(here.values()), None)}
    return render(request, "console/contact/spot_form.html", context, status=outcome.status)


@require_http_methods(ASK)
@staff("plan_rounds")
def change_spot(request, pk):
    at = timezone.now()
    place = rows.spot(request.user, at, pk)
    form = forms.SpotForm(
        request.POST or None,
        initial=rows.spot_values(place),
        by=request.user,
        at=at,
        capability="plan_rounds",
    )
    outcome = attempt(request, form, planning.change_spot, place)
    if outcome.done:
        messages.success(request, "巡查地点已更新。")
        return redirect("console:spot", pk=pk)
    return render(
        request, "console/contact/spot_form.html", {"form": form, "spot": place}, status=outcome.status
    )


@require_POST
@staff("plan_rounds")
def retire_spot(request, pk):
    place, form = rows.spot(request.user, timezone.now(), pk), ButtonForm(request.POST)
    outcome = attempt(request, form, planning.retire_spot, place, key=key_of(request))
    if not outcome.done:
        return spot_page(request, place, form, outcome.status)
    messages.success(request, f"“{place.name}”不再巡查，原来的记录保留。")
    return redirect("console:patrols")


@require_http_methods(ASK)
@staff("plan_rounds")
def routes(request):
    at = timezone.now()
    form = forms.NewRouteForm(request.POST or None, by=request.user, at=at, capability="plan_rounds")
    outcome = attempt(request, form, on_grid(planning.make_route), None)
    if outcome.done:
        messages.success(request, f"路线“{outcome.result.name}”已建好，请添加地点。")
        return redirect("console:route", pk=outcome.result.pk)
    context = {"form": form, "routes": patrols.routes_in_use(request.user, at)}
    return render(request, "console/contact/routes.html", context, status=outcome.status)


@require_http_methods(ASK)
@staff("plan_rounds")
def route(request, pk):
    lane = rows.route(request.user, timezone.now(), pk)
    form = forms.RouteForm(request.POST or None, initial={"name": lane.name})
    outcome = attempt(request, form, planning.change_route, lane)
    if outcome.done:
        messages.success(request, "路线已改名。")
        return redirect("console:route", pk=pk)
    return route_page(request, lane, form, outcome.status)


@require_POST
@staff("plan_rounds")
def retire_route(request, pk):
    lane, form = rows.route(request.user, timezone.now(), pk), ButtonForm(request.POST)
    outcome = attempt(request, form, planning.retire_route, lane, key=key_of(request))
    if not outcome.done:
        return route_page(request, lane, form, outcome.status)
    messages.success(request, f"路线“{lane.name}”已停用，地点都还在。")
    return redirect("console:routes")


def route_page(request, lane, form, status):
    at = timezone.now()
    spots, areas = patrols.spots_on_route(lane, request.user, at), patrols.areas_of_rounds(request.user, at)
    context = {"route": lane, "form": form, "spots": rows.spot_rows(spots, areas, at)}
    return render(request, "console/contact/route.html", context, status=status)


def spot_page(request, place, refused=None, status=200):
    at = timezone.now()
    looks = page_of(patrols.looks_at(place), request.GET.get("page"), rows.SIZE)
    (row,) = rows.spot_rows([place], patrols.areas_of_rounds(request.user, at), at)
    context = {"spot": place, "area": row.area, "standing": row.standing, "page": looks, "refused": refused}
    context["planner"] = bool(posts_with(request.user, at, "plan_rounds", place.grid_path))
    return render(request, "console/contact/spot.html", context, status=status)


def is_planner(request):
    return may(request, "plan_rounds")
