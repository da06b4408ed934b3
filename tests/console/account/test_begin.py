import pytest
from django.core.cache import cache
from django.utils import timezone

from tests import factories
from tests.accounts.doors import LOGIN, sign_in
from tests.scenes import scene
from yige.accounts import actions, links

pytestmark = pytest.mark.django_db


@scene
def here():
    """A small town, and nobody has tried a password yet."""
    cache.clear()
    return factories.town()


def test_begin_page_sets_the_password_once(client, here):
    user = actions.make_user(None, by=here.security, at=timezone.now(), username="new01", name="新人")
    address = f"/accounts/begin/{links.issue_link(user, at=timezone.now())}/"
    said = {"password": "老槐树下有一口井2026", "again": "老槐树下有一口井2026"}

    weak = client.post(address, {"password": "123456", "again": "123456"})
    differs = client.post(address, said | {"again": "别的"})
    done = client.post(address, said)

    assert (weak.status_code, differs.status_code) == (422, 422)
    assert "两次输入的不一样" in differs.text
    assert done.headers["Location"] == LOGIN
    assert client.get(address).status_code == 404
    assert sign_in(client, "new01", "老槐树下有一口井2026").status_code == 302


@pytest.mark.parametrize("secret", ["x", "a:b:c", "..", "%00", "é", "1" * 3000])
def test_forged_link_is_not_there(client, here, secret):
    response = client.get(f"/accounts/begin/{secret}/")

    assert response.status_code in (400, 404)
