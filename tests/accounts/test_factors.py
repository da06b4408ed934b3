import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.doors import LOGIN, code_of, confirmed, sign_in, with_totp
from yige.audit.models import LogEntry
from yige.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_totp_code_opens_once(here):
    secret = with_totp(here.worker)
    first, second = Client(), Client()
    assert sign_in(first, "worker").headers["Location"] == "/accounts/2fa/authenticate/"
    sign_in(second, "worker")
    assert first.get("/console/").status_code == 302
    code = code_of(secret)

    opened = first.post("/accounts/2fa/authenticate/", {"code": code})
    replayed = second.post("/accounts/2fa/authenticate/", {"code": code})

    assert opened.headers["Location"] == "/console/"
    assert replayed.status_code == 422
    assert "验证码不对" in replayed.text
    assert second.get("/console/").status_code == 302


def test_totp_secret_is_sealed(here):
    secret = with_totp(here.worker)

    kept = Authenticator.objects.get(user=here.worker).data["secret"]
    assert secret not in kept


@pytest.mark.parametrize("code", ["000000", "", "abc", "１２３４５６", "9" * 500])
def test_wrong_code_is_a_sentence(client, here, code):
    with_totp(here.worker)
    sign_in(client, "worker")

    response = client.post("/accounts/2fa/authenticate/", {"code": code})

    assert response.status_code == 422
    assert "yg-field__error" in response.text


@pytest.mark.parametrize(
    "role", ["street_head", "desk", "auditor", "security", "system", "community_head", "grid_head", "worker"]
)
def test_second_factor_is_asked_of_the_posts_that_need_it(client, here, settings, role):
    settings.YIGE_SECOND_FACTOR = True
    asked = role in ("street_head", "desk", "auditor", "security", "system")
    sign_in(client, role)

    for address in ("/console/", "/console/account/"):
        response = client.get(address)
        assert response.headers.get("Location") == ("/accounts/2fa/" if asked else None)
    assert client.get("/accounts/2fa/").status_code == 200


def test_password_alone_does_not_pass_once_a_factor_is_set(client, here, settings):
    settings.YIGE_SECOND_FACTOR = True
    client.force_login(here.desk)
    secret = with_totp(here.desk)
    stopped = client.get("/console/")

    client.post(stopped.headers["Location"], {"code": code_of(secret)})

    assert stopped.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.get("/console/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_factor_opens_the_desk_and_ends_other_logins(here, settings):
    settings.YIGE_SECOND_FACTOR = True
    client, other = Client(), Client()
    sign_in(client, "desk")
    sign_in(other, "desk")
    page = confirmed(client, "/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})

    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").text.count("<code>") == 10
    assert client.get("/console/").status_code == 200
    assert other.get("/console/").headers["Location"].startswith(LOGIN)


def test_last_factor_cannot_be_dropped_where_it_is_needed(client, here, settings):
    settings.YIGE_SECOND_FACTOR = True
    secret = with_totp(here.desk)
    sign_in(client, "desk")
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    confirmed(client, "/accounts/2fa/totp/deactivate/")

    response = client.post("/accounts/2fa/totp/deactivate/")

    assert response.status_code == 422
    assert Authenticator.objects.filter(user=here.desk, type="totp").exists()


def test_inbox_and_log_are_told_of_a_new_factor(here, client, django_capture_on_commit_callbacks):
    sign_in(client, "worker")
    page = confirmed(client, "/accounts/2fa/totp/activate/")

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})

    assert LogEntry.objects.filter(verb="accounts.add_factor", subject_id=str(here.worker.pk)).count() == 1
    assert [notice.title for notice in Notice.objects.inbox(here.worker)] == ["已加上动态验证码"]
