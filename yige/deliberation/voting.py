"""Every write to a vote of owners: the roll, its opening, ballots online and on paper, the count, the reminder.

The vote is locked before its rights, and a ballot is written under that lock: whoever counts has every ballot that was
told to be taken in.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from yige.accounts.actors import CLOCK
from yige.archive.models import Tie
from yige.archive.words import Relation, TieKind
from yige.audit import log
from yige.audit.log import action
from yige.cases import rules
from yige.deliberation.actions import show_decision
from yige.deliberation.ballot_count import rights_of
from yige.deliberation.ballots import (
    VOTED,
    close_vote,
    columns_of,
    keep_ballot,
    lock_vote,
    tally_of,
    waiting_vote,
)
from yige.deliberation.decision_rules import verdict_of_count
from yige.deliberation.gate import lock_deliberation, settle_stage
from yige.deliberation.models import (
    Ballot,
    Decision,
    Deliberation,
    PaperEntry,
    RightHolder,
    Vote,
    VotingRight,
)
from yige.deliberation.public_words import screen
from yige.deliberation.roll_lines import RollLine, read_roll
from yige.deliberation.secret_voting import forget_codes
from yige.deliberation.words import CHOICES_OF_A_VOTER, ON_PAPER, BallotOrigin, DecisionForm
from yige.lib.local_time import local_day, moment_words
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices import actions as notices
from yige.notices.subjects import Subject, SubjectKind

FARTHEST_END = timedelta(days=90)
FEWEST_DAYS = timedelta(days=1)
REMIND_BEFORE = timedelta(days=3)
MOST_FAULTS_SHOWN = 5
FOR_THE_OWNER = "网上这一票只由业主本人投。家里人替业主投的，请带业主写的委托书，到社区投纸票；业主是您、档案里没有写的，请告诉社区改名册。"
ONLINE_RULE = "owners_vote_online"


@action("deliberation.write_roll")
def write_roll(row, *, by, at, roll) -> Deliberation:
    """Write the roll of who may vote, or write it anew before the vote opens; owners on file come from the archive."""
    row = lock_deliberation(row, "write_roll", by, at)
    vote = waiting_vote(row)
    if vote and vote.opened_at:
        raise Conflict("已经开始投票，名册不能再改。")
    lines, faults = read_roll(roll)
    if faults:
        raise NotSaid("名册要改。", roll="".join(faults[:MOST_FAULTS_SHOWN]))
    vote = vote or Vote.objects.create(deliberation=row, made_at=at)
    vote.rights.all().delete()
    count = write_rights(vote, lines, row.path, local_day(at))
    return settle_stage(row, "write_roll", by=by, at=at, words=f"{len(lines)} 套房，{count} 票")


def write_rights(vote, lines: list[RollLine], path, day) -> int:
    """Write one right for each set of owners; a line without owners takes those on file, else it stands for itself."""
    households = owners_on_file(path, day)
    owners_of = {
        line.door: line.owners or tuple(households.get(line.door, ())) or (line.door,) for line in lines
    }
    homes = {}
    for line in lines:
        homes.setdefault(frozenset(owners_of[line.door]), []).append((line.door, line.area))
    doors = {owners: [door for door, _ in found] for owners, found in homes.items()}
    rights = rights_of([(owners_of[line.door], line.area) for line in lines])
    rows = [
        VotingRight(
            vote=vote,
            number=number,
            doors="、".join(doors[right.owners])[:400],
            area=right.area,
            homes=homes[right.owners],
        )
        for number, right in enumerate(rights, 1)
    ]
    VotingRight.objects.bulk_create(rows)
    heads = heads_on_file({each for found in households.values() for each in found}, day)
    holders = [
        RightHolder(right=row, household_id=household, person_id=heads.get(household))
        for row, right in zip(rows, rights, strict=True)
        for household in {each for door in doors[right.owners] for each in households.get(door, ())}
    ]
    RightHolder.objects.bulk_create(holders)
    return len(rows)


def heads_on_file(households, day) -> dict:
    """Return the head of each of these households, whose name stands on the register; nobody where two are on file."""
    ties = Tie.objects.filter(
        kind=TieKind.BELONGS, relation=Relation.HEAD, household__in=households, since__lte=day
    )
    found = {}
    for household, person in ties.exclude(until__lte=day).values_list("household", "person"):
        found[household] = None if household in found else person
    return found


def owners_on_file(path, day) -> dict[str, list]:
    """Return the ids of the households that own each home of a place, by its door as it is written."""
    ties = Tie.objects.filter(kind=TieKind.OWNS, home__grid_path__startswith=path, since__lte=day)
    found = {}
    for tie in ties.exclude(until__lte=day).select_related("home__building").order_by("since", "id"):
        for door in (f"{tie.home.building}{tie.home.door}", f"{tie.home.building.name}{tie.home.door}"):
            found.setdefault(door, []).append(tie.household_id)
    return found


@action("deliberation.open_vote")
def open_vote(row, *, by, at, closes_at) -> Deliberation:
    """Freeze the roll, or the slips, and let vote until a moment."""
    row = lock_deliberation(row, "open_vote", by, at)
    vote = waiting_vote(row)
    if vote is None:
        first = "写名册" if row.form == DecisionForm.OWNERS else "做表决单，印好"
        raise NotSaid("还不能开始。", closes_at=f"请先{first}。")
    if vote.opened_at:
        raise Conflict("已经开始投票了。")
    if not FEWEST_DAYS <= closes_at - at <= FARTHEST_END:
        raise NotSaid("截止的时间不对。", closes_at="请定一天以后、三个月以内的时间。")
    if row.objections.filter(answered_at=None).exists():
        raise NotSaid("还有不同意见没有答复。", closes_at="对名册提的意见都答复了，才能开始投票。")
    vote.opened_at, vote.closes_at = at, closes_at
    vote.is_online = vote.is_secret or bool(rules.value(ONLINE_RULE))
    vote.save()
    if vote.is_secret:
        forget_codes(vote)
    return settle_stage(row, "open_vote", by=by, at=at, words=f"投到 {moment_words(closes_at, at)}")


@action("deliberation.cast")
def cast_ballot(right, *, by, at, choice, person) -> VotingRight:
    """Vote from the own pages, once, while it runs, where the district lets this count."""
    vote = lock_vote(right, at)
    if not holds_right(right, person, by):
        raise NotAllowed("这一票不在您家名下。名册不对的，请告诉社区。")
    if not right.holders.filter(person=person).exists():
        raise NotAllowed(FOR_THE_OWNER)
    if not vote.is_online:
        raise NotAllowed("本区业主表决不在这里投：请投纸票，或者用住房保障部门的系统。")
    if choice not in CHOICES_OF_A_VOTER:
        raise NotSaid("请选一个。", choice="请选同意、不同意或者弃权。")
    keep_ballot(right, choice, BallotOrigin.ONLINE, at=at, person=person)
    return right


def holds_right(right, person, by) -> bool:
    return (
        by.actor_kind == "resident"
        and person is not None
        and person.pk == by.person_id
        and person.household_id is not None
        and right.holders.filter(household=person.household_id).exists()
    )


@action("deliberation.enter_paper")
def enter_paper(row, *, by, at, number, choice, origin) -> Deliberation:
    """Enter a paper; it is a vote when a second person has entered the same."""
    row = lock_deliberation(row, "enter_paper", by, at)
    right = VotingRight.objects.filter(vote__deliberation=row, vote__counted_at=None, number=number).first()
    if right is None:
        raise NotSaid("名册上没有。", number="名册上没有这个号，请对一下纸票上的号。")
    lock_vote(right, at)
    if origin not in ON_PAPER:
        raise NotSaid("请选。", origin="纸票或者委托。")
    if ballot := Ballot.objects.filter(right=right).first():
        sentence = VOTED.format(origin=ballot.get_origin_display(), when=moment_words(ballot.cast_at, at))
        raise Conflict(sentence, number=sentence)
    entry = PaperEntry.objects.filter(right=right).first()
    if entry is None or entry.entered_by_id == by.pk:
        said = {"choice": choice, "origin": origin, "entered_at": at, "entered_by": by}
        PaperEntry.objects.update_or_create(right=right, defaults=said)
        return row
    if (entry.choice, entry.origin) != (choice, origin):
        sentence = f"{number} 号票和第一个人录的不一样，请两个人一起看票；第一个人录错的，由他再录一次。"
        raise Conflict(sentence, number=sentence)
    entry.delete()
    keep_ballot(right, choice, origin, at=at, entered_by=entry.entered_by, checked_by=by)
    return row


@action("deliberation.count_vote")
def count_vote(row, *, by, at, words) -> Deliberation:
    """Count what was voted, after the end, where voting here counts; begin the seven days in which it is shown."""
    row = lock_deliberation(row, "count_vote", by, at)
    vote = Vote.objects.select_for_update().filter(deliberation=row, counted_at=None).first()
    if vote is None or vote.closes_at is None:
        raise Conflict("还没有投过票。")
    if vote.closes_at > at:
        raise NotSaid("还没有截止。", words=f"投到 {moment_words(vote.closes_at, at)}，截止以后才计票。")
    if vote.is_secret and not vote.fixed_at:
        raise NotSaid("还没有封票。", words="先封票，把校验码贴到公告栏，再计票。")
    if not vote.is_online:
        raise NotSaid("本区以住房保障部门的结果为准。", words="请用“接收业主表决的结果”，写明文号和日子。")
    screen({"words": words})
    decision = Decision(deliberation=row, matter=row.matter, words=words, **columns_of(tally_of(vote)))
    decision.verdict = verdict_of_count(row.rule, decision.tally)
    close_vote(row, at)
    return show_decision(row, decision, "count_vote", by=by, at=at)


def remind_voters(at: datetime) -> Counter:
    """Remind, once, in the last three days, those on file who have not voted."""
    counted = Counter()
    with transaction.atomic():
        votes = Vote.objects.running(at).filter(
            is_secret=False, closes_at__lte=at + REMIND_BEFORE, reminded_at=None
        )
        for vote in votes.select_for_update(of=("self",), skip_locked=True).order_by("id"):
            log.write("deliberation.remind", by=CLOCK, at=at, kind=Vote._meta.label_lower, pk=vote.pk)
            for holder in silent_holders(vote):
                subject = Subject(SubjectKind.VOTING_RIGHT, holder.pk)
                title = f"业主表决投到 {moment_words(vote.closes_at, at)}，您家还没有投"
                notices.tell_resident(subject, kind="vote", title=title, body="", at=at)
                counted["notices"] += 1
            vote.reminded_at = at
            vote.save(update_fields=["reminded_at"])
            counted["votes"] += 1
    return counted


def silent_holders(vote) -> list[RightHolder]:
    """Return the households whose right has no ballot yet, each once for a right."""
    voted = Ballot.objects.filter(right=OuterRef("right"))
    return list(RightHolder.objects.filter(~Exists(voted), right__vote=vote).order_by("id"))
