"""The account of a keeper of files opens nothing for a day after it was made, reset or given, and its owner is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.doors import sign_in
from tests.factories import family
from tests.scenes import scene
from yige.accounts import account_changes, actions, links, roles
from yige.accounts.models import Post, User
from yige.archive.models import Household
from yige.archive.people import access
from yige.audit.models import LogEntry
from yige.notices.models import Notice

PASSWORD = "long-enough-and-new-7"


@scene
def household(here):
    here.family = family(here)
    return here


def acts(here):
    said = {"by": here.security, "at": timezone.now()}
    new = {"role": "registrar", "unit": here.street_unit, "path": "/zz/", "since": timezone.localdate()}
    return {
        "reset": lambda: actions.reset_password(here.registrar, **said),
        "factors": lambda: actions.remove_factors(here.registrar, **said),
        "contact": lambda: actions.describe_user(here.registrar, **said, name="某", email="other@example.cn"),
        "given": lambda: actions.give_post(here.idle, **said, **new),
    }


@pytest.mark.parametrize(("act", "who"), [("reset", "registrar"), ("factors", "registrar"), ("contact", "registrar"), ("given", "idle")])  # fmt: skip
def test_keeper_opens_nothing_for_a_day(household, act, who):
    before = timezone.now()
    acts(household)[act]()
    user = User.objects.get(username=who)

    assert user.posts_at(timezone.now()) == []
    assert not Household.objects.visible_to(user).exists()
    assert user.opens_files_at(timezone.now()) - before >= account_changes.RESTS
    later = User.objects.get(username=who)
    assert [post.role for post in later.posts_at(before + account_changes.RESTS + timedelta(minutes=1))] == [
        "registrar"
    ]


def test_administrator_who_signs_in_as_a_registrar_lists_no_household(household, client):
    """The attack: reset, sign in by the link that the page shows, list the files."""
    here, lines = household, LogEntry.objects.filter(verb__startswith="archive.").count()
    keeper = Client()
    keeper.force_login(here.security)
    page = keeper.post(f"/console/users/{here.registrar.pk}/reset/").text
    secret = page.partition("/accounts/begin/")[2].partition("/")[0]
    client.post(f"/accounts/begin/{secret}/", {"password": PASSWORD, "again": PASSWORD})
    sign_in(client, "registrar", PASSWORD)
    person = here.family.contact_id

    opened = {
        address: client.get(address).status_code
        for address in (
            "/console/households/", f"/console/households/{here.family.pk}/", f"/console/people/{person}/",
            "/console/exports/", "/console/exports/new/", "/console/rosters/", "/console/people-map/", "/console/requests/",
        )
    }  # fmt: skip
    revealed = client.post(f"/console/people/{person}/reveal/", {"field": "phone", "reason": "visit"})

    assert set(opened.values()) == {403}
    assert revealed.status_code == 403
    assert " 起可以" in client.get("/console/households/").text
    assert LogEntry.objects.filter(verb__startswith="archive.").count() == lines


def test_the_same_without_the_day_opens_the_files(household, client, monkeypatch):
    """The control: it is the day that holds."""
    monkeypatch.setattr(account_changes, "RESTS", timedelta(0))
    actions.reset_password(household.registrar, by=household.security, at=timezone.now())
    client.force_login(User.objects.get(pk=household.registrar.pk))

    assert client.get("/console/households/").status_code == 200


def test_verbs_of_files_refuse_too(household):
    actions.reset_password(household.registrar, by=household.security, at=timezone.now())
    user = User.objects.get(pk=household.registrar.pk)

    with pytest.raises(Exception) as refused:
        access.view(household.family, by=user, at=timezone.now(), household=household.family)

    assert type(refused.value).__name__ in ("NotAllowed", "Http404", "DoesNotExist")


@pytest.mark.parametrize("role", [role.name for role in roles.ROLES])
def test_only_keepers_of_files_rest(role):
    at = timezone.now()

    assert bool(account_changes.first_opening(role, at)) is (role == "registrar")


def test_work_of_others_goes_on_after_a_reset(household):
    actions.reset_password(household.worker, by=household.security, at=timezone.now())

    assert User.objects.get(pk=household.worker.pk).posts_at(timezone.now()) != []
    assert Post.objects.filter(opens_at__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("act", "who", "title"),
    [
        ("reset", "registrar", "密码被重置"),
        ("factors", "registrar", "两步登录被取消"),
        ("contact", "registrar", "电话或邮箱被改"),
        ("given", "idle", "新岗位"),
    ],
)
def test_owner_is_told_at_once(household, act, who, title):
    acts(household)[act]()

    (notice,) = Notice.objects.filter(user_id=getattr(household, who).pk, kind="account_changed")
    assert title in notice.title
    assert (notice.urgent, notice.delivery, notice.send_after) == (True, "waiting", notice.created_at)
    assert "不是您让办的" in notice.body


def test_own_link_ends_with_the_next_reset(household):
    at = timezone.now()
    secret = links.issue_link(
        actions.reset_password(household.registrar, by=household.security, at=at), at=at
    )
    actions.set_password(household.registrar, by=household.registrar, at=at, password=PASSWORD)

    assert links.user_of_link(secret, at=at) is None
