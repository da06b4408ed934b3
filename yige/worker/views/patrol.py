"""A round on the phone: choose it, look at one place after the other, finish; it asks for no position and no photo."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.accounts.scope import posts_with
from yige.contact import patrols
from yige.contact.models import Route, Spot
from yige.grids.models import Grid
from yige.lib.typed_values import read_id
from yige.steps.s2_discover import actions as s2
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of
from yige.worker.patrol_stops import stops_by_state


@require_GET
@staff("walk_rounds")
def rounds(request):
    at, user = timezone.now(), request.user
    context = {
        "rounds": patrols.rounds_to_walk(user, at, paths_of(user, at)),
        "open": s2.open_patrol(user, at),
        "now": at,
    }
    return render(request, "worker/patrol_rounds.html", context)


@require_POST
@staff("walk_rounds")
def start(request):
    at, user = timezone.now(), request.user
    before = s2.open_patrol(user, at)
    outcome = outcome_of(s2.start_patrol, place_to_walk(request, at), by=user, at=at, key=key_of(request))
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return redirect("worker:patrol")
    if before:
        messages.warning(request, "您有一次巡查还没有结束，先接着看这一次。")
    return redirect("worker:patrol_walk", pk=outcome.result.pk)


@require_GET
@staff("walk_rounds")
def walk(request, pk):
    at, patrol = timezone.now(), patrol_or_404(request, pk)
    if patrol.finished_at:
        return redirect("worker:patrol_summary", pk=pk)
    context = {"patrol": patrol, "now": at} | stops_by_state(patrol, request.user, at)
    return render(request, "worker/patrol_walk.html", context)


@require_POST
@staff("walk_rounds")
def fine(request, pk, spot):
    """Look at one place; a second tap finds it done."""
    at, patrol = timezone.now(), patrol_or_404(request, pk)
    place = get_object_or_404(Spot.objects.visible_to(request.user, at), pk=spot)
    if place.pk not in patrols.looks_on(patrol):
        said = {"spot": place, "key": f"fine-{pk}-{spot}"}
        outcome = outcome_of(s2.look, patrol, by=request.user, at=at, **said)
        outcome.announce(request, f"已记下：{place.name}，没有问题。")
    return redirect("worker:patrol_walk", pk=pk)


@require_POST
@staff("walk_rounds")
def finish(request, pk):
    s2.finish_patrol(patrol_or_404(request, pk), by=request.user, at=timezone.now(), key=key_of(request))
    return redirect("worker:patrol_summary", pk=pk)


@require_GET
@staff("walk_rounds")
def patrol_summary(request, pk):
    at, patrol = timezone.now(), patrol_or_404(request, pk)
    if not patrol.finished_at:
        return redirect("worker:patrol_walk", pk=pk)
    return render(
        request,
        "worker/patrol_summary.html",
        {"patrol": patrol, "now": at} | stops_by_state(patrol, request.user, at),
    )


def patrol_or_404(request, pk):
    """Return the round that the person who asks began; anybody else's is not there."""
    patrol = patrols.patrol_of(request.user, pk)
    if patrol is None:
        raise Http404
    return patrol


def place_to_walk(request, at):
    """Return the route or the whole grid that was asked for, within reach."""
    if typed := request.POST.get("route"):
        routes = Route.objects.visible_to(request.user, at).select_related("grid")
        return get_object_or_404(routes, pk=read_id(typed))
    grids = Grid.objects.current().filter(path__in=paths_of(request.user, at))
    return get_object_or_404(grids, pk=read_id(request.POST.get("grid", "")))


def paths_of(user, at):
    """Return the areas that somebody walks as a whole."""
    return [post.path for post in posts_with(user, at, "walk_rounds")]
