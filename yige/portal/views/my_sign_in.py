"""Signing in by phone: a number, a code, and among several people of one phone the choice whose file it is.

A number that was left with a report alone leads to the list of these reports. Whether anybody has left a number changes
nothing here before the right code is given: not the words, not the status, not the work.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yige.archive.rights import signing_in
from yige.portal import my_queries, resident, visitor
from yige.portal.my_forms import CodeForm, PhoneForm
from yige.web.outcome import attempt


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@resident.never_cached
def sign_in(request):
    form, at = PhoneForm(request.POST or None), timezone.now()
    if request.method != "POST" and resident.sign_in_of(request, at):
        return redirect("portal:my")
    outcome = attempt(request, form, ask_slowly, request)
    if outcome.done:
        return visitor.remember(request, resident.bind_code(redirect("portal:my_code"), outcome.result))
    return visitor.remember(
        request, render(request, "portal/my_sign_in.html", {"form": form}, status=outcome.status)
    )


def ask_slowly(request, *, by, at, phone):
    visitor.slow_down(request, "sign_in", at=at)
    return signing_in.ask_code(phone, at=at, is_known=visitor.is_known(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@resident.never_cached
def code(request):
    pk = resident.code_in_cookie(request)
    if pk is None:
        return redirect("portal:my_sign_in")
    form = CodeForm(request.POST or None)
    outcome = attempt(request, form, answer_slowly, request, pk=pk)
    if outcome.done:
        row, token = outcome.result
        visitor.know(request)
        if row is None:
            return resident.keep_phone(redirect("portal:my_reports"), pk)
        several = signing_in.sharing(row, row.began_at).count() > 1
        to = "portal:my_who" if several else resident.wanted_page(request)
        return resident.let_in(redirect(to), token)
    return render(request, "portal/my_code.html", {"form": form}, status=outcome.status)


def answer_slowly(request, *, by, at, code, pk):
    visitor.slow_down(request, "code", at=at)
    return signing_in.answer_code(pk, code, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@resident.resident
def who(request):
    at = timezone.now()
    people = my_queries.masked_people(signing_in.sharing(request.sign_in, at))
    if request.method != "POST":
        return render(request, "portal/my_who.html", {"people": people})
    person = next((row for row, _ in people if row.pk.hex == request.POST.get("person")), None)
    if person is None:
        raise Http404
    to = resident.wanted_page(request)
    if person.pk == request.person.pk:
        return redirect(to)
    _, token = signing_in.switch(request.sign_in, at=at, person=person)
    return resident.let_in(redirect(to), token)


@require_POST
@resident.never_cached
def sign_out(request):
    at = timezone.now()
    if row := resident.sign_in_of(request, at):
        signing_in.sign_out(row, at=at)
    messages.success(request, "已经退出。在别人手机上看的，请把浏览器也关掉。")
    return resident.forget_sign_in(redirect("portal:front"))
