"""Firms, shops, social organisations, owners' committees, property companies: what each is and what it offers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.models import Building, Organisation
from yige.archive.places import organisations as verbs
from yige.archive.places.checks import keeps
from yige.archive.words import OrganisationKind
from yige.console.places.forms.located_form import on_grid
from yige.console.places.forms.organisations import OrganisationForm
from yige.console.places.rows import organisations as rows
from yige.console.places.rows import place_lists
from yige.console.places.rows.spots_here import spots_here
from yige.lib.typed_values import read_id
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

ASK = ("GET", "HEAD", "POST")


@require_GET
@staff("see_places")
def organisations(request):
    at, asked = timezone.now(), place_lists.asked_of(request, "words", "kind", "state", "grid")
    asked["kind"] = asked["kind"] if asked["kind"] in OrganisationKind.values else ""
    page = page_of(rows.organisations(request.user, at, asked), request.GET.get("page"), place_lists.SIZE)
    context = {"page": page, "asked": asked, "grids": place_lists.grid_filter(request.user, at)}
    context |= {"kinds": OrganisationKind.choices, "keeper": may(request, "keep_places")}
    return render(request, "console/places/organisations.html", context)


@require_GET
@staff("see_places")
def organisation(request, pk):
    return page(request, find(request, pk))


@require_http_methods(ASK)
@staff("keep_places")
def new(request):
    """Register an organisation; asked from the page of a building it stands in that one."""
    at = timezone.now()
    form = OrganisationForm(request.POST or None, by=request.user, at=at)
    block = building_of(request, at)
    verb = on_grid(verbs.make_organisation)
    outcome = attempt(request, form, verb, None, building=block)
    if outcome.done:
        messages.success(request, f"“{outcome.result}”已登记。")
        return redirect("console:organisation", pk=outcome.result.pk)
    context = {"form": form, "building": block}
    return render(request, "console/places/organisation_form.html", context, status=outcome.status)


@require_http_methods(ASK)
@staff("keep_places")
def change(request, pk):
    row = find(request, pk)
    said = {name: getattr(row, name) for name in verbs.ORGANISATION_FACTS if name != "building"} | {
        "grid": row.grid_id
    }
    form = OrganisationForm(request.POST or None, initial=said, by=request.user, at=timezone.now())
    outcome = attempt(request, form, verbs.change_organisation, row)
    if outcome.done:
        messages.success(request, "单位资料已更新。")
        return redirect("console:organisation", pk=pk)
    context = {"form": form, "organisation": row, "building": row.building}
    return render(request, "console/places/organisation_form.html", context, status=outcome.status)


@require_POST
@staff("keep_places")
def close(request, pk):
    row, form = find(request, pk), ButtonForm(request.POST)
    outcome = attempt(request, form, verbs.close_organisation, row, key=key_of(request))
    if not outcome.done:
        return page(request, row, form, outcome.status)
    messages.success(request, "已登记为停业或搬走，原来的记录保留。")
    return redirect("console:organisation", pk=pk)


def page(request, row, refused=None, status=200):
    at = timezone.now()
    context = {"organisation": row, "refused": refused, "keeper": keeps(request.user, row.grid_path, at)}
    context |= spots_here(request.user, at, row, "organisation")
    return render(request, "console/places/organisation.html", context, status=status)


def find(request, pk):
    organisations = Organisation.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(organisations.select_related("grid", "building__grid"), pk=pk)


def building_of(request, at):
    """Return the building that the form was opened from, when it is within reach."""
    asked = read_id(request.GET.get("building"))
    blocks = Building.objects.visible_to(request.user, at).select_related("grid")
    return blocks.filter(pk=asked).first() if asked else None
