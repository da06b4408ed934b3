"""A refused form has an address: “back” and “reload” send nothing again, and what was typed is still there."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.portal.residents import resident
from tests.scenes import scene
from yige.cases.models import Case
from yige.portal import links

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@scene
def here():
    factories.category()
    town = factories.town()
    town.family = factories.family(town)
    return town


@scene
def case(here):
    return factories.life(here, "handling", at=timezone.now() - timedelta(hours=3))


def send(client, page, typed, *, to="", **headers):
    """Send a form as a browser does by itself from a page of ours."""
    browser = {"Accept": "text/html,*/*;q=0.8", "Referer": SITE + page}
    return client.post(to or page, typed, headers=browser | headers)


def key():
    return str(uuid.uuid4())


def sent(here, case):
    """What is refused, by who: (client, page, where the form is sent, what is typed, what the page says)."""
    staff, mine = Client(), resident(Client())
    staff.force_login(here.worker)
    own = links.address(case)
    return {
        "withdraw": (Client(), own, f"{own}withdraw/", {"key": key(), "words": ""}, "请写一句原因"),
        "add": (Client(), own, f"{own}add/", {"key": key(), "words": "长" * 1001}, "长" * 1001),
        "lookup": (Client(), "/lookup/", "", {"number": "不是编号", "secret": "X"}, "不是编号"),
        "platform": (Client(), "/platform/", "", {"key": key(), "words": "", "contact": "何必"}, "何必"),
        "ask": (mine, "/my/requests/new/", "", {"kind": "erase", "words": "长" * 3000}, "长" * 3000),
        "sign in": (Client(), "/my/sign-in/", "", {"phone": "一二三"}, "一二三"),
        "a verb of staff": (
            staff, f"/console/cases/{case.number}/?do=progress", f"/console/cases/{case.number}/progress/",
            {"key": key(), "seen": 1, "words": "换了灯头再说"}, "换了灯头再说",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["withdraw", "add", "lookup", "platform", "ask", "sign in", "a verb of staff"]
)
def test_a_refused_form_leads_to_a_page_that_can_be_loaded_again(here, case, name):
    client, page, to, typed, words = sent(here, case)[name]

    led = send(client, page, typed, to=to)
    shown = client.get(led["Location"], follow=True)
    again = client.get(shown.request["PATH_INFO"] + "?" + shown.request["QUERY_STRING"])

    assert led.status_code == 303
    assert shown.status_code in (409, 422)
    assert words in shown.text
    assert again.text == shown.text
    assert "no-store" in again["Cache-Control"]
    assert again.request["PATH_INFO"] == page.partition("?")[0]


def test_a_resident_reads_what_to_mend_first_with_a_link_to_its_field(case):
    own = links.address(case)

    led = send(Client(), own, {"key": key(), "words": ""}, to=f"{own}withdraw/")
    text = Client().get(led["Location"], follow=True).text

    assert re.search(r'<a\s+href="#withdraw_words"\s*>为什么撤回</a>', text)
    assert text.count("autofocus") == 1
    assert "还没有提交 ·" in text.partition("</title>")[0]


def test_the_form_is_sent_from_there_as_from_the_page(case):
    client, own = Client(), links.address(case)
    led = send(client, own, {"key": key(), "words": ""}, to=f"{own}withdraw/")
    shown = client.get(led["Location"], follow=True)

    done = send(
        client, shown.request["PATH_INFO"], {"key": key(), "words": "已经好了", "seen": case.version},
        to=f"{own}withdraw/",
    )  # fmt: skip

    assert done.status_code == 302
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


@pytest.mark.parametrize(
    "how", [{"HX-Request": "true"}, {"X-Yige-Send": "1"}, {"Referer": "https://else.where/"}]
)
def test_a_script_and_who_comes_from_elsewhere_are_answered_at_once(case, how):
    own = links.address(case)

    assert send(Client(), own, {"key": key(), "words": ""}, to=f"{own}withdraw/", **how).status_code == 422


def test_nobody_else_is_shown_the_page_and_what_is_kept_is_sealed(here, case):
    staff, other = Client(), Client()
    staff.force_login(here.worker)
    other.force_login(here.desk)
    page = f"/console/cases/{case.number}/"
    led = send(staff, page, {"key": key(), "seen": 1, "words": "先不要说出去"}, to=f"{page}progress/")
    lasting = led["Location"].partition("refused=")[2]

    pages = {
        "desk": other.get(f"{page}?refused={lasting}"),
        "elsewhere": staff.get(f"/console/?refused={lasting}"),
        "nobody": Client().get(f"{page}?refused={lasting}", follow=True),
        "unknown": staff.get(f"{page}?refused={key()}"),
        "no key": staff.get(f"{page}?refused=x"),
    }
    staff.logout()
    pages["gone"] = staff.get(f"{page}?refused={lasting}", follow=True)

    assert not [name for name, shown in pages.items() if "先不要说出去" in shown.text]
    assert "先不要说出去".encode() not in bytes(caches["pages"].get(lasting))


def test_when_its_time_is_over_the_page_itself_is_shown(case):
    own = links.address(case)
    led = send(Client(), own, {"key": key(), "words": ""}, to=f"{own}withdraw/")
    shown = Client().get(led["Location"])  # the address of the act leads back to the page
    caches["pages"].clear()

    assert Client().get(shown["Location"]).status_code == 200
