"""The inbox: what I was told, the unread first; opening one marks it as read."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.cases import danger_calls
from yige.lib.typed_values import read_id
from yige.notices import actions
from yige.notices.models import Notice
from yige.web.guard import staff
from yige.web.paging import page_of
from yige.web.subject_pages import staff_page

A_PAGE = 30


@require_GET
@staff()
def inbox(request):
    only = request.GET.get("show") == "unread"
    mine = Notice.objects.inbox(request.user)
    mine = mine.unread() if only else mine.order_by(F("read_at").desc(nulls_first=True), "-id")
    page = page_of(mine, request.GET.get("page"), A_PAGE)
    part = "#rows" if request.htmx else ""
    return render(request, f"console/desk/inbox.html{part}", {"page": page, "only": only})


@require_POST
@staff()
def mark_read(request):
    """Mark the ticked ones as read, or all of them."""
    ids = None if "all" in request.POST else ticked_ids(request)
    count = actions.mark_read(request.user, at=timezone.now(), ids=ids)
    messages.success(request, f"{count} 条已标为看过。" if count else "没有要标的消息。")
    return redirect("console:inbox")


def ticked_ids(request):
    """Return the ids that were ticked; what is no id is nobody's."""
    typed = request.POST.getlist("id")[: A_PAGE * 2]
    return [pk for pk in map(read_id, typed) if pk]


@require_POST
@staff()
def open_notice(request, pk):
    """Mark one as read and go to what it is about."""
    notice = Notice.objects.inbox(request.user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    at = timezone.now()
    actions.mark_read(request.user, at=at, ids=[pk])
    if notice.kind == "danger":
        danger_calls.note_look(notice.subject_id, by=request.user, at=at)
    return redirect(staff_page(notice))
