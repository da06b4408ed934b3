from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.accounts.doors import LOGIN, sign_in
from tests.factories import PASSWORD
from yige.accounts import actions
from yige.audit.models import LogEntry
from yige.web import presence

pytestmark = pytest.mark.django_db
WRONG = "账号或密码不对。"
TOO_MANY = "这个账号试错的次数太多"


def test_right_password_opens_the_desk(client, here):
    response = sign_in(client, "worker")

    assert response.headers["Location"] == "/console/"
    assert client.get("/console/").status_code == 200
    assert LogEntry.objects.filter(verb="accounts.log_in", actor_id=here.worker.pk).count() == 1


def test_account_name_in_capitals_is_the_same(client, here):
    assert sign_in(client, " WORKER ").status_code == 302


@pytest.mark.parametrize("username", ["worker", "nobody-here", "工人", "x" * 40, "a'; --", "\x00worker"])
def test_wrong_password_says_the_same_to_all(client, here, username):
    response = sign_in(client, username, "wrong-password-1")

    assert response.status_code == 422
    assert response.text.count(WRONG) == 1
    assert 'name="login" value' in response.text


def test_unknown_account_costs_a_hash_too(client, here, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt, **more: hashed.append(password) or f"md5${salt}${'0' * 32}",
    )

    sign_in(client, "nobody-here", "wrong-password-1")

    assert "wrong-password-1" in hashed


def test_lock_out_spares_the_neighbours_behind_the_same_address(client, here):
    for _ in range(12):
        last = sign_in(client, "desk", "wrong-password-1")
    for number in range(40):
        sign_in(client, f"stranger{number}", "wrong-password-1")

    assert TOO_MANY in last.text
    assert TOO_MANY in sign_in(client, "desk").text
    assert sign_in(Client(), "worker").status_code == 302


def test_locked_account_still_opens_from_its_own_desk(client, here):
    for _ in range(12):
        sign_in(client, "desk", "wrong-password-1", address="10.9.9.9")

    assert sign_in(Client(), "desk", address="10.0.0.1").status_code == 302


def test_attempts_from_everywhere_close_the_account_for_a_while(client, here):
    for number in range(40):
        last = sign_in(client, "desk", "wrong-password-1", address=f"10.1.{number}.1")

    assert TOO_MANY in last.text
    assert TOO_MANY in sign_in(Client(), "desk", address="10.0.0.1").text


def test_lock_out_says_the_same_for_an_account_that_is_none(client, here):
    for _ in range(12):
        last = sign_in(client, "nobody-here", "wrong-password-1")

    assert TOO_MANY in last.text


def test_right_passwords_are_not_counted(here):
    for _ in range(12):
        assert sign_in(Client(), "worker").status_code == 302


def test_session_changes_at_login_and_dies_at_logout(client, here):
    client.get(LOGIN)
    before = client.session.session_key
    sign_in(client, "worker")
    after = client.session.session_key

    client.post("/accounts/logout/")

    assert after and before != after
    assert not Session.objects.filter(session_key=after).exists()
    assert client.get("/console/").status_code == 302


def test_logout_by_a_link_only_asks(client, here):
    sign_in(client, "worker")

    assert "退出后" in client.get("/accounts/logout/").text
    assert client.get("/console/").status_code == 200


@pytest.mark.parametrize(
    ("began", "seen", "why"),
    [(60, 7199, ""), (8000, 7201, "idle"), (43199, 10, ""), (43201, 10, "longest")],
)
def test_login_ends_when_idle_or_too_long(client, here, began, seen, why):
    sign_in(client, "worker")
    client.get("/console/")
    session, now = client.session, timezone.now().timestamp()
    session[presence.BEGAN], session[presence.SEEN] = now - began, now - seen
    session.save()

    response = client.get("/console/")

    said = urlencode({"over": why, "next": "/console/"})
    assert response.headers.get("Location", "") == (f"{LOGIN}?{said}" if why else "")
    assert client.get("/console/").status_code == (302 if why else 200)


def test_part_of_a_page_sends_the_whole_page_to_login(client, here):
    response = client.get("/console/", headers={"HX-Request": "true"}, follow=False)

    assert response.status_code in (200, 302)
    sign_in(client, "worker")
    session = client.session
    session[presence.SEEN] = timezone.now().timestamp() - 9999
    session.save()
    response = client.get("/console/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith(LOGIN)


def test_deactivated_user_is_out_at_the_next_click(client, here):
    sign_in(client, "worker")
    client.get("/console/")

    actions.deactivate(here.worker, by=here.security, at=timezone.now())

    assert client.get("/console/").headers["Location"].startswith(LOGIN)
    assert UserSession.objects.filter(user=here.worker).count() == 0
    assert sign_in(Client(), "worker").headers["Location"] == "/accounts/inactive/"


def test_ended_post_is_out_at_the_next_click(client, here):
    sign_in(client, "worker")
    client.get("/console/")

    actions.end_post(here.worker.posts.get(), by=here.security, at=timezone.now())

    response = client.get("/console/")
    assert response.status_code == 403
    assert "没有在任的岗位" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "login/code/confirm/",
        "confirm-email/x/",
        "sessions/",
    ],
)
def test_doors_that_are_shut(client, here, address):
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}", {"username": "x"}).status_code == 404


def test_password_change_keeps_this_login_and_ends_the_others(here):
    client, other = Client(), Client()
    sign_in(client, "worker")
    sign_in(other, "worker")
    new = "另一棵老槐树下的石凳子"

    wrong = client.post(
        "/accounts/password/change/", {"oldpassword": "x", "password1": new, "password2": new}
    )
    done = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert wrong.status_code == 422
    assert "现在的密码不对" in wrong.text
    assert done.headers["Location"] == "/console/account/"
    assert client.get("/console/").status_code == 200
    assert other.get("/console/").status_code == 302


def test_login_does_not_lead_to_another_site(client, here):
    response = client.post(f"{LOGIN}?next=https://evil.example/", {"login": "worker", "password": PASSWORD})

    assert response.headers["Location"] == "/console/"


def test_moment_of_log_lines_is_aware(client, here):
    sign_in(client, "worker", "wrong-password-1")

    line = LogEntry.objects.get(verb="accounts.refuse_login")
    assert (datetime.now(UTC) - line.at).total_seconds() < 60
    assert (line.actor_kind, line.result, line.subject_id) == ("stranger", "refused", str(here.worker.pk))
    assert line.fields == []
