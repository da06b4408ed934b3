"""What the verbs of a vote stand on: which vote waits, its lock, who holds a right, the one ballot of a right, the count."""

import secrets

from django.db import IntegrityError, transaction

from yige.deliberation.ballot_count import count_ballots
from yige.deliberation.decision_rules import Tally
from yige.deliberation.models import Ballot, PaperEntry, Slip, Vote
from yige.deliberation.receipts import CODE_BYTES, root_of
from yige.lib.local_time import moment_words
from yige.lib.refusals import Conflict, NotSaid

VOTED = "这一票已经投过了（{origin}，{when}），一票只投一次。"


def waiting_vote(row) -> Vote | None:
    """Return the vote of a deliberation that is not counted yet."""
    return row.votes.filter(counted_at=None).first()


def lock_vote(right, at) -> Vote:
    """Lock the vote of a right and refuse what comes before its opening or after its end."""
    vote = Vote.objects.select_for_update().get(pk=right.vote_id)
    refuse_outside(vote, at)
    return vote


def refuse_outside(vote, at) -> None:
    """Refuse what comes before the opening of a vote or after its end; the vote is locked."""
    if not Vote.objects.running(at).filter(pk=vote.pk).exists():
        closed = vote.closes_at is not None and vote.closes_at <= at
        words = (
            f"投票在 {moment_words(vote.closes_at, at)} 截止了，不能再投。" if closed else "现在不在投票。"
        )
        raise Conflict(words)


def keep_ballot(right, choice, origin, *, at, person=None, entered_by=None, checked_by=None) -> Ballot:
    """Write the one ballot of a right; a second one is refused with a sentence, whichever way it comes."""
    if ballot := Ballot.objects.filter(right=right).first():
        raise Conflict(
            VOTED.format(origin=ballot.get_origin_display(), when=moment_words(ballot.cast_at, at))
        )
    row = Ballot(
        right=right,
        salt=secrets.token_bytes(CODE_BYTES),
        choice=choice,
        origin=origin,
        cast_at=at,
        person=person,
        entered_by=entered_by,
        checked_by=checked_by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这一票刚刚投过了，一票只投一次。") from None
    return row


def refuse_running(row, at) -> None:
    """Refuse a result while one may still vote here."""
    vote = waiting_vote(row)
    if not vote or not vote.opened_at:
        return
    if vote.closes_at > at:
        raise NotSaid(f"投票到 {moment_words(vote.closes_at, at)} 才截止，截止以后再记结果。")
    if vote.is_secret and not vote.fixed_at:
        raise NotSaid("不记名的票还没有封。先到“不记名投票”封票、公布校验码，再记结果。")


def close_vote(row, at) -> None:
    """Keep that the vote of a deliberation is over; papers that one person alone entered go."""
    for vote in Vote.objects.select_for_update().filter(deliberation=row, counted_at=None):
        vote.counted_at = at
        if vote.is_secret:  # its root was fixed, and shown, before anybody counted
            vote.save(update_fields=["counted_at"])
            continue
        PaperEntry.objects.filter(right__vote=vote).delete()
        vote.leaves = sorted(ballot.leaf(str(vote.pk)) for ballot in Ballot.objects.filter(right__vote=vote))
        vote.root = root_of(vote.leaves)
        vote.save(update_fields=["counted_at", "leaves", "root"])


def tally_of(vote) -> Tally:
    """Count the ballots of a vote as they are now."""
    if vote.is_secret:
        slips = dict(Slip.objects.filter(vote=vote).values_list("mark", "choice"))
        return count_ballots(
            dict.fromkeys(slips, 0), {mark: choice for mark, choice in slips.items() if choice}
        )
    rights = list(vote.rights.values_list("pk", "area"))
    ballots = Ballot.objects.filter(right__vote=vote).values_list("right", "choice")
    return count_ballots(dict(rights), dict(ballots))


def columns_of(tally: Tally) -> dict[str, int]:
    """Return a tally as the columns of a decision."""
    return {
        f"{name}_{measure}": getattr(getattr(tally, name), measure)
        for name in Tally._fields
        for measure in ("heads", "area")
    }
