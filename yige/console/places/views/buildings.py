"""Buildings and the homes in them: a list, one page a building, and the forms of those who keep them right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yige.archive.models import Building, Home, Organisation
from yige.archive.places import buildings as places
from yige.archive.places.checks import keeps
from yige.console.places.forms.buildings import BuildingForm, HomeForm
from yige.console.places.forms.located_form import on_grid
from yige.console.places.rows import buildings as rows
from yige.console.places.rows import place_lists
from yige.console.places.rows.spots_here import spots_here
from yige.contact.reach import reach_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

ASK = ("GET", "HEAD", "POST")


@require_GET
@staff("see_places")
def buildings(request):
    at, asked = timezone.now(), place_lists.asked_of(request, "words", "grid")
    page = page_of(rows.buildings(request.user, at, asked), request.GET.get("page"), place_lists.SIZE)
    context = {"page": page, "asked": asked, "grids": place_lists.grid_filter(request.user, at)}
    context["keeper"] = may(request, "keep_places")
    return render(request, "console/places/buildings.html", context)


@require_GET
@staff("see_places")
def building(request, pk):
    at, user = timezone.now(), request.user
    block = find(request, pk, at)
    doors = rows.sees_doors(user, block, at)
    context = {"building": block, "doors": doors, "keeper": keeps(user, block.grid_path, at)}
    context["home_keeper"] = keeps(user, block.grid_path, at, "keep_homes")
    context |= {"counts": rows.counts(block, user, at, sees_doors=doors)}
    context["published_in"] = block.grid_path if doors else reach_of(user, at).shown(block.grid_path)
    context |= {"units": rows.units(block, user, at) if doors else []}
    context |= {
        "organisations": Organisation.objects.visible_to(user, at).filter(building=block, closed_at=None)
    }
    context |= spots_here(user, at, block, "building")
    return render(request, "console/places/building.html", context)


@require_http_methods(ASK)
@staff("keep_places")
def new(request):
    form = BuildingForm(request.POST or None, by=request.user, at=timezone.now())
    outcome = attempt(request, form, on_grid(places.make_building), None)
    if outcome.done:
        messages.success(request, f"“{outcome.result}”已登记。")
        return redirect("console:building", pk=outcome.result.pk)
    return render(request, "console/places/building_form.html", {"form": form}, status=outcome.status)


@require_http_methods(ASK)
@staff("keep_places")
def change(request, pk):
    at = timezone.now()
    block = find(request, pk, at)
    said = {name: getattr(block, name) for name in places.BUILDING} | {"grid": block.grid_id}
    form = BuildingForm(request.POST or None, initial=said, by=request.user, at=at)
    outcome = attempt(request, form, places.change_building, block)
    if outcome.done:
        messages.success(request, "楼栋已更新。")
        return redirect("console:building", pk=pk)
    return render(
        request,
        "console/places/building_form.html",
        {"form": form, "building": block},
        status=outcome.status,
    )


@require_http_methods(ASK)
@staff("keep_homes")
def new_home(request, pk):
    block = find(request, pk, timezone.now())
    form = HomeForm(request.POST or None)
    outcome = attempt(request, form, places.make_home, block)
    if outcome.done:
        messages.success(request, f"{outcome.result.door}已登记。")
        return redirect("console:building", pk=pk)
    return render(
        request, "console/places/home.html", {"form": form, "building": block}, status=outcome.status
    )


@require_http_methods(ASK)
@staff("keep_homes")
def home(request, pk):
    """Correct one dwelling; who may is asked by the verb, who may see it by the scope."""
    at = timezone.now()
    dwelling = get_object_or_404(Home.objects.visible_to(request.user, at).select_related("building"), pk=pk)
    form = HomeForm(request.POST or None, initial={name: getattr(dwelling, name) for name in places.HOME})
    outcome = attempt(request, form, places.change_home, dwelling)
    if outcome.done:
        messages.success(request, f"{outcome.result.door}已更新。")
        return redirect("console:building", pk=dwelling.building_id)
    context = {"form": form, "building": dwelling.building, "home": dwelling}
    return render(request, "console/places/home.html", context, status=outcome.status)


def find(request, pk, at):
    return get_object_or_404(Building.objects.visible_to(request.user, at).select_related("grid"), pk=pk)
