"""What neighbours read of calls, and what one does on one's own: three taps, no script, nothing about who comes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests import factories
from tests.policy.volunteer_calls import SAID, branch, done, neighbours, opened, sign_up, state_of
from tests.portal.residents import resident, sign_in
from tests.portal.test_pages import weight
from tests.scenes import scene
from yige.alliance import actions, seat_rules, seats, wishes
from yige.alliance.models import Certificate, HelpOffer, Wish

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=2)
PHONE = "19900010000"


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 3)
    return town


@pytest.fixture
def call(here):
    return opened(here, AT, wanted=1)


def test_nothing_is_said_where_nothing_is_called_for(client, here):
    page = client.get("/together/").text

    assert "现在没有要人手的事" in page
    assert client.get("/together/?in=nonsense").status_code == 200


def test_three_taps_with_signing_in_on_the_way(client, here, call):
    assert "/together/" in client.get("/").text
    assert f"/together/{call.pk}/" in client.get("/together/").text
    assert f"/my/calls/{call.pk}/" in client.get(f"/together/{call.pk}/").text

    client.get(f"/my/calls/{call.pk}/")
    sign_in(client, PHONE)
    page = client.post(f"/my/calls/{call.pk}/sign_up/", follow=True)

    assert "报上了，等您来" in page.text
    assert state_of(call, here.people[0]) == "signed_up"


def test_signing_in_leads_back_to_the_call(client, here, call):
    client.get(f"/my/calls/{call.pk}/")

    assert sign_in(client, PHONE) == f"/my/calls/{call.pk}/"


def test_full_then_offered_then_confirmed(client, here, call):
    sign_up(call, here.people[1], AT)
    resident(client, PHONE)
    waits = client.post(f"/my/calls/{call.pk}/sign_up/", follow=True)
    actions.remove_seat(
        call, by=here.grid_head, at=timezone.now(), seat=call.seats.first(), reason="改天再来"
    )
    offered = client.get(f"/my/calls/{call.pk}/")
    mine = client.get("/my/calls/")
    client.post(f"/my/calls/{call.pk}/confirm/")

    assert "替您排上了队" in waits.text
    assert "确认，我来" in offered.text and "前确认" in mine.text
    assert state_of(call, here.people[0]) == "confirmed"
    assert client.post(f"/my/calls/{call.pk}/confirm/").status_code == 409


def test_leaving_is_one_tap_and_says_the_calls_sentence_when_late(client, here):
    early, late = (
        opened(here, AT),
        opened(here, timezone.now(), days=1, hour=8, late_words="水要煮好了等大家，早点说一声。"),
    )
    for each in (early, late):
        sign_up(each, here.people[0], AT)
    resident(client, PHONE)

    assert "水要煮好" not in client.get(f"/my/calls/{early.pk}/").text
    assert ("水要煮好" in client.get(f"/my/calls/{late.pk}/").text) is (
        late.starts_at - timezone.now() < timedelta(days=1)
    )
    client.post(f"/my/calls/{early.pk}/leave/")
    assert not early.seats.exists()
    again = client.post(f"/my/calls/{early.pk}/leave/")
    assert (again.status_code, "没有您的报名" in again.text) == (409, True)


def test_no_page_for_all_says_who_comes(client, here, call):
    sign_up(call, here.people[0], AT)
    seats.sign_up(call, by=here.micro, at=AT, person=here.people[1])
    pages = [
        client.get(path).text
        for path in (
            "/together/",
            f"/together/{call.pk}/",
            "/together/calendar.ics",
            f"/together/{call.pk}/call.ics",
        )
    ]

    assert all(SAID["title"] in page for page in pages)
    assert not [
        page for page in pages for words in ("王小", "王*", PHONE, "某micro", "某grid_head") if words in page
    ]


def test_feed_and_invitation_carry_the_same_uid(client, here, call):
    feed, one = (
        Calendar.from_ical(client.get(path).content)
        for path in ("/together/calendar.ics", f"/together/{call.pk}/call.ics")
    )
    events = [calendar.walk("VEVENT")[0] for calendar in (feed, one)]

    assert events[0]["UID"] == events[1]["UID"]
    assert [event["DTSTART"].dt for event in events] == [call.starts_at] * 2
    actions.cancel_call(call, by=here.grid_head, at=timezone.now(), reason="那天有大雨")
    gone = Calendar.from_ical(client.get(f"/together/{call.pk}/call.ics").content).walk("VEVENT")[0]
    assert (gone["STATUS"], gone["UID"], gone["SEQUENCE"]) == ("CANCELLED", events[0]["UID"], 2)


def test_calls_of_another_community_are_chosen_away(client, here, call):
    factories.grid("/zz/qt/")
    opened(here, AT, grid=here.street, by=here.street_head, title="全街道的")

    assert SAID["title"] in client.get(f"/together/?in={here.community.code}").text
    assert "全街道的" not in client.get(f"/together/?in={here.community.code}").text


def test_certificate_is_the_own_one_and_its_number_says_unit_and_day_alone(client, here):
    done(here, AT - timedelta(days=3), here.people[:1])
    resident(client, PHONE)
    assert "单位team开一份" in client.get("/my/calls/").text
    client.post("/my/certificates/team/issue/")
    row = Certificate.objects.get()
    file = client.get(f"/my/certificates/{row.pk}/certificate.pdf")
    client.cookies.clear()
    check = client.get("/together/certificates/", {"number": row.number.lower().replace("-", " ")}).text
    wrong = client.get("/together/certificates/", {"number": "ABCD-EFGH"}).text

    assert file.content[:5] == b"%PDF-"
    assert "单位team" in check and "王小" not in check and SAID["title"] not in check
    assert "没有这个证明号" in wrong
    resident(client, "19900010001")
    assert client.get(f"/my/certificates/{row.pk}/certificate.pdf").status_code == 404
    client.post("/my/certificates/team/issue/")
    assert Certificate.objects.count() == 1


def test_my_own_calls_tell_no_total(client, here):
    done(here, AT - timedelta(days=3), here.people[:1])
    resident(client, PHONE)
    page = client.get("/my/calls/").text

    assert "来了" in page
    assert not [words for words in ("累计", "小时", "共", "次数") if words in page]


def test_somebody_at_the_door_signs_up_who_asks(client, here, call):
    client.force_login(here.micro)
    address = f"/work/households/{here.people[0].household_id}/calls/"
    said = {"call": call.pk, "person": here.people[0].pk}
    none = client.post(address, said | {"person": ""})
    page = client.post(address, said, follow=True)

    assert none.status_code == 422 and "请选是谁" in none.text
    assert "报上了" in page.text
    assert call.seats.get().taken_by == here.micro
    client.post(address, said | {"leaves": "on"})
    assert not call.seats.exists()
    client.force_login(here.neighbour_worker)
    assert client.post(address, said).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_statements_of_the_pages(client, here, count, django_assert_num_queries):
    for number in range(count):
        sign_up(opened(here, AT, days=2 + number), here.people[0], AT)
    resident(client, PHONE)
    client.get("/together/")

    with django_assert_num_queries(3):
        page = client.get("/together/")
    assert page.text.count(SAID["title"]) == count
    assert sum(weight(page.text)) <= 60 * 1024


def test_what_i_can_help_with_and_my_branch(client, here):
    branch(here, AT)
    resident(client, PHONE)
    first = client.get("/my/help/").text
    wrong = client.post("/my/help/offer/", {"skill": "", "hours": "any"})
    client.post("/my/help/offer/", {"skill": "hair", "hours": "weekends"})
    client.post("/my/help/join/", {"shows_name": "on"})
    said, file = client.get("/my/help/").text, client.get("/my/file/").text

    assert "我是党员，自己登记" in first and wrong.status_code == 422 and "请选一样" in wrong.text
    assert "理发" in said and "周末有空" in said and "支部书记看得到您的称呼" in said
    assert "第九网格党支部" in file and "理发，周末有空" in file
    client.post("/my/help/withdraw/", {"skill": "hair"})
    client.post("/my/help/leave/")
    gone = client.get("/my/help/").text
    assert "周末有空" not in gone and "退出登记" not in gone


def test_a_wish_from_saying_it_to_thanks(client, here):
    wisher, neighbour = here.people[:2]
    resident(client, PHONE)
    wrong = client.post("/my/wishes/make/", {"words": "打 13812345678 找我", "shown": "on"})
    client.post("/my/wishes/make/", {"words": "想换一个亮一点的灯泡", "shown": "on"})
    wish = Wish.objects.get()
    client.cookies.clear()
    resident(client, "19900010001")
    seen = client.get("/my/wishes/").text
    for verb in ("claim", "agree", "fulfil"):
        client.post(f"/my/wishes/{wish.pk}/{verb}/")
    closed = client.get("/my/wishes/").text
    client.cookies.clear()
    resident(client, PHONE)
    client.post(f"/my/wishes/{wish.pk}/agree/")
    both = client.get("/my/wishes/").text
    client.post(f"/my/wishes/{wish.pk}/confirm/")

    assert wrong.status_code == 422 and "13812345678" in wrong.text and "像电话" in wrong.text
    assert "灯泡" in seen and "王小0" not in seen and PHONE not in seen and "王小0" not in closed
    assert "19900010001" in both
    wish.refresh_from_db()
    assert wish.confirmed_at and (wish.person, wish.claimer) == (wisher, neighbour)
    client.cookies.clear()
    resident(client, "19900010002")
    assert client.post(f"/my/wishes/{wish.pk}/take_back/").status_code == 404


def test_a_wish_at_the_door(client, here):
    client.force_login(here.micro)
    address = f"/work/households/{here.people[0].household_id}/wishes/"
    none = client.post(address, {"person": "", "words": "想理个发"})
    client.post(address, {"person": here.people[0].pk, "words": "想理个发"})
    wish = Wish.objects.get()
    client.post(f"{address}{wish.pk}/fulfil/")
    own = client.post(f"{address}{wish.pk}/confirm/")
    client.force_login(here.worker)
    told = client.post(f"{address}{wish.pk}/confirm/", follow=True)

    assert none.status_code == 422 and "请选是谁" in none.text
    assert (wish.taken_by, wish.shown) == (here.micro, False)
    assert own.status_code == 422 and "不能自己确认" in own.text
    assert "办到了" in told.text


def test_offer_at_the_door_lists_nothing(client, here):
    someone = here.people[0]
    client.force_login(here.micro)
    address = f"/work/households/{someone.household_id}/help/"
    none = client.post(address, {"person": "", "skill": "hair"})
    done = client.post(address, {"person": someone.pk, "skill": "hair", "hours": "weekends"}, follow=True)
    offer = HelpOffer.objects.get()

    assert none.status_code == 422 and "请选是谁" in none.text
    assert "只有本人看得到" in done.text and "周末有空" not in done.text
    assert (offer.person, offer.skill, offer.hours) == (someone, "hair", "weekends")
    client.post(address, {"person": someone.pk, "skill": "hair", "withdraws": "on"})
    assert not HelpOffer.objects.exists()
    client.force_login(here.neighbour_worker)
    assert client.post(address, {"person": someone.pk, "skill": "hair"}).status_code == 404


def test_help_says_the_rules_out_of_the_tables(client, here, monkeypatch):
    first = client.get("/about/").text
    monkeypatch.setattr(seat_rules, "OFFER_LASTS", timedelta(hours=31))
    monkeypatch.setattr(wishes, "MOST_CLAIMED", 17)
    changed = client.get("/about/").text

    assert "24 小时里确认" in first and "同时最多认领 3 个" in first
    assert "31 小时里确认" in changed and "同时最多认领 17 个" in changed
    assert "/about/#together" in client.get("/together/").text
