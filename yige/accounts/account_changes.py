"""What follows when somebody else changes an account: its owner is told wherever he can be reached, a keeper of files rests.

The day is there for the owner: whoever took the account over with a new link opens nothing before he has read it.
"""

from datetime import datetime, timedelta

from yige.accounts.models import Post
from yige.accounts.roles import ROLE_BY_NAME, ROLES
from yige.lib.local_time import local_day
from yige.notices.actions import tell_staff
from yige.notices.subjects import Subject, SubjectKind

RESTS = timedelta(days=1)
RESTING_ROLES = tuple(role.name for role in ROLES if role.files == "keeper")
NOT_YOU = "这不是您让办的，请马上当面或打电话找安全管理员和网格长。"


def first_opening(role, at) -> datetime | None:
    """Return from when on a new post opens files; None for a post that rests never."""
    return at + RESTS if ROLE_BY_NAME[role].files == "keeper" else None


def let_keepers_rest(user, at) -> None:
    """Let the posts by which this account keeps files open nothing for a day."""
    posts = Post.objects.filter(user=user, role__in=RESTING_ROLES).exclude(until__lte=local_day(at))
    posts.update(opens_at=at + RESTS)


def tell_owner(user, title, at) -> None:
    """Tell the owner in the inbox and by every wire that reaches him, at once, whatever the hour."""
    account = Subject(SubjectKind.ACCOUNT)
    tell_staff([user], kind="account_changed", title=title, body=NOT_YOU, at=at, subject=account, urgent=True)
