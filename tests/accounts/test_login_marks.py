"""What guards the log-in is not pushed out by a flood of other attempts."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.accounts.doors import LOGIN, code_of, sign_in, with_totp
from yige.accounts.models import LoginMark

pytestmark = pytest.mark.django_db
FACTOR = "/accounts/2fa/authenticate/"
FLOOD = 330  # more than the cache of 300 rows had that stood here before
CULLING = "django.core.cache.backends.db.DatabaseCache"


def flood():
    """Keep as many marks as invented names leave; they sort behind the others, which a culling cache drops first."""
    for number in range(FLOOD):
        cache.set(f"zz-{number}", [1.0], 3600)


def wrong_passwords(count):
    return [sign_in(Client(), "worker", "wrong").context["form"].errors for _ in range(count)]


def refused_for_good(errors):
    return "试错的次数太多" in str(errors)


def test_a_used_code_stays_used_after_a_flood(here):
    secret = with_totp(here.worker)
    first, second = Client(), Client()
    sign_in(first, "worker")
    sign_in(second, "worker")
    code = code_of(secret)
    opened = first.post(FACTOR, {"code": code})

    flood()

    assert opened.headers["Location"] == "/console/"
    assert second.post(FACTOR, {"code": code}).status_code == 422
    assert second.get("/console/").status_code == 302


def test_a_flood_of_invented_names_gives_no_attempt_back(here):
    before = [refused_for_good(errors) for errors in wrong_passwords(6)]

    flood()

    assert before == [False] * 5 + [True]
    assert all(refused_for_good(errors) for errors in wrong_passwords(3))


def test_through_the_door_invented_names_leave_the_lock_out_standing(here):
    wrong_passwords(6)
    for number in range(20):
        Client().post(LOGIN, {"login": f"nobody-{number}", "password": "x"}, REMOTE_ADDR="10.0.0.1")

    assert all(refused_for_good(errors) for errors in wrong_passwords(2))


def test_what_culls_forgets_what_is_live(here, settings):
    """The negative control: the same flood through the cache that stood here before."""
    settings.CACHES = {"default": {"BACKEND": CULLING, "LOCATION": "cache_culling"}}
    call_command("createcachetable", verbosity=0)
    marks = [f"m{number}" for number in range(50)]
    for mark in marks:
        cache.add(mark, "y", 3600)

    flood()

    assert isinstance(cache._connections["default"], DatabaseCache)
    assert any(cache.add(mark, "y", 3600) for mark in marks)


def test_neither_address_nor_code_stands_in_the_table(here):
    secret = with_totp(here.worker)
    client = Client()
    sign_in(client, "worker", address="10.77.88.99")
    code = code_of(secret)
    client.post(FACTOR, {"code": code})

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(mark::text, ' ') FROM accounts_loginmark mark")
        text = cursor.fetchone()[0]
    assert "10.77.88.99" not in text
    assert f"code={code}" not in text


def test_an_attempt_over_ipv6_counts_for_its_whole_network(here):
    for host in range(5):
        sign_in(Client(), "worker", "wrong", address=f"2001:db8:1:2::{host + 1}")

    same = sign_in(Client(), "worker", "wrong", address="2001:db8:1:2:ffff::9")
    other = sign_in(Client(), "worker", "wrong", address="2001:db8:1:3::1")

    assert refused_for_good(same.context["form"].errors)
    assert not refused_for_good(other.context["form"].errors)


def test_a_mark_that_is_over_is_free_again(here):
    cache.add("code", "y", -1)

    assert (cache.get("code"), cache.add("code", "y", 60), cache.add("code", "y", 60)) == (None, True, False)
    assert LoginMark.objects.count() == 1
