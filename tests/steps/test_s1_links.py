"""Links and hours: with consent, ended by either side; hours within the day, seats not beyond their number."""

from datetime import timedelta

import pytest

from tests.factories import COMMAND, MONDAY_NOON, family, household, linked_household
from yige.accounts.actors import Resident
from yige.archive.models import Link
from yige.contact.models import Appointment
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.portal import my_queries
from yige.steps.s1_approach import appointments, linking

AT = MONDAY_NOON
TOMORROW = AT + timedelta(days=1)


def offered(here, by=None, **said):
    said = {"kind": "secretary", "place": "社区服务站", "starts_at": TOMORROW, **said}
    return appointments.offer_slot(here.community, by=by or here.community_head, at=AT, **said)


@pytest.mark.parametrize("name", ["registrar", "street_head", "community_head"])
def test_area_is_given_by_those_above_it(here, name):
    link = linking.link_area(here.member, by=getattr(here, name), at=AT, path="/zz/js/9/")

    assert (link.kind, link.user, link.path) == ("area", here.member, "/zz/js/9/")


@pytest.mark.parametrize("name", ["grid_head", "micro", "member", "other_registrar", "desk", "idle"])
def test_area_is_not_given_by_others(here, name):
    with pytest.raises(NotAllowed):
        linking.link_area(here.member, by=getattr(here, name), at=AT, path="/zz/js/9/")

    assert not Link.objects.exists()


def test_household_is_linked_only_with_its_consent(here):
    made = household(here)

    with pytest.raises(NotSaid) as refusal:
        linking.link_household(made, by=here.micro, at=AT, user=here.member)
    linking.link_household(made, by=here.micro, at=AT, user=here.member, consented=True)

    assert refusal.value.fields == {"consented": "请先问过本户，同意了再勾选。"}
    assert Link.objects.get().consented_at == AT


@pytest.mark.parametrize("name", ["desk", "department", "idle"])
def test_link_is_held_only_by_those_whose_post_visits(here, name):
    with pytest.raises(NotSaid):
        linking.link_household(
            household(here), by=here.micro, at=AT, user=getattr(here, name), consented=True
        )


@pytest.mark.parametrize("who", ["member", "resident", "micro", "registrar"])
def test_link_is_ended_by_either_side(here, who):
    made = linked_household(here)
    by = Resident(None, made.pk) if who == "resident" else getattr(here, who)

    linking.unlink(Link.objects.get(), by=by, at=AT)

    assert Link.objects.get().until is not None


@pytest.mark.parametrize("who", ["stranger", "neighbour_head", "desk"])
def test_link_is_not_ended_by_others(here, who):
    linked_household(here)
    other = household(here, room="601")
    by = Resident(None, other.pk) if who == "stranger" else getattr(here, who)

    with pytest.raises(NotAllowed):
        linking.unlink(Link.objects.get(), by=by, at=AT)


def test_more_than_ten_households_are_a_note_and_no_wall(here):
    assert linking.household_count_note(here.member, AT) == ""
    for place in range(11):
        made = household(here, room=f"5{place:02}")
        linking.link_household(made, by=here.micro, at=AT, user=here.member, consented=True)

    assert (
        linking.household_count_note(here.member, AT)
        == "现在联系 11 户，多于 10 户。顾不过来的，可以请别人分担。"
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_at": AT - timedelta(hours=1)}, "starts_at"),
        ({"starts_at": AT + timedelta(hours=10)}, "starts_at"),
        ({"starts_at": AT + timedelta(days=91)}, "starts_at"),
        ({"place": " "}, "place"),
        ({"minutes": 5}, "minutes"),
        ({"seats": 0}, "seats"),
        ({"kind": "tea"}, "kind"),
    ],
)
def test_hour_that_makes_no_sense_is_refused_at_its_field(here, said, field):
    with pytest.raises(NotSaid) as refusal:
        offered(here, **said)

    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize("name", ["micro", "neighbour_head", "desk", "member"])
def test_secretary_hour_is_offered_by_heads_of_the_place(here, name):
    with pytest.raises(NotAllowed):
        offered(here, by=getattr(here, name))


def test_household_books_itself_and_the_host_is_told_without_its_name(here):
    made, slot = family(here), offered(here)

    appointments.book_slot(
        slot, by=Resident(made.contact_id, made.pk), at=AT, household=made, words="想说说停车"
    )

    row = Appointment.objects.get()
    assert (row.household, row.taken_by, row.words) == (made, None, "想说说停车")
    told = Notice.objects.get(kind="booked")
    assert (told.user_id, "停车" in told.body) == (here.community_head.pk, False)
    assert my_queries.slots(made.contact, AT) == []


def test_full_cancelled_past_and_foreign_hours_cannot_be_taken(here):
    first, second = family(here), family(here, room="601")
    away = family(here, path="/zzz/1/", estate="别院")
    full, gone, late = offered(here), offered(here), offered(here)
    appointments.book_slot(full, by=here.micro, at=AT, household=first)
    appointments.cancel_slot(gone, by=here.community_head, at=AT)

    for slot, made, at in (
        (full, second, AT),
        (full, first, AT),
        (gone, second, AT),
        (late, second, TOMORROW),
    ):
        with pytest.raises(Conflict):
            appointments.book_slot(slot, by=Resident(None, made.pk), at=at, household=made)
    with pytest.raises(NotAllowed):
        appointments.book_slot(late, by=Resident(None, away.pk), at=AT, household=away)
    with pytest.raises(NotAllowed):
        appointments.book_slot(late, by=here.neighbour_worker, at=AT, household=second)
    assert Appointment.objects.count() == 1


def test_cancelled_hour_cancels_what_was_booked(here):
    slot = offered(here)
    appointments.book_slot(slot, by=here.micro, at=AT, household=family(here))

    appointments.cancel_slot(slot, by=here.community_head, at=AT)

    assert Appointment.objects.get().cancelled_at == AT


def test_seat_given_back_can_be_taken_again(here):
    first, second, slot = family(here), family(here, room="601"), offered(here)
    row = appointments.book_slot(slot, by=here.micro, at=AT, household=first)

    appointments.cancel_appointment(row, by=Resident(None, first.pk), at=AT)
    appointments.book_slot(slot, by=here.micro, at=AT, household=second)

    with pytest.raises(NotAllowed):
        appointments.cancel_appointment(
            Appointment.objects.get(cancelled_at=None), by=Resident(None, first.pk), at=AT
        )


def test_meeting_is_noted_by_its_host_on_its_day(here):
    row = appointments.book_slot(offered(here), by=here.micro, at=AT, household=family(here))

    with pytest.raises(Conflict):
        appointments.hold_appointment(row, by=here.community_head, at=AT)
    with pytest.raises(NotAllowed):
        appointments.hold_appointment(row, by=here.micro, at=TOMORROW)
    appointments.hold_appointment(row, by=here.community_head, at=TOMORROW)

    assert Appointment.objects.get().held_at == TOMORROW


def test_command_line_may_link_an_area(here):
    assert linking.link_area(here.community_head, by=COMMAND, at=AT, path="/zz/js/").path == "/zz/js/"


def test_nobody_gives_an_area_to_oneself(here):
    with pytest.raises(NotAllowed, match="不能给自己安排"):
        linking.link_area(here.community_head, by=here.community_head, at=AT, path="/zz/js/9/")

    assert not here.community_head.links.exists()
