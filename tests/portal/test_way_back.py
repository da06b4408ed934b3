"""The way back to what was reported: a message with the link on sending, and a list behind a code to the same phone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import MONDAY_NOON, family
from tests.portal.residents import resident
from tests.portal.test_my_sign_in import asked, bare
from tests.scenes import scene
from yige.archive.models import SignIn, SignInCode
from yige.archive.rights import signing_in
from yige.audit.models import LogEntry
from yige.channels import messages
from yige.channels.wires import send_by_wires
from yige.clock import acts
from yige.notices.models import Notice
from yige.portal import links

pytestmark = pytest.mark.django_db
PHONE, OTHER, UNKNOWN, ON_FILE = "19900003333", "19900004444", "19900009999", "19900000001"


@scene
def here():
    factories.category()
    town = factories.town()
    town.family = family(town)
    return town


def left(here, phone=PHONE, *, at=None, **said):
    return factories.reported(here, at=at or timezone.now(), contact={"name": "甲", "phone": phone}, **said)


def receipt(case):
    return Notice.objects.get(subject_id=case.pk, kind="receipt")


def test_link_goes_to_the_phone_on_sending(here, settings, tmp_path):
    settings.DEMO, settings.YIGE_OUTBOX_FOLDER = True, tmp_path
    case = left(here, at=MONDAY_NOON)

    acts.send_notices(MONDAY_NOON + timedelta(seconds=5))

    text = "".join(page.read_text() for page in tmp_path.iterdir())
    assert PHONE in text
    assert f"您反映的事项 {case.number} 已收到" in text
    assert links.absolute(case) in text
    assert "路灯" not in text


def test_link_waits_for_the_morning_at_night_unless_it_is_an_emergency(here):
    night = MONDAY_NOON + timedelta(hours=11)  # 23:00 in Shanghai

    calm, urgent = left(here, at=night), left(here, at=night, urgency="emergency")

    morning = receipt(calm).send_after
    assert (morning - night, timezone.localtime(morning).hour) == (timedelta(hours=9), 8)
    assert receipt(urgent).send_after == night


def test_page_says_when_the_link_goes_out(client, here, settings):
    settings.DEMO = True
    case = left(here)
    row = receipt(case)
    Notice.objects.filter(pk=row.pk).update(send_after=timezone.now())
    by_day = client.get(links.address(case, "sent")).text
    Notice.objects.filter(pk=row.pk).update(send_after=timezone.now() + timedelta(hours=6))
    by_night = client.get(links.address(case, "sent")).text
    settings.DEMO = False
    without_a_wire = client.get(links.address(case, "sent")).text

    assert '这个链接马上发到 <b class="yg-digits">199****3333</b>' in by_day
    assert "夜里不打扰您" in by_night
    assert "199****3333" not in without_a_wire  # nothing is promised that nobody sends


def test_anonymous_report_and_old_list_send_nothing(here):
    factories.reported(here)
    factories.reported(here, by=factories.COMMAND, contact={"phone": PHONE})

    assert not Notice.objects.filter(kind="receipt").exists()


def test_lost_receipt_is_found_by_phone_and_code(client, here):
    mine, old = left(here), left(here, "+86 199 0000 3333", words="楼道堆物")
    theirs = left(here, OTHER)
    assert 'href="/my/sign-in/"' in client.get("/lookup/").text

    client.post("/my/sign-in/", {"phone": "199 0000 3333"})
    sent = Notice.objects.filter(kind="sign_in").latest("created_at")
    code = re.search(r"\d{6}", messages.message_of(sent).text)[0]
    assert messages.recipient_of(sent).phone == PHONE
    answered = client.post("/my/code/", {"code": code})
    text = client.get(answered["Location"]).text

    assert answered["Location"] == "/my/reports/"
    assert links.address(mine) in text and links.address(old) in text
    assert theirs.number not in text
    assert client.get(links.address(mine)).status_code == 200
    assert not SignIn.objects.exists()
    assert client.get("/my/file/")["Location"] == "/my/sign-in/"  # the phone opens no file
    assert LogEntry.objects.filter(verb="archive.confirm_phone").count() == 1


def test_number_of_a_report_and_any_other_get_the_same_answer_for_the_same_work(here):
    left(here)
    (_, known, work), (_, unknown, same_work) = asked(PHONE), asked(UNKNOWN)

    assert bare(known) == bare(unknown)
    assert [sql[:60] for sql in work] == [sql[:60] for sql in same_work]


def test_nobody_is_sent_a_code_who_left_no_number(here):
    left(here)
    asked(UNKNOWN)
    notice = Notice.objects.get(kind="sign_in")

    assert messages.recipient_of(notice).phone == ""
    assert send_by_wires(notice) == ""


def test_list_closes_after_ten_minutes_and_on_leaving(client, here):
    case = left(here)
    client.post("/my/sign-in/", {"phone": PHONE})
    client.post("/my/code/", {"code": code_for(PHONE)})
    assert case.number in client.get("/my/reports/").text
    cookie = client.cookies["yg-code"].value

    SignInCode.objects.update(used_at=timezone.now() - timedelta(minutes=10))
    late = client.get("/my/reports/")
    SignInCode.objects.update(used_at=timezone.now())
    client.post("/my/sign-out/")

    assert (late.status_code, late["Location"]) == (302, "/my/sign-in/")
    assert client.get("/my/reports/").status_code == 302
    assert cookie


def code_for(phone):
    row = SignInCode.objects.order_by("-made_at").first()
    found, code = signing_in.to_send(row.pk, at=timezone.now(), is_known=lambda number: True)
    assert found == phone
    return code


def test_code_that_was_not_answered_shows_nothing(here):
    left(here)
    browser = Client()
    browser.post("/my/sign-in/", {"phone": PHONE})

    assert browser.get("/my/reports/")["Location"] == "/my/sign-in/"


def test_own_reports_stand_on_the_own_pages_with_their_links(client, here):
    mine, theirs = left(here, ON_FILE), left(here, OTHER)

    text = resident(client).get("/my/").text

    assert "我反映的事" in text
    assert links.address(mine) in text
    assert theirs.number not in text


def test_own_report_stands_as_the_last_of_a_chain_of_merges(client, here):
    mine, middle, last = (
        left(here, ON_FILE),
        left(here, OTHER),
        factories.life(here, "progressed", at=timezone.now() - timedelta(hours=3)),
    )
    factories.act("merge", mine, by=here.desk, at=timezone.now(), into=middle)
    factories.act("merge", middle, by=here.desk, at=timezone.now(), into=last)

    pages = [resident(client).get(page).text for page in ("/my/", "/my/reports/")]

    assert ["和别人反映的一起办：处置中" in text for text in pages] == [True, True]
    assert not any("已并案" in text for text in pages)


def test_removed_contact_is_found_no_more(client, here):
    case = left(here)
    case.reporter.phone_index, case.reporter.phone_sealed = None, None
    case.reporter.removed_at = timezone.now()
    case.reporter.save()
    asked(PHONE)

    assert messages.recipient_of(Notice.objects.get(kind="sign_in")).phone == ""
