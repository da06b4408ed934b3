"""One view for every verb of a case: find it in reach, hear what is said, call the verb, go back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.cases.models import Case
from yige.cases.models.photos import PhotoKind
from yige.cases.standings import standings
from yige.cases.workflow import BY_VERB, verdict
from yige.console.cases.rows import case as rows
from yige.console.cases.views import case as page
from yige.lib.refusals import Conflict, NotAllowed
from yige.steps.forms import FORMS, WITH_PHOTOS, form_for
from yige.steps.verbs import VERBS, why_refused
from yige.web.forms import key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of
from yige.web.photo_uploads import gather_photos


@require_POST
@staff("see_cases")
def perform(request, serial, verb):
    if verb not in FORMS:
        raise Http404
    at = timezone.now()
    case = rows.get_case_to_act_on_or_404(request.user, serial, at)
    form = form_for(verb, request.POST, case=case, by=request.user, at=at)
    key = key_of(request)
    gathered = gather_photos(request, form, key, at=at, kind=kind_of(verb)) if verb in WITH_PHOTOS else []
    if form.is_valid():
        said = {"by": request.user, "at": at, "key": key, "seen": seen_of(request)}
        outcome = outcome_of(run_verb, verb, case, form, gathered, **said).beside(form)
    else:
        outcome = outcome_of(check_allowed, verb, case, request.user, at).beside(form)
    if outcome.done and not form.errors:
        return onwards(request, outcome.result, verb)
    status = 422 if outcome.done else outcome.status
    case = rows.get_case_or_404(request.user, serial, at)
    kept = {"key": key, "gathered": gathered}
    return page.show(request, case, at=at, verb=verb, form=form, status=status, **kept)


def check_allowed(verb, case, by, at):
    """Refuse when the verb is not allowed: whoever may not do it learns this and not only what is wrong in the form."""
    held = standings(by, case, at)
    if sentence := why_refused(verb, case, by, at, held):
        raise (NotAllowed if verdict(verb, case.state, held) == "who" else Conflict)(sentence)


def run_verb(verb, case, form, gathered, *, by, at, key, seen):
    with_photos = {"photos": [kept.photo for kept in gathered]} if gathered else {}
    return VERBS[verb](case, by=by, at=at, key=key, seen=seen, **with_photos, **form.arguments())


def kind_of(verb):
    return PhotoKind.ADDED if verb == "add" else PhotoKind.EVIDENCE


def onwards(request, case, verb):
    """Go back to the case, or to the desk when it is somebody else's now."""
    messages.success(request, f"“{BY_VERB[verb].label}”已办好：{case.number}。")
    kept = (
        rows.in_area(request.user, case) or Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    )
    return redirect("console:case", case.serial) if kept else redirect("console:desk")
