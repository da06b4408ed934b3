"""Accounts and posts, kept by the security administrator: who they are, what they may, which log-ins stand."""

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.accounts import actions, links, queries, roles
from yige.accounts.duties import kept_paths
from yige.accounts.models import Post
from yige.cases.queries import held_count
from yige.console.admin.forms.users import NewPersonForm, PersonForm, PostForm
from yige.lib.local_time import local_day
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.web.paging import page_of

STATES = (
    ("", "全部"),
    ("active", "启用"),
    ("idle", "没有岗位"),
    ("bare", "没有两步登录"),
    ("closed", "已停用"),
)


class Act(NamedTuple):
    verb: object
    form: type
    done: str
    link: bool = False


# fmt: off
ACTS = {
    "describe":   Act(actions.describe_user,  PersonForm, "资料已更新。"),
    "give":       Act(actions.give_post,      PostForm,   "岗位已设好。"),
    "reset":      Act(actions.reset_password, ButtonForm, "旧密码已作废。", link=True),
    "factors":    Act(actions.remove_factors, ButtonForm, "两步登录已取消，本人下次登录时重新设置。"),
    "sessions":   Act(actions.end_sessions,   ButtonForm, "已退出他所有的登录。"),
    "deactivate": Act(actions.deactivate,     ButtonForm, "账号已停用，岗位已结束，登录已退出。"),
    "activate":   Act(actions.activate,       ButtonForm, "账号已启用，请重新设岗。", link=True),
}
# fmt: on


@require_GET
@staff("keep_accounts")
def users(request):
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("words", "role", "unit", "state")}
    found = queries.users(paths_of(request), at=timezone.now(), **asked)
    context = {"page": page_of(found, request.GET.get("page"), 50), "asked": asked, "states": STATES}
    context |= {"roles": roles.CHOICES, "units": queries.units_below(paths_of(request))}
    return render(request, "console/admin/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_accounts")
def new(request):
    form = NewPersonForm(request.POST or None)
    outcome = attempt(request, form, actions.make_user, None, key=key_of(request))
    if outcome.done:
        return show_link(request, outcome.result, "账号已建好。")
    return render(request, "console/admin/user_new.html", {"form": form}, status=outcome.status)


@require_GET
@staff("keep_accounts")
def person(request, pk):
    return page(request, user_or_404(request, pk))


@require_POST
@staff("keep_accounts")
def perform(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    subject, act = user_or_404(request, pk), ACTS[verb]
    form = act.form(request.POST, **more_of(request, act.form))
    outcome = attempt(request, form, act.verb, subject, key=key_of(request))
    if not outcome.done:
        return page(request, subject, {verb: form}, outcome.status)
    if act.link:
        return show_link(request, outcome.result, act.done)
    messages.success(request, act.done)
    return redirect("console:user", pk=subject.pk)


@require_POST
@staff("keep_accounts")
def end_post(request, pk):
    post = get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)
    user_or_404(request, post.user_id)
    form = ButtonForm(request.POST)
    outcome = attempt(request, form, actions.end_post, post, key=key_of(request))
    if not outcome.done:
        return page(request, post.user, {"end": form}, outcome.status)
    messages.success(request, f"“{post}”已结束，从现在起不能再看相关内容。")
    return redirect("console:user", pk=post.user_id)


def paths_of(request):
    return kept_paths(request.user, timezone.now())


def user_or_404(request, pk):
    return get_object_or_404(queries.users_below(paths_of(request), timezone.now()), pk=pk)


def more_of(request, form):
    """Return what a form is made with: the one of a post knows which places are one's own."""
    return {"paths": paths_of(request)} if form is PostForm else {}


def page(request, subject, refused=None, status=200):
    now = timezone.now()
    said = {"name": subject.name, "phone": subject.phone, "email": subject.email}
    forms = {"describe": PersonForm(initial=said), "give": PostForm(paths=paths_of(request))} | (
        refused or {}
    )
    context = {"person": subject, "forms": forms, "refused": next(iter((refused or {}).values()), None)}
    context |= {"posts": posts_with_state(subject, now), "sessions": queries.sessions_of(subject)}
    context |= {"factors": queries.factors_of(subject), "needs_factor": queries.needs_factor(subject, now)}
    context |= {"held": held_count(subject), "oneself": subject.pk == request.user.pk}
    return render(request, "console/admin/user.html", context, status=status)


def posts_with_state(subject, now):
    """Return each post with whether it stands now, is to come, or is over, and the name of its area."""
    posts = list(queries.posts_of(subject))
    names = queries.place_names({post.path for post in posts})
    return [(post, state_of(post, now), names.get(post.path, post.path)) for post in posts]


def state_of(post, now):
    today = local_day(now)
    if post.held_on(today):
        return "rests" if post.rests(now) else "now"
    return "over" if post.until is not None and post.until <= today else "later"


def show_link(request, user, done):
    """Show the one-time link once; it is kept nowhere."""
    secret = links.issue_link(user, at=timezone.now())
    address = f"{settings.YIGE_PUBLIC_URL}/accounts/begin/{secret}/"
    context = {
        "person": user,
        "done": done,
        "address": address,
        "hours": links.FOR_STAFF.seconds // 3600 or 24,
    }
    return render(request, "console/admin/user_link.html", context)
