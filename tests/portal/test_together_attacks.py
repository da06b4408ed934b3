"""Calls, offers and wishes by somebody who wants more than is his: other people's ids, old offers, pressed twice, typed nonsense."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.policy.organisations import organisation, seated, shown
from tests.policy.volunteer_calls import as_oneself, neighbours, opened, sign_up, state_of
from tests.portal.residents import resident
from tests.scenes import scene
from yige.accounts.actors import COMMAND
from yige.alliance import actions, organisations, wishes
from yige.alliance.models import Seat, VolunteerCall, Wish
from yige.archive.places.organisations import close_organisation
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=2)
PHONES = [f"1990001{number:04}" for number in range(4)]
NONSENSE = ["", "abc", "0", "00000000-0000-0000-0000-000000000000", "' or 1=1", "\x00", "王" * 200]


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 4)
    far = factories.household(town, path="/zz/qt/1/1/", estate="远院", name="1号楼", room="101")
    town.stranger = factories.person(town, far, "赵远", phone="19900019999")
    return town


def wish_of(someone, words="想换一个亮一点的灯泡", shown=True, **said):
    return wishes.make_wish(someone, by=as_oneself(someone), at=AT, words=words, shown=shown, **said)


def claim(wish, someone):
    return wishes.claim_wish(wish, by=as_oneself(someone), at=AT, person=someone)


WORDS = ["想找李建国 13812345678", "打 １３８１２３４５６７８ 找我妹", "电话138-1234-5678", "138 1234 5678 找他", "微信号 13812345678", "座机 0371-67891234", "住5号楼2单元501的要灯泡"]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_a_wish_with_somebodys_number_is_not_kept(client, here, words):
    resident(client, PHONES[0])
    page = client.post("/my/wishes/make/", {"words": words, "shown": "on"})

    assert page.status_code == 422 and not Wish.objects.exists()


@pytest.mark.parametrize("verb", ["take_back", "give_back", "agree", "fulfil", "confirm", "not_yet"])
def test_a_neighbour_does_nothing_to_a_wish_but_claim_it(client, here, verb):
    wish = wish_of(here.people[0])
    resident(client, PHONES[1])
    page = client.post(f"/my/wishes/{wish.pk}/{verb}/")
    row = Wish.objects.get()

    assert page.status_code in (409, 422)
    assert (row.claimer, row.wisher_agreed_at, row.fulfilled_at, row.confirmed_at) == (None,) * 4


@pytest.mark.parametrize(
    "verb", ["take_back", "claim", "give_back", "agree", "fulfil", "confirm", "not_yet", "nonsense"]
)
def test_a_wish_that_is_private_claimed_or_far_away_is_not_there(client, here, verb):
    private, claimed = (
        wish_of(here.people[0], shown=False),
        claim(wish_of(here.people[0], "想下棋"), here.people[1]),
    )
    resident(client, PHONES[2])
    near = [client.post(f"/my/wishes/{wish.pk}/{verb}/").status_code for wish in (private, claimed)]
    client.cookies.clear()
    open_one = wish_of(here.people[2], "想看菊花")
    resident(client, "19900019999")

    assert near == [404, 404]
    assert client.post(f"/my/wishes/{open_one.pk}/{verb}/").status_code == 404
    assert "菊花" not in client.get("/my/wishes/").text


def test_the_verb_knows_what_the_page_knows(here):
    with pytest.raises(NotAllowed):
        claim(wish_of(here.people[0]), here.stranger)


def test_nobody_takes_all_the_wishes(here):
    rows = [wish_of(person, words) for person, words in zip(here.people[:2] * 2, ("灯泡一", "灯泡二", "灯泡三", "灯泡四"), strict=True)]  # fmt: skip
    for wish in rows[:3]:
        claim(wish, here.people[2])
    with pytest.raises(Conflict, match="最多认领"):
        claim(rows[3], here.people[2])

    wishes.fulfil_wish(rows[0], by=as_oneself(here.people[2]), at=AT, person=here.people[2])
    assert claim(rows[3], here.people[2]).claimer == here.people[2]


def test_what_was_said_to_be_done_is_not_given_back(here):
    wish, helper = claim(wish_of(here.people[0]), here.people[1]), here.people[1]
    wishes.fulfil_wish(wish, by=as_oneself(helper), at=AT, person=helper)
    with pytest.raises(Conflict, match="等本人确认"):
        wishes.give_back_wish(wish, by=as_oneself(helper), at=AT, person=helper)


def test_contact_is_open_between_both_agreeing_and_the_wish_come_true(here):
    wisher, helper = here.people[:2]
    wish = claim(wish_of(wisher), helper)
    browsers = [(resident(Client(), PHONES[0]), PHONES[1]), (resident(Client(), PHONES[1]), PHONES[0])]
    pages = {}

    def look(when):
        pages[when] = [other in browser.get("/my/wishes/").text for browser, other in browsers]

    look("claimed")
    wishes.agree_to_contact(wish, by=as_oneself(helper), at=AT, person=helper)
    look("one")
    wishes.agree_to_contact(wish, by=as_oneself(wisher), at=AT, person=wisher)
    look("both")
    wishes.fulfil_wish(wish, by=as_oneself(helper), at=AT, person=helper)
    wishes.confirm_wish(wish, by=as_oneself(wisher), at=AT, fulfilled=True)
    look("over")
    assert pages == {"claimed": [False] * 2, "one": [False] * 2, "both": [True] * 2, "over": [False] * 2}


def test_another_claimer_learns_nothing_that_was_agreed_with_the_first(here):
    wisher, first, second = here.people[:3]
    wish = claim(wish_of(wisher), first)
    wishes.agree_to_contact(wish, by=as_oneself(wisher), at=AT, person=wisher)
    wishes.give_back_wish(wish, by=as_oneself(first), at=AT, person=first)
    wish = claim(wish, second)
    wish = wishes.agree_to_contact(wish, by=as_oneself(second), at=AT, person=second)

    assert wishes.contact_for(wish, second) is None and wishes.contact_for(wish, first) is None


def test_an_offer_that_is_over_is_not_confirmed(client, here):
    call = opened(here, AT, wanted=1)
    for someone in here.people[:2]:
        sign_up(call, someone, AT)
    actions.remove_seat(call, by=here.grid_head, at=AT, seat=call.seats.first(), reason="改天再来")
    Seat.objects.filter(state="offered").update(offer_until=AT)
    resident(client, PHONES[1])
    late = client.post(f"/my/calls/{call.pk}/confirm/")

    assert late.status_code == 409 and "过了时间" in late.text
    assert state_of(call, here.people[1]) != "confirmed"


@pytest.mark.parametrize("verb", ["confirm", "decline", "leave"])
def test_nobody_acts_on_the_seat_of_another(client, here, verb):
    call = opened(here, AT, wanted=1)
    for someone in here.people[:2]:
        sign_up(call, someone, AT)
    resident(client, PHONES[2])
    said = {"person": here.people[0].pk, "seat": call.seats.first().pk}
    page = client.post(f"/my/calls/{call.pk}/{verb}/", said)

    assert page.status_code == 409
    assert [state_of(call, someone) for someone in here.people[:3]] == ["signed_up", "waiting", ""]


def test_pressed_twice_is_one_seat_and_one_wish(client, here):
    call = opened(here, AT)
    resident(client, PHONES[0])
    key = "k" * 24
    for _ in range(2):
        client.post(f"/my/calls/{call.pk}/sign_up/", {"key": key})
        client.post("/my/wishes/make/", {"words": "想理个发", "key": key})

    assert (Seat.objects.count(), Wish.objects.count()) == (1, 1)


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_for_an_id_is_no_fault_of_the_house(client, here, value):
    opened(here, AT)
    shown(here, AT)
    wrong = []
    for address in ("/together/", "/together/organisations/", "/together/calendar.ics"):
        wrong.append((address, client.get(address, {"in": value, "page": value}).status_code))
    resident(client, PHONES[0])
    for address, said in (
        ("/my/help/offer/", {"skill": value, "hours": value}), ("/my/help/report_in/", {"unit": value}),
        ("/my/help/join/", {"shows_name": value}), ("/my/wishes/make/", {"words": value, "shown": value}),
    ):  # fmt: skip
        wrong.append((address, client.post(address, said).status_code))
    client.force_login(here.micro)
    door = f"/work/households/{here.people[0].household_id}/"
    for address, said in (
        ("calls/", {"call": value, "person": value}), ("help/", {"person": value, "skill": value}),
        ("wishes/", {"person": value, "words": "想理发"}),
    ):  # fmt: skip
        wrong.append((address, client.post(door + address, said).status_code))
    client.force_login(here.grid_head)
    row = organisation(here, AT, name="太极队")
    for address, said in (
        (f"social-organisations/{row.pk}/give-seat/", {"user": value}), ("reporting-units/new/", {"grid": value}),
        (f"social-organisations/{row.pk}/write/", {"seen": value, "does": value}), ("volunteer-calls/new/", {"area": value}),
    ):  # fmt: skip
        wrong.append((address, client.post(f"/console/{address}", said).status_code))

    assert [each for each in wrong if each[1] >= 500] == []


def test_somebody_of_another_household_is_not_signed_up_at_the_door(client, here):
    call = opened(here, AT, grid=here.street, by=here.street_head)
    client.force_login(here.micro)
    door = f"/work/households/{here.people[0].household_id}/"
    codes = [
        client.post(f"{door}{page}", said | {"person": here.stranger.pk}).status_code
        for page, said in (
            ("calls/", {"call": call.pk}),
            ("help/", {"skill": "hair"}),
            ("wishes/", {"words": "想理发"}),
        )
    ]

    assert codes == [422, 422, 422] and not Seat.objects.exists() and not Wish.objects.exists()


def test_a_head_or_seat_of_another_place_touches_no_call(client, here):
    seated(here, AT)
    call = opened(here, AT)
    sign_up(call, here.people[0], AT)
    own = opened(here, AT, by=here.choir, hour=14)
    seat = call.seats.get()
    for who, target in ((here.neighbour_head, call), (here.choir, call), (here.neighbour_head, own)):
        client.force_login(who)
        line = f"/console/volunteer-calls/{target.pk}/"
        codes = {client.post(f"{line}{verb}/", {"reason": "不要"}).status_code for verb in ("change", "cancel", "finish", "thank")}  # fmt: skip
        codes.add(client.post(f"{line}seats/{seat.pk}/", {"reason": "不要"}).status_code)
        assert codes == {404}
    client.force_login(here.choir)  # the id of a seat of another call under the own one
    assert (
        client.post(f"/console/volunteer-calls/{own.pk}/seats/{seat.pk}/", {"reason": "不要"}).status_code
        == 404
    )
    assert state_of(call, here.people[0]) == "signed_up"


def test_a_closed_organisation_leaves_no_dead_link(client, here):
    row = seated(here, AT)
    call = opened(here, AT, by=here.choir)
    linked = client.get(f"/together/{call.pk}/").text
    close_organisation(row, by=COMMAND, at=AT)
    after = client.get(f"/together/{call.pk}/").text

    assert f"/together/organisations/{row.pk}/" in linked
    assert row.name in after and f"/together/organisations/{row.pk}/" not in after
    assert organisations.organisation_of_seat(here.choir, AT) is None


def test_a_seat_opens_no_call_beyond_its_community_or_for_members_of_branches(here):
    seated(here, AT)
    with pytest.raises(NotAllowed):
        opened(here, AT, by=here.choir, grid=factories.grid("/zz/qt/"))
    with pytest.raises(NotSaid):
        opened(here, AT, by=here.choir, words="打 13812345678 报名")
    assert not VolunteerCall.objects.exists()
