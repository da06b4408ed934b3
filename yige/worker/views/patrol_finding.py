"""Something was found on a round: a few words, the kind of it, photos if one likes; the place is filled in already."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases import photos
from yige.contact import patrols
from yige.contact.models import Spot
from yige.steps.patrol_finding import place_of_spot, report_finding
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt
from yige.web.photo_uploads import gather_photos
from yige.worker.patrol_forms import FindingForm, category_tiles
from yige.worker.views.patrol import patrol_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@staff("walk_rounds")
def finding(request, pk, spot):
    at, patrol = timezone.now(), patrol_or_404(request, pk)
    stands = ("grid", "building", "organisation", "thing")
    place = get_object_or_404(Spot.objects.visible_to(request.user, at).select_related(*stands), pk=spot)
    look = patrols.looks_on(patrol).get(place.pk)
    if patrol.finished_at or (look and look.case and request.method != "POST"):
        return redirect("worker:patrol_walk", pk=pk)
    sent = request.POST if request.method == "POST" else None
    key, form = key_of(request), FindingForm(sent, initial={"place": place_of_spot(place)})
    if request.method != "POST":
        return finding_page(request, patrol, place, form, key)
    gathered = gather_photos(request, form, key, at=at)
    more = {"spot": place, "key": key, "photos": [kept.photo for kept in gathered]}
    outcome = attempt(request, form, report_finding, patrol, **more)
    if not outcome.done:
        return finding_page(request, patrol, place, form, key, gathered, outcome.status)
    messages.success(request, f"已上报，编号 {outcome.result.case.number}。谢谢您。")
    return redirect_heard("worker:patrol_walk", form.cleaned_data["words"], pk=pk)


def finding_page(request, patrol, place, form, key, gathered=(), status=200):
    context = {"patrol": patrol, "spot": place, "form": form, "key": key, "gathered": gathered}
    context |= {"tiles": category_tiles(form["category"].value()), "most": photos.MOST_PHOTOS}
    return render(request, "worker/patrol_finding.html", context, status=status)
