"""干部包片 and 党员联户 by grid: who looks after what; given and ended here, a household's only with its consent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.contact.forms.links import AreaForm, JoinForm
from yige.console.contact.rows import links as rows
from yige.steps.s1_approach import linking
from yige.web.attempt import Bare, attempt, status_after
from yige.web.guard import may, staff
from yige.web.paging import page_of

A_PAGE = 60


@require_GET
@staff(*rows.SEE_LINKS)
def links(request):
    return page(request)


@require_POST
@staff("give_areas")
def area(request):
    at = timezone.now()
    form = AreaForm(request.POST, viewer=request.user, at=at)
    if form.is_valid() and attempt(request, form, linking.link_area, form.taker):
        messages.success(request, "包片已登记。")
        return redirect("console:links")
    return page(request, area_form=form, status=status_after(form))


@require_POST
@staff("link_households")
def household(request):
    at = timezone.now()
    form = JoinForm(request.POST, viewer=request.user, at=at)
    if form.is_valid() and attempt(request, form, linking.link_household, form.taken):
        messages.success(request, f"联户已登记。{linking.household_count_note(form.made.user, at)}")
        return redirect("console:links")
    return page(request, join_form=form, status=status_after(form))


@require_POST
@staff(*rows.SEE_LINKS)
def end(request, link):
    at, form = timezone.now(), Bare(request.POST)
    row = get_object_or_404(rows.current_links(request.user, at), pk=link)
    if not rows.may_end(request.user, row, at):
        raise Http404
    if not attempt(request, form, linking.unlink, row):
        return page(request, refused=form, status=status_after(form))
    messages.success(request, "已解除，从现在起他（她）不再因此看到档案。")
    return redirect("console:links")


def page(request, *, area_form=None, join_form=None, refused=None, status=200):
    at, user = timezone.now(), request.user
    found = page_of(rows.current_links(user, at), request.GET.get("page"), A_PAGE)
    context = {
        "page": found,
        "areas": [rows.link_row(user, link, at) for link in found if link.household_id is None],
        "joined": [rows.link_row(user, link, at) for link in found if link.household_id],
        "sees_households": rows.sees_households(user, at),
        "names": {path: name.strip() for path, name in rows.place_choices(user, at, *rows.SEE_LINKS)},
        "area_form": (area_form or AreaForm(viewer=user, at=at)) if may(request, "give_areas") else None,
        "join_form": (join_form or JoinForm(viewer=user, at=at)) if may(request, "link_households") else None,
        "refused": refused,
    }
    return render(request, "console/contact/links.html", context, status=status)
