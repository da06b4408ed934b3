"""Thanks from who reported a case to the neighbours who came to help with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.accounts.actors import LinkHolder
from yige.alliance.actions import thank_as_reporter
from yige.alliance.models import VolunteerCall
from yige.cases.queries import leading_case
from yige.portal import links, visitor
from yige.portal.forms import ThanksForm
from yige.portal.views.case import show
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt


@require_POST
def thank(request, serial, secret, pk):
    at = timezone.now()
    subject = links.case_behind(request, serial, secret, at=at)
    call = get_object_or_404(VolunteerCall.objects.filter(case=leading_case(subject)), pk=pk)
    form = ThanksForm(request.POST)
    outcome = attempt(request, form, thank_as_reporter, call, by=LinkHolder(subject.pk))
    if not outcome.done:
        return show(request, subject, at, thanks={call.pk: form}, status=outcome.status)
    messages.success(request, "谢过了，来帮忙的邻居都会收到。")
    return visitor.remember(
        request, redirect_heard(links.address(subject), form.cleaned_data["reporter_thanks"])
    )
