"""Who may open a page of the desk or of the field: every view wears `@staff`, or a test fails."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.utils import timezone

from yige.accounts.roles import having, permits
from yige.lib.typed_values import read_address
from yige.web import errors

NO_POST = "您的账号现在没有在任的岗位，所以看不到工作内容。如果岗位刚调整过，请联系街道的安全管理员在“用户与岗位”里补上。"


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
                return errors.page(request, 403, title="还没有岗位", sentence=NO_POST, home="/")
            if not permits(held, *capabilities):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.capabilities = capabilities
        return guarded

    return wear


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
