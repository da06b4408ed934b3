"""One social organisation: its page for everybody, its seat, and who wants the seat to see a name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.alliance import organisations
from yige.console.alliance.forms.social_organisation import PageForm, SeatForm
from yige.console.alliance.rows import social_organisation as rows
from yige.web.forms import ButtonForm, key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("keep_organisations", "run_organisation")
def social_organisation(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("keep_organisations", "run_organisation")
def write(request, pk):
    row, form = find(request, pk), PageForm(request.POST)
    outcome = attempt(request, form, organisations.write_page, row, seen=seen_of(request))
    return answer(request, row, outcome, {"form": form}, "写好了，人人看得到。")


@require_POST
@staff("keep_organisations")
def give(request, pk):
    row = find(request, pk)
    form = SeatForm(request.POST, users=organisations.accounts_for(row, timezone.now()))
    outcome = attempt(request, form, organisations.give_seat, row)
    return answer(request, row, outcome, {"seat_form": form}, "给了席位，这个账号现在就能写主页、发召集。")


@require_POST
@staff("keep_organisations")
def end(request, pk, seat):
    row, form = find(request, pk), ButtonForm(request.POST)
    of = get_object_or_404(row.alliance_seats.select_related("user"), pk=seat)
    outcome = attempt(request, form, organisations.end_seat, row, user=of.user, key=key_of(request))
    return answer(request, row, outcome, {"refused": outcome.sentence}, "席位收回了，主页和召集都留着。")


def answer(request, row, outcome, refused, words):
    if outcome.done:
        messages.success(request, words)
        return redirect("console:social_organisation", row.pk)
    return page(request, row, outcome.status, **refused)


def find(request, pk):
    rows = organisations.organisations_run_by(request.user, timezone.now())
    return get_object_or_404(rows.select_related("grid", "alliance_page"), pk=pk)


def page(request, row, status=200, *, form=None, seat_form=None, refused=""):
    at, told = timezone.now(), getattr(row, "alliance_page", None)
    context = {
        "organisation": row, "told": told, "version": told.version if told else 0, "refused": refused,
        "form": form or PageForm(initial=rows.first_words(row, told)),
        "names": rows.member_names(request.user, row, at), "own": organisations.organisation_of_seat(request.user, at),
    }  # fmt: skip
    if rows.gives_seats(request.user, row, at):
        context["seats"] = organisations.seats_at(row)
        context["seat_form"] = seat_form or SeatForm(users=organisations.accounts_for(row, at))
    return render(request, "console/alliance/social_organisation.html", context, status=status)
