"""What I can help with and when, and the branch of my grid, reporting in: said by myself, taken back in one tap."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yige.alliance import branches, reporting_in
from yige.alliance.models import HelpOffer
from yige.alliance.organisations import organisations_joined
from yige.portal.my_forms import HelpForm, JoinForm, ReportInForm, SkillForm
from yige.portal.resident import resident
from yige.web.forms import ButtonForm, key_of
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb       form         what is called            what is said after
    "offer":    (HelpForm,   branches.offer_help,      "记下了。有召集正好要这个的，发短信问您一声，来不来都行。"),
    "withdraw": (SkillForm,  branches.withdraw_offer,  "收回了，已经删掉。"),
    "join":     (JoinForm,   branches.join_branch,     "登记好了。随时可以退出，退了就删。"),
    "leave":    (ButtonForm, branches.leave_branch,    "退出了，已经删掉，没有任何影响。"),
    "report_in": (ReportInForm, reporting_in.report_in,  "报到好了。随时可以收回，收回就删。"),
    "withdraw_report": (ButtonForm, reporting_in.withdraw_report, "收回了，已经删掉，没有任何影响。"),
}
# fmt: on


@require_safe
@resident
def my_help(request):
    return page(request, HelpForm())


@require_POST
@resident
def act(request, verb):
    if verb not in ACTS:
        raise Http404
    form_of, call, words = ACTS[verb]
    about, more = subject(request, verb)
    form = form_of(request.POST)
    outcome = attempt(request, form, call, about, by=request.by, key=key_of(request), **more)
    if outcome.done:
        messages.success(request, words)
        return redirect("portal:my_help")
    return page(request, form, outcome.status)


def subject(request, verb):
    """Return what an act is about and what else it is told: the own file, or the branch."""
    if verb in ("offer", "withdraw"):
        return request.person, {}
    if verb in ("report_in", "withdraw_report"):
        report = reporting_in.report_of(request.person)
        found = report.grid if report and verb == "withdraw_report" else home_community(request.person)
        return found, {"person": request.person}
    held = branches.membership_of(request.person)
    found = held.branch if held and verb == "leave" else branches.branch_of_home(request.person)
    if found is None:
        raise Http404
    return found, {"person": request.person}


def home_community(person):
    found = reporting_in.community_of_home(person)
    if found is None:
        raise Http404
    return found


def page(request, form, status=200):
    person = request.person
    context = {
        "form": form if isinstance(form, HelpForm) else HelpForm(),
        "refused": "" if isinstance(form, HelpForm) else form.non_field_errors(),
        "offers": HelpOffer.objects.filter(person=person),
        "community": reporting_in.community_of_home(person),
        "report": reporting_in.report_of(person),
        "report_form": form if isinstance(form, ReportInForm) else ReportInForm(),
        "membership": branches.membership_of(person),
        "branch": branches.branch_of_home(person),
        "joined": organisations_joined(person),
        "now": timezone.now(),
    }
    return render(request, "portal/my_help.html", context, status=status)
