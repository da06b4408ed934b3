"""Guesses from everywhere wait, and are told once; whoever is known here passes meanwhile."""

import time

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.accounts.doors import code_of, sign_in, with_totp
from yige.accounts import login_guard
from yige.accounts.adapter import APP
from yige.accounts.links import issue_link
from yige.audit.models import LogEntry
from yige.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db
HOME, OFFICE = "10.7.7.7", "10.0.0.1"
WRONG = "wrong-password-1"
INVENTED = 310  # more than the 300 rows of the cache that stood here before


def spend(count, key, times):
    """Leave behind what as many failures through the door leave, without drawing the page each time."""
    for rate in ratelimit.get_rates(app=APP, action=count):
        mark = ratelimit.get_cache_key(None, app=APP, action=count, rate=rate, key=key)
        cache.set(mark, [time.time()] * min(times, rate.amount), rate.duration)


def guess(username, *, until=30, network="10.20.{}.1"):
    """Let strangers from many addresses use up an account's tries, the last two through the door; return the last answer."""
    spend("login_failed_anywhere", username, until - 1)
    sign_in(Client(), username, WRONG, address=network.format(1))
    return sign_in(Client(), username, WRONG, address=network.format(2))


def waits(response):
    return "试错的次数太多" in str(response.context["form"].errors) if response.status_code == 422 else False


def leave(client):
    del client.cookies["session"]


def told(user):
    return list(
        Notice.objects.filter(kind="attacked", user_id=user.pk)
        .order_by("created_at")
        .values_list("title", flat=True)
    )


def test_guesses_from_everywhere_leave_the_owners_browser_open(here):
    own = Client()
    sign_in(own, "desk", address=OFFICE)
    last = guess("desk")

    leave(own)
    assert waits(last)
    assert sign_in(own, "desk", address=HOME).status_code == 302
    assert waits(sign_in(Client(), "desk", address="10.8.8.8"))  # the negative control: the owner unknown


def test_guesses_from_everywhere_leave_the_owners_address_open(here):
    sign_in(Client(), "desk", address=OFFICE)
    guess("desk")

    assert sign_in(Client(), "desk", address=OFFICE).status_code == 302


def test_a_mark_of_a_browser_is_good_for_its_account_alone(here):
    own = Client()
    sign_in(own, "worker", address=HOME)
    leave(own)
    guess("desk")

    assert waits(sign_in(own, "desk", address=HOME))


def test_a_mark_of_a_browser_ends_with_the_password(here):
    own = Client()
    sign_in(own, "desk", address=HOME)
    leave(own)
    here.desk.set_password("another-horse-battery")
    here.desk.save()
    guess("desk")

    assert waits(sign_in(own, "desk", "another-horse-battery", address=OFFICE))


@pytest.mark.parametrize("forged", ["x", "W1tdXQ:1x:abc", "é"])
def test_a_forged_mark_is_none(here, forged):
    own = Client()
    own.cookies[login_guard.COOKIE] = forged
    guess("desk")

    assert waits(sign_in(own, "desk", address=HOME))


def test_a_known_browser_has_five_tries_too_and_a_new_log_in_of_another_gives_none_back(here):
    shared = Client()
    sign_in(shared, "desk", address=OFFICE)
    leave(shared)
    for _ in range(5):
        assert not waits(sign_in(shared, "desk", WRONG, address=HOME))
        assert sign_in(shared, "worker", address=HOME).status_code == 302
        leave(shared)

    assert waits(sign_in(shared, "desk", WRONG, address=HOME))


def test_many_accounts_from_one_address_wait_and_owners_known_there_pass(here):
    own = Client()
    sign_in(own, "desk", address=OFFICE)
    spend("login_failed_address", OFFICE, 59)
    sign_in(Client(), "nobody-1", WRONG, address=OFFICE)
    last = sign_in(Client(), "nobody-2", WRONG, address=OFFICE)

    assert waits(last)
    assert waits(sign_in(Client(), "worker", address=OFFICE))
    assert sign_in(Client(), "desk", address=OFFICE).status_code == 302
    leave(own)
    assert sign_in(own, "desk", address=OFFICE).status_code == 302
    assert sign_in(Client(), "worker", address=HOME).status_code == 302


def test_many_networks_of_one_site_are_counted_together(here):
    spend("login_failed_site", "2001:db8:1::", 238)
    one, two, three = (
        sign_in(Client(), f"nobody-{number}", WRONG, address=f"2001:db8:1:{number}::1") for number in range(3)
    )

    assert (waits(one), waits(two), waits(three)) == (False, False, True)
    assert waits(sign_in(Client(), "worker", address="2001:db8:1:ffff::1"))
    assert sign_in(Client(), "worker", address="2001:db8:2:1::1").status_code == 302


def test_owner_and_keeper_are_told_once_and_no_storm_follows(here):
    guess("desk")
    guess("desk", network="10.30.{}.1")
    guess("worker")

    assert told(here.desk) == ["有人在试您账号的密码"]
    assert told(here.worker) == ["有人在试您账号的密码"]
    assert told(here.security) == ["有人从许多地方试账号 desk 的密码"]
    assert Notice.objects.filter(kind="attacked").count() == 3
    assert set(Notice.objects.filter(kind="attacked").values_list("delivery", flat=True)) == {
        Delivery.WAITING
    }
    assert LogEntry.objects.filter(verb="accounts.slow_logins").count() == 2


def test_wrong_passwords_that_fit_are_not_told_yet(here):
    guess("desk", until=29)

    assert not Notice.objects.filter(kind="attacked").exists()


def test_keepers_of_another_area_are_not_told(here):
    post = here.security.posts.get()
    post.path = "/zzz/"
    post.save()
    here.system.posts.update(role="security_admin")

    guess("desk")

    assert (told(here.security), len(told(here.system))) == ([], 1)


def test_spraying_from_one_address_is_told_to_the_keeper(here):
    spend("login_failed_address", HOME, 60)
    for number in range(3):
        sign_in(Client(), f"nobody-{number}", WRONG, address=HOME)

    assert told(here.security) == ["有人从同一个地方试很多账号的密码"]


def test_a_right_password_with_wrong_codes_is_told(here):
    secret = with_totp(here.worker)
    thief = Client()
    sign_in(thief, "worker", address=HOME)
    for number in range(4):
        thief.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})

    assert code_of(secret) not in {f"00000{number}" for number in range(4)}
    assert told(here.worker) == ["有人用您的密码登录，验证码没有通过"]
    assert told(here.security) == ["账号 worker 密码对、验证码连错几次"]


def test_a_password_set_by_link_makes_its_browser_known(here):
    own, new = Client(), "另一棵老槐树下的石凳子"
    guess("desk")
    link = f"/accounts/begin/{issue_link(here.desk, at=timezone.now())}/"
    own.post(link, {"password": new, "again": new})
    guess("desk", network="10.30.{}.1")

    assert sign_in(own, "desk", new, address=HOME).status_code == 302
    assert waits(sign_in(Client(), "desk", new, address=OFFICE))


def test_invented_names_push_no_mark_out(here):
    own = Client()
    sign_in(own, "desk", address=OFFICE)
    guess("desk")
    for number in range(INVENTED):
        spend("login_failed_anywhere", f"nobody-{number}", 1)

    leave(own)
    assert waits(sign_in(Client(), "desk", address="10.8.8.8"))
    assert sign_in(own, "desk", address=HOME).status_code == 302
    assert sign_in(Client(), "desk", address=OFFICE).status_code == 302
