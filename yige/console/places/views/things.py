"""Things of public use under their national identifier: a list, one page a thing, and the forms of their keepers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.models import Thing
from yige.archive.places import components
from yige.archive.places import things as verbs
from yige.archive.places.checks import keeps
from yige.archive.words import ThingState
from yige.console.places.forms.located_form import on_grid
from yige.console.places.forms.things import NewThingForm, ThingForm
from yige.console.places.rows import place_lists
from yige.console.places.rows import things as rows
from yige.console.places.rows.spots_here import spots_here
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

ASK = ("GET", "HEAD", "POST")


@require_GET
@staff("see_places")
def things(request):
    at, asked = timezone.now(), place_lists.asked_of(request, "words", "category", "state", "grid")
    page = page_of(rows.things(request.user, at, asked), request.GET.get("page"), place_lists.SIZE)
    context = {"page": page, "asked": asked, "grids": place_lists.grid_filter(request.user, at)}
    context |= {"categories": components.choices(), "states": ThingState.choices}
    context["keeper"] = may(request, "keep_places")
    return render(request, "console/places/things.html", context)


@require_GET
@staff("see_places")
def thing(request, pk):
    return page(request, find(request, pk))


@require_http_methods(ASK)
@staff("keep_places")
def new(request):
    form = NewThingForm(request.POST or None, by=request.user, at=timezone.now())
    outcome = attempt(request, form, on_grid(verbs.make_thing), None)
    if outcome.done:
        messages.success(request, f"“{outcome.result}”已登记，标识码 {outcome.result.code}。")
        return redirect("console:thing", pk=outcome.result.pk)
    return render(request, "console/places/thing_form.html", {"form": form}, status=outcome.status)


@require_http_methods(ASK)
@staff("keep_places")
def change(request, pk):
    row = find(request, pk)
    said = {name: getattr(row, name) for name in ("name", "place", "state", "lon", "lat")}
    said |= {"grid": row.grid_id, "unit": row.unit_id}
    form = ThingForm(request.POST or None, initial=said, by=request.user, at=timezone.now())
    outcome = attempt(request, form, verbs.change_thing, row)
    if outcome.done:
        messages.success(request, "部件已更新。")
        return redirect("console:thing", pk=pk)
    return render(
        request, "console/places/thing_form.html", {"form": form, "thing": row}, status=outcome.status
    )


@require_POST
@staff("keep_places")
def remove(request, pk):
    row, form = find(request, pk), ButtonForm(request.POST)
    outcome = attempt(request, form, verbs.remove_thing, row, key=key_of(request))
    if not outcome.done:
        return page(request, row, form, outcome.status)
    messages.success(request, "已登记为移除，标识码不再给别的部件用。")
    return redirect("console:thing", pk=pk)


def page(request, row, refused=None, status=200):
    at = timezone.now()
    context = {"thing": row, "refused": refused, "category": components.of(row.code)}
    context |= {"keeper": keeps(request.user, row.grid_path, at)}
    context |= spots_here(request.user, at, row, "thing")
    return render(request, "console/places/thing.html", context, status=status)


def find(request, pk):
    things = Thing.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(things.select_related("grid", "unit"), pk=pk)
