"""Social organisations are rows of the archive: a page, a seat that runs one of them and nothing else, who takes part."""

import pytest

from tests import factories
from tests.factories import MONDAY_NOON as AT
from tests.factories import life
from tests.policy.organisations import TOLD, organisation, seated, shown
from tests.policy.volunteer_calls import as_oneself, changed, opened, told
from yige.accounts.actors import COMMAND
from yige.alliance import actions, organisations
from yige.alliance.models import OrganisationMember, OrganisationSeat, VolunteerCall
from yige.archive.places.organisations import close_organisation
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


def join(row, someone, **said):
    return organisations.join_organisation(row, by=as_oneself(someone), at=AT, person=someone, **said)


def call_of(here, **said):
    return opened(here, AT, by=here.choir, **said)


def test_an_organisation_of_another_kind_or_closed_has_no_page(here):
    shop, choir = organisation(here, AT, name="便利店", kind="shop"), shown(here, AT)
    with pytest.raises(Conflict, match="不是在办的社会组织"):
        organisations.write_page(shop, by=here.grid_head, at=AT, **TOLD)
    assert list(organisations.shown_organisations()) == [choir]

    close_organisation(choir, by=COMMAND, at=AT)
    assert not organisations.shown_organisations().exists()
    with pytest.raises(Conflict, match="停办"):
        join(choir, here.people[0])


@pytest.mark.parametrize("name", ["neighbour_head", "worker", "desk", "registrar", "choir"])
def test_who_writes_no_page_and_gives_no_seat(here, name):
    row, by = shown(here, AT), getattr(here, name)

    with pytest.raises(NotAllowed):
        organisations.write_page(row, by=by, at=AT, **TOLD)
    with pytest.raises(NotAllowed):
        organisations.give_seat(row, by=by, at=AT, user=here.choir)
    assert not OrganisationSeat.objects.exists()


def test_a_page_names_nobody(here):
    with pytest.raises(NotSaid) as refused:
        organisations.write_page(
            organisation(here, AT),
            by=here.grid_head,
            at=AT,
            **TOLD | {"joins": "打 13812345678 找我", "meets": ""},
        )

    assert set(refused.value.fields) == {"joins", "meets"} and "公开电话" in refused.value.fields["joins"]


def test_a_seat_needs_a_post_for_it_and_runs_one(here):
    row, other = shown(here, AT), shown(here, AT, name="太极队")
    with pytest.raises(NotSaid, match="席位"):
        organisations.give_seat(row, by=here.grid_head, at=AT, user=here.worker)
    organisations.give_seat(row, by=here.grid_head, at=AT, user=here.choir)
    with pytest.raises(NotSaid):
        organisations.give_seat(other, by=here.grid_head, at=AT, user=here.choir)
    assert organisations.organisation_of_seat(here.choir, AT) == row

    organisations.end_seat(row, by=here.community_head, at=AT, user=here.choir)
    assert organisations.organisation_of_seat(here.choir, AT) is None
    with pytest.raises(NotAllowed):
        call_of(here)


def test_a_seat_calls_in_the_name_of_its_organisation_alone(here):
    row = seated(here, AT)
    call = call_of(here)
    assert (call.organisation, call.case, call.unit, str(call.caller)) == (
        row,
        None,
        here.community_unit,
        row.name,
    )

    with pytest.raises(NotAllowed, match="不为事项"):
        call_of(here, case=life(here, "handling", at=AT), hour=14)
    with pytest.raises(NotAllowed):
        call_of(here, grid=here.street)
    close_organisation(row, by=COMMAND, at=AT)
    with pytest.raises(NotAllowed):
        actions.cancel_call(call, by=here.choir, at=AT, reason="雨大")
    assert VolunteerCall.objects.count() == 1


def test_a_seat_runs_no_call_of_a_head_or_of_another_organisation(here):
    seated(here, AT)
    second = factories.staff("choir_2", "organisation_seat", "/zz/js/", here.community_unit)
    other = shown(here, AT, name="太极队")
    organisations.give_seat(other, by=here.grid_head, at=AT, user=second)
    heads, own = opened(here, AT), call_of(here, hour=14)

    assert [list(VolunteerCall.objects.visible_to(user, AT)) for user in (here.choir, second)] == [[own], []]
    for call, by in ((heads, here.choir), (own, second)):
        with pytest.raises(NotAllowed):
            actions.cancel_call(call, by=by, at=AT, reason="雨大")
    changed(here, own, AT, wanted=3)  # the head of the grid looks after it too


def test_who_takes_part_is_asked_by_its_own_call_and_by_no_other(here):
    row, (first, second) = seated(here, AT), here.people[:2]
    join(row, first)
    call_of(here)
    opened(here, AT, hour=14, tells_members=True)
    assert told(first) == []

    call_of(here, hour=16, tells_members=True)
    assert len(told(first)) == 1 and told(second) == []


def test_only_the_seat_sees_who_wants_to_be_seen(here):
    row, (first, second) = seated(here, AT), here.people[:2]
    join(row, first, shows_name=True), join(row, second)

    assert [each.person for each in organisations.members_seen_by(here.choir, row, AT)] == [first]
    assert organisations.members_seen_by(here.choir, shown(here, AT, name="太极队"), AT) == []
    for name in ("grid_head", "community_head", "street_head", "registrar"):
        assert organisations.members_seen_by(getattr(here, name), row, AT) == []


def test_joined_by_oneself_left_without_a_trace(here):
    row, someone = seated(here, AT), here.people[0]
    for by in (here.micro, here.choir, as_oneself(here.people[1])):
        with pytest.raises(NotAllowed, match="只能自己"):
            organisations.join_organisation(row, by=by, at=AT, person=someone)
    join(row, someone), join(row, someone, shows_name=True)
    assert OrganisationMember.objects.get().shows_name

    organisations.leave_organisation(row, by=as_oneself(someone), at=AT, person=someone)
    lines = LogEntry.objects.filter(verb__in=["alliance.join_organisation", "alliance.leave_organisation"])
    assert {(line.actor_id, line.subject_id) for line in lines} == {(None, str(row.pk))}
    assert not OrganisationMember.objects.exists()


def test_it_goes_with_the_file(here):
    join(shown(here, AT), here.people[0])
    erasing.erase([here.people[0]], by=COMMAND, at=AT, what=DeletionKind.PERSON)

    assert not OrganisationMember.objects.exists()
