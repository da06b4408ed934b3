"""One view for every verb of a case: find it in reach, hear what is said, call the verb, go back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.cases import photos
from yige.cases.models import Case
from yige.cases.models.photos import PhotoKind
from yige.cases.standings import standings
from yige.cases.workflow import BY_VERB, verdict, why_not
from yige.console.cases.rows import case as rows
from yige.console.cases.views import case as page
from yige.lib.photos import MOST_BYTES
from yige.lib.refusals import Conflict, NotAllowed, Refusal
from yige.steps.forms import FORMS, WITH_PHOTOS, form_for
from yige.steps.verbs import VERBS
from yige.web.attempt import key_of, seen_of
from yige.web.guard import staff
from yige.web.refusal import status_of, tell


@require_POST
@staff("see_cases")
def perform(request, serial, verb):
    if verb not in FORMS:
        raise Http404
    at = timezone.now()
    case = rows.get_case_to_act_on_or_404(request.user, serial, at)
    form = form_for(verb, request.POST, case=case, by=request.user, at=at)
    key, gathered = key_of(request), []
    try:
        gathered = gather_evidence(request, form, verb, key, at)
        check_form(verb, form, case, request.user, at)
        if not form.errors:
            run_verb(verb, case, form, gathered, by=request.user, at=at, key=key, seen=seen_of(request))
            return onwards(request, case, verb)
        status = 422
    except Refusal as refusal:
        tell(form, refusal)
        status = status_of(refusal)
    case = rows.get_case_or_404(request.user, serial, at)
    kept = {"key": key, "gathered": gathered}
    return page.show(request, case, at=at, verb=verb, form=form, status=status, **kept)


def check_form(verb, form, case, by, at):
    """Check the form; when it is wrong and the verb is not allowed either, say the latter."""
    if form.is_valid():
        return
    held = standings(by, case, at)
    refusal = verdict(verb, case.state, held)
    if refusal:
        raise (NotAllowed if refusal == "who" else Conflict)(why_not(verb, case.state, held))


def run_verb(verb, case, form, gathered, *, by, at, key, seen):
    with_photos = {"photos": [kept.photo for kept in gathered]} if gathered else {}
    VERBS[verb](case, by=by, at=at, key=key, seen=seen, **with_photos, **form.arguments())


def gather_evidence(request, form, verb, key, at):
    """Keep the photos of the form whatever else is wrong; say which files were none."""
    if verb not in WITH_PHOTOS:
        return []
    blobs = (upload.read(MOST_BYTES + 1) for upload in request.FILES.getlist("photos"))
    kind = PhotoKind.ADDED if verb == "add" else PhotoKind.EVIDENCE
    kept = request.POST.getlist("kept")[: photos.MOST_PHOTOS]
    gathered, refused = photos.gather_photos(key, blobs, at=at, kept=kept, kind=kind)
    if refused:
        form.full_clean()
    for sentence in refused:
        form.add_error(None, sentence)
    return gathered


def onwards(request, case, verb):
    """Go back to the case, or to the desk when it is somebody else's now."""
    messages.success(request, f"“{BY_VERB[verb].label}”已办好：{case.number}。")
    kept = (
        rows.in_area(request.user, case) or Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    )
    return redirect("console:case", case.serial) if kept else redirect("console:desk")
