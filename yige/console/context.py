"""What every page of the desk shows around its content; the unread notices are asked for where they are shown."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yige.accounts.kept_statements import KeptStatement
from yige.accounts.models import User
from yige.console.nav import drawn_nav, here_label, nav_of
from yige.notices.models import Notice

MOST_UNREAD = 99


def desk(request):
    """Give the navigation, the post and the unread notices of the member of staff who asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    posts = user.posts_at(timezone.now())
    held = frozenset(post.role for post in posts)
    return {
        "nav": SimpleLazyObject(lambda: nav_of(held)),
        "drawn_nav": drawn_nav(held, request.path),
        "nav_here": here_label(held, request.path),
        "my_posts": posts,
        "inbox_unread": SimpleLazyObject(lambda: unread(user)),
    }


def unread(user):
    """Return how many notices wait to be read: a number up to 99, then “99+”."""
    ((count,),) = unread_of(user.pk)
    return f"{MOST_UNREAD}+" if count > MOST_UNREAD else count


def first_unread(user):
    return Notice.objects.inbox(User(pk=user)).unread().values("pk")[: MOST_UNREAD + 1]


unread_of = KeptStatement(first_unread, around="SELECT count(*) FROM ({}) AS unread")
