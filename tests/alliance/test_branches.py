"""Branches and offers: registered by oneself alone, seen by nobody else, asked by a call, gone when taken back."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON as AT
from tests.policy.volunteer_calls import as_oneself, branch, opened, told
from yige.accounts.actors import COMMAND
from yige.alliance import branches
from yige.alliance.models import Branch, HelpOffer, Membership
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


def join(here, someone, **said):
    found = Branch.objects.first() or branch(here, AT)
    return branches.join_branch(found, by=as_oneself(someone), at=AT, person=someone, **said)


def offer(someone, skill="hair", hours="any", by=None):
    return branches.offer_help(someone, by=by or as_oneself(someone), at=AT, skill=skill, hours=hours)


def test_one_branch_a_grid(here):
    branch(here, AT)

    with pytest.raises(Conflict, match="已经登记过"):
        branch(here, AT)
    with pytest.raises(NotSaid, match="请另选"):
        branches.open_branch(here.community, by=here.community_head, at=AT, name="社区支部")
    with pytest.raises(NotAllowed):
        branches.open_branch(here.neighbour_grid, by=here.grid_head, at=AT, name="别人的支部")


@pytest.mark.parametrize("name", ["grid_head", "micro", "worker", "registrar"])
def test_nobody_registers_or_takes_off_somebody_else(here, name):
    someone = here.people[0]
    join(here, someone)
    by = getattr(here, name)

    for verb in (branches.join_branch, branches.leave_branch):
        with pytest.raises(NotAllowed, match="只能自己"):
            verb(Branch.objects.get(), by=by, at=AT, person=someone)
    assert Membership.objects.count() == 1


def test_log_does_not_say_who_is_a_member(here):
    someone = here.people[0]
    join(here, someone)
    branches.leave_branch(Branch.objects.get(), by=as_oneself(someone), at=AT, person=someone)

    lines = LogEntry.objects.filter(verb__in=["alliance.join_branch", "alliance.leave_branch"])
    assert {(line.actor_id, line.subject_id) for line in lines} == {(None, str(Branch.objects.get().pk))}
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("grid_head", True), ("community_head", False), ("street_head", False), ("neighbour_head", False)],
)
def test_only_the_head_of_the_grid_sees_who_wants_to_be_seen(here, who, sees):
    join(here, here.people[0], shows_name=True)
    join(here, here.people[1])
    found = branches.seen_by_head(Branch.objects.get(), getattr(here, who), AT)

    assert [row.person for row in found] == ([here.people[0]] if sees else [])


def test_call_that_needs_a_skill_is_told_to_who_offered_just_this(here):
    first, second, third = here.people[:3]
    offer(first), offer(second, "carrying"), offer(third, hours="weekends")
    opened(here, AT, needs="hair")  # a Thursday morning

    assert ["在召集" in "".join(told(each)) for each in (first, second, third)] == [True, False, False]


def test_call_for_members_is_told_to_them(here):
    join(here, here.people[0])
    opened(here, AT)
    assert told(here.people[0]) == []

    opened(here, AT + timedelta(hours=1), hour=14, tells_members=True)
    assert "来不了不用回" in told(here.people[0])[0]


def test_offer_said_again_changes_the_hours_and_is_taken_back(here):
    someone = here.people[0]
    offer(someone), offer(someone, hours="evenings", by=here.micro)
    assert HelpOffer.objects.get().hours == "evenings"
    with pytest.raises(NotSaid):
        offer(someone, skill="key_person")

    branches.withdraw_offer(someone, by=as_oneself(someone), at=AT, skill="hair")
    assert not HelpOffer.objects.exists()


def test_all_of_it_goes_with_the_file(here):
    join(here, here.people[0])
    offer(here.people[0])
    erasing.erase([here.people[0]], by=COMMAND, at=AT, what=DeletionKind.PERSON)

    assert not Membership.objects.exists() and not HelpOffer.objects.exists()
