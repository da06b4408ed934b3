"""干部包片 and 党员联户 by grid: who looks after what; given and ended here, a household's only with its consent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.contact.forms import links as forms
from yige.console.contact.rows import links as rows
from yige.steps.s1_approach import linking
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

A_PAGE = 60


@require_GET
@staff(*rows.SEE_LINKS)
def links(request):
    return links_page(request)


@require_POST
@staff("give_areas")
def link_area(request):
    at = timezone.now()
    form = forms.AreaLinkForm(request.POST, viewer=request.user, at=at)
    outcome = attempt(request, form, linking.link_area, lambda valid: valid.taker, key=key_of(request))
    if outcome.done:
        messages.success(request, "包片已登记。")
        return redirect("console:links")
    return links_page(request, area_form=form, status=outcome.status)


@require_POST
@staff("link_households")
def link_household(request):
    at = timezone.now()
    form = forms.HouseholdLinkForm(request.POST, viewer=request.user, at=at)
    outcome = attempt(request, form, linking.link_household, lambda valid: valid.taken, key=key_of(request))
    if outcome.done:
        messages.success(request, f"联户已登记。{linking.household_count_note(outcome.result.user, at)}")
        return redirect("console:links")
    return links_page(request, join_form=form, status=outcome.status)


@require_POST
@staff(*rows.SEE_LINKS)
def end_link(request, link):
    at, form = timezone.now(), ButtonForm(request.POST)
    row = get_object_or_404(rows.current_links(request.user, at), pk=link)
    if not rows.may_end_link(request.user, row, at):
        raise Http404
    outcome = attempt(request, form, linking.unlink, row, key=key_of(request))
    if not outcome.done:
        return links_page(request, refused=form, status=outcome.status)
    messages.success(request, "已解除，从现在起他（她）不再因此看到档案。")
    return redirect("console:links")


def links_page(request, *, area_form=None, join_form=None, refused=None, status=200):
    at = timezone.now()
    found = page_of(rows.current_links(request.user, at), request.GET.get("page"), A_PAGE)
    context = {
        "page": found,
        "areas": [rows.link_row(request.user, row, at) for row in found if row.household_id is None],
        "joined": [rows.link_row(request.user, row, at) for row in found if row.household_id],
        "sees_households": rows.sees_households(request.user, at),
        "names": {path: name.strip() for path, name in rows.place_choices(request.user, at, *rows.SEE_LINKS)},
        "area_form": (area_form or forms.AreaLinkForm(viewer=request.user, at=at))
        if may(request, "give_areas")
        else None,
        "join_form": (join_form or forms.HouseholdLinkForm(viewer=request.user, at=at))
        if may(request, "link_households")
        else None,
        "refused": refused,
    }
    return render(request, "console/contact/links.html", context, status=status)
