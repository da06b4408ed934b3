"""Who is asking, read with as few statements as there can be: it happens at every request of every page."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection
from django.utils import timezone

from yige.accounts.models import Post, Unit, User

TABLES = ((User, "u"), (Post, "p"), (Unit, "n"))
COLUMNS = ", ".join(
    f"{alias}.{field.column}" for model, alias in TABLES for field in model._meta.concrete_fields
)
WITH_POSTS = f"""
    SELECT {COLUMNS} FROM accounts_user u
    LEFT JOIN accounts_post p ON p.user_id = u.id LEFT JOIN accounts_unit n ON n.id = p.unit_id
    WHERE u.id = %s ORDER BY p.path, p.role, p.since
"""  # noqa: S608  only names of our own columns
SESSION = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"


class Backend(AuthenticationBackend):
    """Log-in as allauth does it; the user of a session comes with his or her posts in one statement."""

    def get_user(self, user_id) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(WITH_POSTS, [user_id])
            rows = cursor.fetchall()
        user = with_posts(rows) if rows else None
        return user if user and self.user_can_authenticate(user) else None


def with_posts(rows) -> User:
    """Return the user of these joined rows, with the posts ever held and their units in hand."""
    user, posts = None, []
    for row in rows:
        found, post, unit = apart(row)
        user = user or found
        if post is not None:
            post.unit, post.user = unit, user
            posts.append(post)
    user._posts = posts
    return user


def apart(row) -> list:
    """Take a joined row apart into one instance of each table; None where the join found nothing."""
    instances, start = [], 0
    for model, _ in TABLES:
        names = [field.attname for field in model._meta.concrete_fields]
        values = row[start : start + len(names)]
        start += len(names)
        instances.append(model.from_db("default", names, values) if values[0] is not None else None)
    return instances


class SessionStore(DatabaseSessions):
    """Sessions in the database, read by a plain statement."""

    def _get_session_from_db(self):
        with connection.cursor() as cursor:
            cursor.execute(SESSION, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # as Django does: the next save makes a new one
            return None
        return self.model(session_key=self.session_key, session_data=row[0], expire_date=row[1])
