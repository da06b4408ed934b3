"""My own account: password, second factor, the devices that are logged in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.accounts import actions, queries
from yige.web.forms import key_of
from yige.web.guard import may, staff


@require_GET
@staff()
def account(request):
    now = timezone.now()
    context = {"sessions": queries.sessions_of(request.user), "posts": request.user.posts_at(now)}
    context |= {"factors": queries.factors_of(request.user), "needs": queries.needs_factor(request.user, now)}
    context["heads"] = may(request, "head_area")
    return render(request, "console/account/account.html", context)


@require_POST
@staff("head_area")
def set_digest(request):
    wanted = request.POST.get("wanted") == "yes"
    actions.set_digest(request.user, by=request.user, at=timezone.now(), key=key_of(request), wanted=wanted)
    messages.success(
        request, "每周一早上会收到小结。" if wanted else "不再收每周小结。工作台上随时都看得到。"
    )
    return redirect("console:account")


@require_POST
@staff()
def end_session(request, pk):
    """End one other log-in of my own; somebody else's is not there."""
    session = UserSession.objects.filter(pk=pk, user=request.user).first()
    if session is None or session.is_current():
        raise Http404
    actions.end_sessions(request.user, by=request.user, at=timezone.now(), sessions=[session])
    messages.success(request, "那台设备已经退出。")
    return redirect("console:account")


@require_POST
@staff()
def end_others(request):
    mine = request.session.session_key
    others = list(UserSession.objects.filter(user=request.user).exclude(session_key=mine))
    actions.end_sessions(request.user, by=request.user, at=timezone.now(), sessions=others)
    messages.success(request, "其他设备都已退出。")
    return redirect("console:account")
