"""Which deliberations wait for whom, and what everybody may read of one."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from yige.deliberation.ballots import tally_of, waiting_vote
from yige.deliberation.decision_rules import SumLine, Tally, can_still_carry, quorum_words, worked_sum
from yige.deliberation.models import Decision, Deliberation, Meeting, Objection, Step, Vote, VotingRight
from yige.deliberation.receipts import leaf_of, root_of
from yige.deliberation.words import BallotChoice
from yige.grids.models import Grid


def waiting_for(user, at) -> QuerySet:
    """Return those that wait for this person's act now: the line of a desk and its rows."""
    return Deliberation.objects.minded_by(user, at).waiting(at)


def steps_of_unit(user, at) -> QuerySet:
    """Return those with an open step of this person's own unit."""
    units = [post.unit_id for post in user.posts_at(at) if post.may("work_on_deliberations")]
    return Deliberation.objects.filter(
        stage="settled", steps__in=Step.objects.open().filter(unit__in=units)
    ).distinct()


class CountedDecision(NamedTuple):
    """A decision with its worked sum; an opinion has none."""

    decision: Decision
    lines: list[SumLine]
    quorum: str


def counted_decision(decision) -> CountedDecision:
    rule = decision.rule
    lines = worked_sum(rule, decision.tally)
    return CountedDecision(decision, lines, quorum_words(rule, decision.tally) if lines else "")


class LiveVote(NamedTuple):
    """How a vote stands: what is still missing, who took part and not what they voted."""

    vote: Vote
    tally: Tally
    lines: list[SumLine]
    quorum: str
    can_carry: bool | None


def live_vote(row) -> LiveVote | None:
    """Return how the vote of a deliberation stands while it is not counted; of the sum the two lines of taking part alone."""
    vote = waiting_vote(row)
    if vote is None:
        return None
    tally = tally_of(vote)
    lines = [line for line in worked_sum(row.rule, tally) if line.condition.is_quorum]
    quorum = quorum_words(row.rule, tally) if lines else ""
    # whether it can still carry would tell how a secret vote leans
    return LiveVote(vote, tally, lines, quorum, None if vote.is_secret else can_still_carry(row.rule, tally))


class SecretList(NamedTuple):
    """A secret vote that was fixed: its numbers, and from the count on (code, choice in words) by code.

    `holds` says whether the list as it is now still gives the root that was shown at closing.
    """

    vote: Vote
    drawn: int
    taken: int
    counts: list[tuple[str, int]]
    pairs: list[tuple[str, str]]
    holds: bool


def secret_lists(row) -> list[SecretList]:
    return [secret_list(vote) for vote in row.votes.filter(is_secret=True, fixed_at__isnull=False)]


def secret_list(vote) -> SecretList:
    """Return what may be shown of a secret vote now: before the count its numbers and its root alone."""
    slips = list(vote.slips.order_by("code", "mark").values_list("code", "choice"))
    voted = [(code, choice) for code, choice in slips if choice]
    if not vote.counted_at:
        return SecretList(vote, len(slips), len(voted), [], [], True)
    leaves = [leaf_of(code, str(vote.pk), choice) for code, choice in voted]
    counts = [(choice.label, sum(said == choice for _, said in voted)) for choice in BallotChoice]
    pairs = [(code, BallotChoice(choice).label) for code, choice in voted]
    return SecretList(vote, len(slips), len(voted), counts, pairs, root_of(leaves) == vote.root)


def rights_of_household(household_id) -> QuerySet:
    """Return the rights that a household holds in votes that have a roll, the newest first."""
    if household_id is None:
        return VotingRight.objects.none()
    rights = VotingRight.objects.filter(holders__household=household_id).select_related(
        "vote__deliberation", "ballot"
    )
    return rights.order_by("-vote__made_at", "number")


class PublicDeliberation(NamedTuple):
    """What everybody reads: no name, no words of a resident, no home."""

    row: Deliberation
    affected: list[tuple[str, str]]
    meetings: list[Meeting]
    decisions: list[CountedDecision]
    objections: list[Objection]
    waiting_objections: int
    steps: list[Step]
    lines: list
    vote: LiveVote | None
    counted: list[Vote]
    secret: list[SecretList]


def public_deliberations() -> QuerySet:
    return Deliberation.objects.public().order_by("-noticed_at", "-id")


def public_deliberation(row) -> PublicDeliberation:
    """Return what was noticed, said, counted, objected, done and answered, in the order in which it came."""
    objections = list(row.objections.all())
    over = list(row.votes.filter(~Q(root="") | Q(fixed_at__isnull=False)))
    return PublicDeliberation(
        row,
        [tuple(line.split("：", 1)) for line in row.affected.splitlines()],
        list(row.meetings.all()),
        [counted_decision(decision) for decision in row.decisions.all()],
        [each for each in objections if each.answered_at],
        sum(each.answered_at is None for each in objections),
        list(row.steps.select_related("unit")),
        list(row.lines.exclude(verb__in=("object", "raise")).order_by("at", "id")),
        live_vote(row),
        [vote for vote in over if not vote.is_secret],
        [secret_list(vote) for vote in over if vote.is_secret],
    )


def community_of(path) -> Grid | None:
    """Return the community that holds a place: there matters of residents are studied."""
    parts = path.strip("/").split("/")
    return Grid.objects.current().filter(path=f"/{'/'.join(parts[:2])}/", level=2).first()
