from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests import factories
from tests.scenes import scene
from yige.accounts.backend import Backend, SessionStore
from yige.accounts.models import User

pytestmark = pytest.mark.django_db


@scene
def here():
    return factories.town()


def test_user_comes_with_posts_and_units_in_one_statement(here, django_assert_num_queries):
    with django_assert_num_queries(1):
        user = Backend().get_user(here.worker.pk)
        posts = [(post.role, post.path, post.unit.name, post.user) for post in user.posts_at(timezone.now())]

    plain = User.objects.get(pk=here.worker.pk)
    held = [(post.role, post.path, post.unit.name, plain) for post in plain.posts_at(timezone.now())]
    assert posts == held != []
    assert {name: value for name, value in vars(user).items() if name[0] != "_"} == {
        name: value for name, value in vars(plain).items() if name[0] != "_"
    }


def test_user_without_posts_and_nobody(here):
    lonely = User.objects.create_user("lonely", None, name="某人")

    assert Backend().get_user(lonely.pk).posts_at(timezone.now()) == []
    assert Backend().get_user(here.grid.pk) is None


def test_deactivated_user_is_nobody(here):
    User.objects.filter(pk=here.worker.pk).update(is_active=False)

    assert Backend().get_user(here.worker.pk) is None


def test_saved_user_keeps_what_was_not_changed(here):
    user = Backend().get_user(here.worker.pk)
    user.name = "换了名字"
    user.save()

    assert User.objects.get(pk=user.pk).name == "换了名字"
    assert User.objects.count() == User.objects.values("username").distinct().count()


def test_session_is_read_until_it_expires():
    kept = SessionStore()
    kept["word"] = "在"
    kept.save()

    again = SessionStore(kept.session_key)
    assert again["word"] == "在"

    kept.model.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    gone = SessionStore(kept.session_key)
    assert (gone.get("word"), gone.session_key) == (None, None)
    assert SessionStore.__module__ == settings.SESSION_ENGINE
