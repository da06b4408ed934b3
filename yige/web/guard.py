"""Who may open a page of the desk or of the field: every view wears `@staff`, or a test fails."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils import timezone

from yige.accounts.roles import having, permits
from yige.lib.local_time import moment_words
from yige.lib.typed_values import read_address
from yige.web import errors

NO_POST = "您的账号现在没有在任的岗位，所以看不到工作内容。如果岗位刚调整过，请联系街道的安全管理员在“用户与岗位”里补上。"

RESTS = (
    "您的岗位是刚设的，或者账号刚重置过，头一天不能打开居民档案，{moment} 起可以。这一天是为了防止有人冒用您的账号："
    "不是您让办的，请马上找安全管理员和网格长。"
)


def staff(*capabilities):
    """Let in active staff with a current post; with capabilities named, who has none of them gets 404."""
    having(*capabilities)  # an unknown name fails here, at once

    def wear(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(page_to_come_back_to(request))
            held = held_roles(request)
            if not held:
                return no_post(request)
            if not permits(held, *capabilities):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.capabilities = capabilities
        return guarded

    return wear


def no_post(request):
    """Say why no page opens: there is no post, or the one of a keeper rests for a day."""
    now = timezone.now()
    if opens_at := request.user.opens_files_at(now):
        sentence = RESTS.format(moment=moment_words(opens_at, now))
        return errors.page(request, 403, title="档案还不能打开", sentence=sentence, home="/")
    return errors.page(request, 403, title="还没有岗位", sentence=NO_POST, home="/")


def page_to_come_back_to(request):
    """After a new log-in one is back on the page itself, or on the page of the form or of the panel that was asked
    for, never on an address that only takes forms or answers with a part."""
    part = request.headers.get("HX-Request")
    if request.method == "GET" and not part:
        return request.get_full_path()
    asked_from = read_address(request.headers.get("HX-Current-URL" if part else "Referer"))
    ours = asked_from.netloc == request.get_host() and asked_from.path.startswith(errors.HOMES)
    if ours:
        return f"{asked_from.path}?{asked_from.query}" if asked_from.query else asked_from.path
    return next((home for home in errors.HOMES if request.path.startswith(home)), errors.HOMES[0])


def may(request, *capabilities):
    """Say whether the user has one of these capabilities now, wherever."""
    return permits(held_roles(request), *capabilities)


def held_roles(request):
    """Return the names of the roles that the user holds now."""
    return {post.role for post in request.user.posts_at(timezone.now())}
