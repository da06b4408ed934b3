"""A vote of owners: the roll, one ballot a right whichever way, paper by two, the end by time, the count, the reminder."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import MONDAY_NOON
from tests.policy.deliberation import COUNT, DECIDED, ORIGIN, ROLL, owner_of_501, voted_on, with_roll
from yige.accounts.actors import Resident
from yige.archive.models import Person
from yige.cases import rules
from yige.cases.models import RuleValue
from yige.deliberation import actions, carrying_out, queries, telling, voting
from yige.deliberation.models import Ballot, Decision, PaperEntry, VotingRight
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice

AT = MONDAY_NOON + timedelta(hours=5)
OPENS = AT + DECIDED
CLOSES = OPENS + timedelta(days=7)
LATER = OPENS + timedelta(days=1)


@pytest.fixture
def online(monkeypatch):
    monkeypatch.setattr(rules, "value", lambda name: 1)


@pytest.fixture
def owner(here):
    """Somebody whose household owns 501, and may vote for it from the own pages."""
    person = owner_of_501(here)
    return person, Resident(person.pk, person.household_id)


def right(row, number=1):
    return VotingRight.objects.get(vote__deliberation=row, number=number)


def cast(row, owner, at=LATER, choice="yes", number=1):
    return voting.cast_ballot(right(row, number), by=owner[1], at=at, choice=choice, person=owner[0])


def enter(row, here, number, choice="yes", origin="paper", by=("desk", "grid_head"), at=LATER):
    for name in by:
        voting.enter_paper(row, by=getattr(here, name), at=at, number=number, choice=choice, origin=origin)


def test_homes_of_the_same_owners_are_one_right_and_owners_on_file_hold_it(here, owner):
    row = with_roll(here, AT)
    rights = list(VotingRight.objects.values_list("doors", "area"))

    assert rights == [
        ("向阳小院3号楼2单元501", 8952),
        ("3号楼2单元502、3号楼2单元503", 15050),
        ("3号楼2单元601", 9000),
        ("3号楼2单元602", 10000),
    ]
    assert list(queries.rights_of_household(owner[0].household_id)) == [right(row)]
    assert not queries.rights_of_household(None).exists()


@pytest.mark.parametrize(("roll", "sentence"), [
    ("", "还没有一套房"), ("3号楼501，89\n3号楼 501，90", "第 2 行 3号楼501：和第 1 行是同一套房"), ("3号楼501，0", "面积要大于 0"), ("3号楼501", "面积要大于 0"),
    ("3号楼501，89.123", "最多两位小数"), ("3号楼501，NaN", "面积要大于 0"), ("3号楼501，1e99", "面积要大于 0"), ("3号楼501，89，甲，乙", "一行写一套房"), ("，89", "一行写一套房"),
])  # fmt: skip
def test_a_roll_that_cannot_stand_says_its_line(here, roll, sentence):
    with pytest.raises(NotSaid) as refused:
        with_roll(here, AT, roll=roll)
    assert sentence in refused.value.fields["roll"] and not VotingRight.objects.exists()


def test_the_roll_is_corrected_by_objection_and_frozen_by_the_opening(here, owner):
    row = with_roll(here, AT)
    made = carrying_out.object_to(row, by=owner[1], at=OPENS, person=owner[0], words="502 也是我家的")
    with pytest.raises(NotSaid):
        voting.open_vote(row, by=here.community_head, at=OPENS, closes_at=CLOSES)
    voting.write_roll(row, by=here.grid_head, at=OPENS, roll=ROLL + "\n3号楼2单元701，80")
    carrying_out.answer_objection(
        made, by=here.community_head, at=OPENS, gist="名册少一套", answer="改好了。"
    )
    voting.open_vote(row, by=here.community_head, at=OPENS, closes_at=CLOSES)

    with pytest.raises(Conflict):
        voting.write_roll(row, by=here.grid_head, at=LATER, roll=ROLL)
    with pytest.raises(Conflict):
        carrying_out.object_to(row, by=here.desk, at=LATER, words="晚了")
    assert VotingRight.objects.count() == 5


def test_an_owner_votes_once_online_and_reads_the_own_ballot(here, owner, online):
    row = voted_on(here, AT)
    cast(row, owner, choice="no")

    with pytest.raises(Conflict, match="一票只投一次"):
        cast(row, owner)
    with pytest.raises(Conflict, match="网上"):
        enter(row, here, 1)
    assert Ballot.objects.get().choice == "no"


def test_who_voted_on_paper_does_not_vote_online(here, owner, online):
    row = voted_on(here, AT)
    enter(row, here, 1, "no", "proxy")

    with pytest.raises(Conflict, match="委托"):
        cast(row, owner)
    assert (Ballot.objects.get().origin, Ballot.objects.get().person) == ("proxy", None)


def test_nobody_votes_with_a_right_of_others(here, owner, online):
    row = voted_on(here, AT)
    other = factories.family(here, room="777").contact

    with pytest.raises(NotAllowed):
        cast(row, (other, Resident(other.pk, other.household_id)))
    with pytest.raises(NotAllowed):
        cast(row, owner, number=2)
    with pytest.raises(NotAllowed):
        cast(row, (owner[0], here.community_head))
    with pytest.raises(NotSaid):
        cast(row, owner, choice="invalid")
    assert not Ballot.objects.exists()


def test_in_the_household_the_owner_alone_votes_online(here, owner, online):
    row = voted_on(here, AT)
    spouse = Person.objects.exclude(pk=owner[0].pk).get(household=owner[0].household_id)

    with pytest.raises(NotAllowed, match="只由业主本人投"):
        cast(row, (spouse, Resident(spouse.pk, spouse.household_id)))
    assert not Ballot.objects.exists()
    cast(row, owner)
    assert Ballot.objects.get().person == owner[0]


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (OPENS, True),
        (CLOSES - timedelta(microseconds=1), True),
        (CLOSES, False),
        (CLOSES + timedelta(days=1), False),
    ],
)
def test_the_end_is_a_moment_and_needs_no_job(here, owner, online, at, may):
    row = voted_on(here, AT)
    if may:
        cast(row, owner, at=at)
    else:
        with pytest.raises(Conflict, match="截止"):
            cast(row, owner, at=at)
        with pytest.raises(Conflict, match="截止"):
            enter(row, here, 2, at=at)
    assert Ballot.objects.exists() is may


def test_a_click_counts_only_where_the_district_says_so(here, owner):
    row = voted_on(here, AT)
    assert rules.RULE_BY_NAME["owners_vote_online"].value == 0 and not RuleValue.objects.exists()
    with pytest.raises(NotAllowed, match="不在这里投"):
        cast(row, owner)
    enter(row, here, 1)
    with pytest.raises(NotSaid, match="住房保障部门"):
        voting.count_vote(row, by=here.community_head, at=CLOSES, words="照办")

    said = COUNT | ORIGIN | {"source_on": local_day(CLOSES), "words": "照办"}
    with pytest.raises(NotSaid, match="截止"):
        actions.record_count(row, by=here.community_head, at=CLOSES - timedelta(seconds=1), **said)
    row = actions.record_count(row, by=here.community_head, at=CLOSES, **said)
    assert (row.stage, Decision.objects.get().source_number, row.votes.get().counted_at) == (
        "shown",
        "2026-17",
        CLOSES,
    )


def test_a_paper_is_a_vote_when_two_people_entered_the_same(here):
    row = voted_on(here, AT)
    enter(row, here, 2, by=("desk", "desk"))
    assert (Ballot.objects.count(), PaperEntry.objects.count()) == (0, 1)
    with pytest.raises(Conflict, match="录的不一样"):
        enter(row, here, 2, "no", by=("grid_head",))
    enter(row, here, 2, "no", by=("desk", "grid_head"))
    ballot = Ballot.objects.get()

    assert (ballot.choice, ballot.entered_by, ballot.checked_by) == ("no", here.desk, here.grid_head)
    assert not PaperEntry.objects.exists()
    with pytest.raises(NotSaid):
        enter(row, here, 99)


def test_what_was_voted_is_counted_after_the_end(here, owner, online):
    row = voted_on(here, AT)
    cast(row, owner)
    enter(row, here, 2)
    enter(row, here, 3, "invalid")
    live = queries.live_vote(row)
    assert live.quorum == "参与的已经够了，表决有效" and [line.part for line in live.lines] == [3, 33002]
    with pytest.raises(NotSaid, match="截止"):
        voting.count_vote(row, by=here.community_head, at=CLOSES - timedelta(seconds=1), words="照办")
    voting.enter_paper(row, by=here.desk, at=LATER, number=4, choice="yes", origin="paper")
    row = voting.count_vote(row, by=here.community_head, at=CLOSES, words="没有通过")
    decision = Decision.objects.get()

    # three of four took part; two of three are less than three quarters
    assert (
        decision.verdict,
        decision.yes_heads,
        decision.yes_area,
        decision.invalid_area,
        decision.all_area,
    ) == ("lost", 2, 24002, 9000, 43002)
    assert not PaperEntry.objects.exists() and queries.live_vote(row) is None


def test_a_vote_that_runs_waits_on_no_desk_and_one_that_is_over_does(here):
    voted_on(here, AT)

    assert [queries.waiting_for(here.community_head, at).count() for at in (LATER, CLOSES)] == [0, 1]


@pytest.mark.parametrize(("voted", "wanted"), [(False, 1), (True, 0)])
def test_those_who_have_not_voted_are_reminded_once(here, owner, online, voted, wanted):
    row = voted_on(here, AT)
    if voted:
        cast(row, owner)
    early, soon = (
        voting.remind_voters(CLOSES - timedelta(days=4)),
        voting.remind_voters(CLOSES - timedelta(days=2)),
    )
    again = voting.remind_voters(CLOSES - timedelta(days=1))

    assert (early["votes"], soon["notices"], again["votes"]) == (0, wanted, 0)
    for notice in Notice.objects.filter(kind="vote"):
        assert telling.phone_to_tell(notice) == "19900000001" and "还没有投" in notice.title
