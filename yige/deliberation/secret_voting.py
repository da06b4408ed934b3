"""Every write to a secret vote: its slips, the votes by code, the slips from the box, the root that is fixed at the end.

A slip is drawn from a bag by hand, so no row here joins a voter to a code. Nobody is signed in for a vote by code, and the
log says that a vote came in, not which: no moment, no way and no order is kept with a choice (docs/adr/0041).
"""

import secrets

from django.db import transaction

from yige.accounts.actors import STRANGER
from yige.audit import log
from yige.audit.log import action
from yige.deliberation.ballots import refuse_outside, waiting_vote
from yige.deliberation.gate import lock_deliberation, settle_stage
from yige.deliberation.models import Deliberation, Slip, Vote
from yige.deliberation.receipts import CODE_BYTES, code_of, leaf_of, mark_of, read_code, root_of
from yige.deliberation.words import CHOICES_OF_A_VOTER
from yige.lib.local_time import moment_words
from yige.lib.refusals import Conflict, NotSaid

FEWEST_SLIPS, MOST_SLIPS = 3, 3000
NO_SUCH_CODE = "没有这个码，请照单子上印的再写一次。"
USED = "这张单子已经投过了，一张只投一次。"


@action("deliberation.draw_slips")
def draw_slips(row, *, by, at, count) -> Deliberation:
    """Make the slips of a secret vote, one for each who may vote, or make all of them anew before it opens."""
    row = lock_deliberation(row, "draw_slips", by, at)
    vote = waiting_vote(row)
    if vote and vote.opened_at:
        raise Conflict("已经开始投票，表决单不能再改。")
    if not FEWEST_SLIPS <= count <= MOST_SLIPS:
        sentence = f"{FEWEST_SLIPS} 到 {MOST_SLIPS} 张；再少就猜得出谁投了什么。"
        raise NotSaid("张数不对。", count=sentence)
    vote = vote or Vote.objects.create(deliberation=row, made_at=at, is_secret=True)
    vote.slips.all().delete()
    codes = sorted(code_of(secrets.token_bytes(CODE_BYTES)) for _ in range(count))
    Slip.objects.bulk_create([Slip(mark=mark_of(code, str(vote.pk)), vote=vote, code=code) for code in codes])
    return settle_stage(row, "draw_slips", by=by, at=at, words=f"{count} 张，一人抽一张")


def forget_codes(vote) -> None:
    """Forget the codes of slips that are in the bag: from now on nobody can print or read them here."""
    Slip.objects.filter(vote=vote).update(code="")


@transaction.atomic
def cast_slip(vote, *, at, code, choice) -> None:
    """Vote by the code of a slip, while the vote runs; the same once more changes nothing."""
    vote = Vote.objects.select_for_update().get(pk=vote.pk, is_secret=True)
    refuse_outside(vote, at)
    slip = slip_of(vote, code)
    if choice not in CHOICES_OF_A_VOTER:
        raise NotSaid("请选一个。", choice="请选同意、不同意或者弃权。")
    if slip.choice == choice:
        return
    keep_choice(slip, code, choice)
    log.write("deliberation.cast_secret", by=STRANGER, at=at, kind=Vote._meta.label_lower, pk=vote.pk)


def slip_of(vote, code) -> Slip:
    slip = Slip.objects.filter(vote=vote, mark=mark_of(read_code(code), str(vote.pk))).first()
    if slip is None:
        raise NotSaid("没有这个码。", code=NO_SUCH_CODE)
    return slip


def keep_choice(slip, code, choice) -> None:
    """Write what a slip voted, once; whoever entered it by hand is forgotten."""
    if slip.choice:
        raise Conflict(USED, code=USED)
    slip.code, slip.choice, slip.entered_choice, slip.entered_by = read_code(code), choice, "", None
    slip.save()


@action("deliberation.enter_slip")
def enter_slip(row, *, by, at, code, choice) -> Deliberation:
    """Enter a slip from the box until the root is fixed; it is a vote when a second person has entered the same."""
    row = lock_deliberation(row, "enter_slip", by, at)
    vote = opened_vote(row)
    slip = slip_of(vote, code)
    if slip.choice:
        raise Conflict(USED, code=USED)
    if slip.entered_by_id in (None, by.pk):
        slip.entered_choice, slip.entered_by = choice, by
        slip.save()
    elif slip.entered_choice != choice:
        sentence = "和第一个人录的不一样，请两个人一起看单子；第一个人录错的，由他再录一次。"
        raise Conflict(sentence, code=sentence)
    else:
        keep_choice(slip, code, choice)
    return row


def opened_vote(row) -> Vote:
    """Lock the secret vote of a deliberation that has opened and is not fixed yet."""
    vote = Vote.objects.select_for_update().filter(deliberation=row, counted_at=None, is_secret=True).first()
    if vote is None or vote.opened_at is None:
        raise Conflict("还没有开始投票。")
    if vote.fixed_at:
        raise Conflict("已经封票了，校验码也公布了，不能再录、再封。")
    return vote


@action("deliberation.fix_root")
def fix_root(row, *, by, at, handed_out) -> Deliberation:
    """Fix what was voted and show the root of its list, before anybody counts or the list appears."""
    row = lock_deliberation(row, "fix_root", by, at)
    vote = opened_vote(row)
    if vote.closes_at > at:
        raise NotSaid(f"投票到 {moment_words(vote.closes_at, at)} 才截止，截止以后再封。")
    if waiting := vote.slips.exclude(entered_by=None).count():
        raise NotSaid(f"还有 {waiting} 张只录了一次，等第二个人录了再封。")
    voted = list(vote.slips.exclude(choice=""))
    if not len(voted) <= handed_out <= vote.slips.count():
        sentence = f"投了 {len(voted)} 张、印了 {vote.slips.count()} 张，发出的要在这两个数之间。票比发出的多，就有人多投了，不能封。"
        raise NotSaid("张数对不上。", handed_out=sentence)
    vote.leaves = sorted(leaf_of(slip.code, str(vote.pk), slip.choice) for slip in voted)
    vote.root, vote.fixed_at, vote.handed_out = root_of(vote.leaves), at, handed_out
    vote.save(update_fields=["leaves", "root", "fixed_at", "handed_out"])
    words = f"发出 {handed_out} 张，投了 {len(voted)} 张，清单的校验码 {vote.root or '没有（没有人投）'}"
    return settle_stage(row, "fix_root", by=by, at=at, words=words)
