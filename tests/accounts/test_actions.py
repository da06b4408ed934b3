from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from tests.factories import MONDAY_NOON as AT
from yige.accounts import actions, links
from yige.accounts.actors import COMMAND
from yige.accounts.duties import ADMINISTRATIONS
from yige.accounts.models import Post, User
from yige.accounts.roles import ROLES
from yige.audit.log import fingerprint
from yige.audit.models import LogEntry
from yige.grids.models import Grid
from yige.lib.refusals import Conflict, NotAllowed, NotSaid, Refusal

TODAY = AT.date()
pytestmark = pytest.mark.django_db


def give(user, role, here, *, by=None, at=AT, path="/zz/", since=TODAY, **more):
    unit = here.street_unit
    return actions.give_post(
        user, by=by or here.security, at=at, role=role, unit=unit, path=path, since=since, **more
    )


KEEPING = {
    "make_user": lambda here, by: actions.make_user(None, by=by, at=AT, username="new01", name="新人"),
    "describe_user": lambda here, by: actions.describe_user(here.worker, by=by, at=AT, name="改名"),
    "deactivate": lambda here, by: actions.deactivate(here.worker, by=by, at=AT),
    "activate": lambda here, by: actions.activate(here.worker, by=by, at=AT),
    "give_post": lambda here, by: give(here.idle, "intake", here, by=by),
    "end_post": lambda here, by: actions.end_post(here.worker.posts.get(), by=by, at=AT),
    "reset_password": lambda here, by: actions.reset_password(here.worker, by=by, at=AT),
    "remove_factors": lambda here, by: actions.remove_factors(here.worker, by=by, at=AT),
    "end_sessions": lambda here, by: actions.end_sessions(here.worker, by=by, at=AT),
    "make_unit": lambda here, by: actions.make_unit(
        None, by=by, at=AT, slug="u1", name="新单位", kind="station"
    ),
    "close_unit": lambda here, by: actions.close_unit(here.property_unit, by=by, at=AT),
    "open_unit": lambda here, by: actions.open_unit(here.property_unit, by=by, at=AT),
}


@pytest.mark.parametrize("verb", KEEPING)
def test_only_the_security_administrator_keeps_accounts(here, verb):
    others = [name for name in factories.PEOPLE if name != "security" and name != "worker"] + [
        "former",
        "idle",
    ]

    for name in others:
        with pytest.raises(NotAllowed):
            KEEPING[verb](here, getattr(here, name))
    KEEPING[verb](here, here.security)

    lines = LogEntry.objects.filter(verb__startswith="accounts.")
    assert [line.actor_id for line in lines] == [here.security.pk]


@pytest.mark.parametrize("admin", ADMINISTRATIONS)
@pytest.mark.parametrize("other", [role.name for role in ROLES])
def test_administrations_stand_alone(here, admin, other):
    places = {0: "/zz/", 1: "/zz/", 2: "/zz/js/", 3: "/zz/js/9/", 4: "/zz/js/9/1/"}
    path = places[next(role.level for role in ROLES if role.name == other)]
    give(here.idle, admin, here)

    with pytest.raises(Refusal):
        give(here.idle, other, here, path=path)

    assert here.idle.posts.count() == 1


def test_administration_may_follow_another_post_in_time(here):
    first = give(here.idle, "desk", here, until=TODAY + timedelta(days=10))

    give(here.idle, "auditor", here, since=first.until)

    assert here.idle.posts.count() == 2


def test_nobody_gives_himself_a_post(here):
    with pytest.raises(NotAllowed):
        give(here.security, "desk", here)
    with pytest.raises(NotAllowed):
        actions.end_post(here.security.posts.get(), by=here.security, at=AT)
    with pytest.raises(NotAllowed):
        actions.reset_password(here.security, by=here.security, at=AT)

    assert here.security.posts.count() == 1


@pytest.mark.parametrize(
    ("role", "path", "field"),
    [
        ("grid_head", "/zz/", "path"),
        ("desk", "/zz/js/", "path"),
        ("desk", "/none/", "path"),
        ("king", "/zz/", "role"),
    ],
)
def test_post_in_the_wrong_place_is_refused(here, role, path, field):
    with pytest.raises(NotSaid) as refusal:
        give(here.idle, role, here, path=path)

    assert list(refusal.value.fields) == [field]


def test_the_same_post_twice_is_a_conflict(here):
    give(here.idle, "intake", here)

    with pytest.raises(Conflict):
        give(here.idle, "intake", here)


def test_last_security_administrator_stays(here):
    second = give(here.idle, "security_admin", here)
    actions.end_post(here.security.posts.get(), by=here.idle, at=AT)

    with pytest.raises(NotAllowed):
        actions.deactivate(here.idle, by=COMMAND, at=AT)

    assert Post.objects.get(pk=second.pk).until is None


def test_ended_post_is_gone_the_same_day(here):
    post = here.worker.posts.get()

    actions.end_post(post, by=here.security, at=AT)

    assert User.objects.get(pk=here.worker.pk).posts_at(AT) == []


def test_deactivation_ends_posts_of_today_and_tomorrow(here):
    give(here.idle, "intake", here)
    give(here.idle, "desk", here, since=TODAY + timedelta(days=5))

    actions.deactivate(here.idle, by=here.security, at=AT)

    fresh = User.objects.get(pk=here.idle.pk)
    assert not fresh.is_active
    assert [fresh.posts_at(AT + timedelta(days=days)) for days in (0, 1, 6, 400)] == [[], [], [], []]


def test_link_sets_a_password_once(here):
    user = actions.make_user(None, by=here.security, at=AT, username="New.01", name=" 新 人 ")
    secret = links.issue_link(user, at=AT)

    found = links.user_of_link(secret, at=AT)
    actions.set_password(found, by=found, at=AT, password="长安街上有一棵老槐树")

    assert (found.username, found.name) == ("new.01", "新 人")
    assert links.user_of_link(secret, at=AT) is None
    assert User.objects.get(pk=user.pk).check_password("长安街上有一棵老槐树")


def test_link_ends_in_time_and_cannot_be_forged(here):
    secret = links.issue_link(here.worker, at=AT)

    assert links.user_of_link(secret, at=AT + links.FOR_STAFF - timedelta(seconds=1)) == here.worker
    assert links.user_of_link(secret, at=AT + links.FOR_STAFF + timedelta(seconds=1)) is None
    assert links.user_of_link(secret[:-1] + ("A" if secret[-1] != "A" else "B"), at=AT) is None
    assert links.user_of_link("", at=AT) is None


def test_log_keeps_no_trace_of_a_password(here):
    actions.set_password(here.worker, by=here.worker, at=AT, password="长安街上有一棵老槐树")

    line = LogEntry.objects.get(verb="accounts.set_password")
    assert line.fields == []
    assert line.fingerprint == fingerprint({})


@pytest.mark.parametrize("password", ["short", "password123456", "worker1234", "1234567890"])
def test_weak_password_is_refused_beside_the_field(here, password):
    with pytest.raises(NotSaid) as refusal:
        actions.set_password(here.worker, by=here.worker, at=AT, password=password)

    assert list(refusal.value.fields) == ["password"]


@pytest.mark.parametrize("username", ["", "王", "a", "a b", "x" * 41, "Root;", "'"])
def test_odd_account_names_are_refused(here, username):
    with pytest.raises(NotSaid) as refusal:
        actions.make_user(None, by=here.security, at=AT, username=username, name="新人")

    assert list(refusal.value.fields) == ["username"]


def test_unit_with_people_cannot_be_closed(here):
    with pytest.raises(NotAllowed):
        actions.close_unit(here.team_unit, by=here.security, at=AT)


def test_first_admin_works_until_the_password_is_set(capsys):
    call_command("first_admin", "anquan", "安全员", "--street", "410106003", "新街道")
    with pytest.raises(CommandError, match="还没设密码"):
        call_command("first_admin", "another", "又一位")
    call_command("first_admin", "anquan", "安全员")
    secret = capsys.readouterr().out.strip().splitlines()[-1].rstrip("/").rsplit("/", 1)[1]
    user = links.user_of_link(secret, at=timezone.now())

    actions.set_password(user, by=user, at=timezone.now(), password="老槐树下有一口井2026")

    assert (user.username, [post.role for post in user.posts.all()]) == ("anquan", ["security_admin"])
    assert (User.objects.count(), Grid.objects.get().code) == (1, "410106003")
    for username in ("anquan", "another"):
        with pytest.raises(CommandError, match="已有安全管理员"):
            call_command("first_admin", username, "又一位")


@pytest.mark.parametrize(
    "words",
    [
        ["anquan", "安全员"],
        ["anquan", "安全员", "--street", "x", "新街道"],
        ["王", "安全员", "--street", "410106003", "街"],
    ],
)
def test_first_admin_says_what_is_missing(words):
    with pytest.raises(CommandError, match=r"街道|编码|账号"):
        call_command("first_admin", *words)

    assert not User.objects.exists()
    assert not Grid.objects.exists()
