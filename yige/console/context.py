"""What every page of the desk shows around its content; nothing is asked before a template shows it."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yige.console.nav import items_for
from yige.notices.models import Notice

MOST_UNREAD = 99


def desk(request):
    """Give the navigation, the post and the unread notices of the member of staff who asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "nav": SimpleLazyObject(lambda: items_for(post.role for post in user.posts_at(timezone.now()))),
        "my_posts": SimpleLazyObject(lambda: user.posts_at(timezone.now())),
        "inbox_unread": SimpleLazyObject(lambda: unread(user)),
    }


def unread(user):
    """Return how many notices wait to be read: a number up to 99, then “99+”."""
    count = Notice.objects.inbox(user).unread()[: MOST_UNREAD + 1].count()
    return f"{MOST_UNREAD}+" if count > MOST_UNREAD else count
