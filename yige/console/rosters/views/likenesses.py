"""Files that look alike, side by side; asking to make two of them one, and agreeing to what somebody else asked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.archive.people import merging
from yige.archive.person_fields import MERGED_FIELDS
from yige.console.files import opening
from yige.console.rosters.rows import likenesses as rows
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of
from yige.web.paging import page_of

# fmt: off
DECIDE = {
    "grant":  (merging.grant_merge,  "两份档案已合成一份。"),
    "refuse": (merging.refuse_merge, "没有合并，两份档案保持原样。"),
    "undo":   (merging.undo_merge,   "已拆开，两份档案各归各。"),
}
# fmt: on


@require_GET
@staff("keep_files")
def alike(request):
    listed = rows.likenesses(request.user, timezone.now()).filter(settled_at=None)
    page = page_of(listed, request.GET.get("page"), 30)
    return render(request, "console/rosters/likenesses.html", {"page": page, "rows": rows.names(page)})


@require_GET
@staff("keep_files")
@opening.only_when_logged
def pair(request, likeness):
    return _pair(request, _likeness(request, likeness))


@require_POST
@staff("keep_files")
@opening.only_when_logged
def dismiss(request, likeness):
    found = _likeness(request, likeness)
    outcome = outcome_of(merging.dismiss, found, by=request.user, at=timezone.now(), key=key_of(request))
    if not outcome.done:
        return _pair(request, found, error=outcome.sentence, status=outcome.status)
    messages.success(request, "记下了：是两个人，以后不再列出。")
    return redirect("console:alike")


@require_POST
@staff("keep_files")
@opening.only_when_logged
def ask(request, likeness):
    """Ask another keeper to agree; which of the two stays, and what it takes over, stands in the form."""
    found = _likeness(request, likeness)
    kept, gone = found.one, found.other
    if request.POST.get("kept") == str(found.other_id):
        kept, gone = gone, kept
    take = [name for name in request.POST.getlist("take") if name in MERGED_FIELDS]
    outcome = outcome_of(
        merging.ask_merge, kept, by=request.user, at=timezone.now(), key=key_of(request), gone=gone, take=take
    )
    if not outcome.done:
        return _pair(request, found, error=outcome.sentence, status=outcome.status)
    messages.success(request, "申请好了，等另一位档案管理员批准。")
    return redirect("console:merges")


@require_GET
@staff("keep_files")
def merges(request):
    listed = rows.merges(request.user, timezone.now())
    waiting = list(listed.filter(decided_at=None)[:100])
    page = page_of(listed.exclude(decided_at=None), request.GET.get("page"), 30)
    return render(request, "console/rosters/merges.html", {"waiting": waiting, "page": page})


@require_GET
@staff("keep_files")
@opening.only_when_logged
def merge(request, merge):
    return _merge(request, _found(request, merge))


@require_POST
@staff("keep_files")
@opening.only_when_logged
def decide(request, merge, verb):
    found = _found(request, merge)
    if verb not in DECIDE:
        raise Http404
    act, done = DECIDE[verb]
    outcome = outcome_of(act, found, by=request.user, at=timezone.now(), key=key_of(request))
    if not outcome.done:
        return _merge(request, _found(request, merge), error=outcome.sentence, status=outcome.status)
    messages.success(request, done)
    return redirect("console:merges")


def _likeness(request, pk):
    return get_object_or_404(rows.likenesses(request.user, timezone.now()), pk=pk)


def _found(request, pk):
    return get_object_or_404(rows.merges(request.user, timezone.now()), pk=pk)


def _pair(request, likeness, error="", status=200):
    at, (one, other) = timezone.now(), rows.people_by_id(likeness.one_id, likeness.other_id)
    sides = rows.look_at_both(one, other, request.user, at)
    kept = other if request.GET.get("kept") == str(other.pk) or one.household_id is None else one
    gone = one if kept is other else other
    context = {
        "likeness": likeness, "reasons": rows.reasons(likeness), "sides": sides, "error": error,
        "kept": kept, "choices": rows.choices(kept, gone), "open": likeness.settled_at is None,
    }  # fmt: skip
    return render(request, "console/rosters/likeness.html", context, status=status)


def _merge(request, merge, error="", status=200):
    at, (kept, gone) = timezone.now(), rows.people_by_id(merge.kept_id, merge.gone_id)
    context = {
        "merge": merge, "sides": rows.look_at_both(kept, gone, request.user, at), "error": error,
        "fields": rows.fields(merge), "own": merge.asked_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "console/rosters/merge.html", context, status=status)
