"""A secret vote: drawn slips, one vote a code, the box by two, the root before the list, and nothing that joins a voter to it."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import MONDAY_NOON
from tests.policy.deliberation import COUNT, DECIDED, OPINION, met, secret
from yige.audit.models import LogEntry
from yige.deliberation import actions, queries, secret_voting, voting
from yige.deliberation.models import Decision, DeliberationLine, Slip, Vote
from yige.lib.refusals import Conflict, NotSaid
from yige.notices.models import Notice

AT = MONDAY_NOON + timedelta(hours=5)
OPENS = AT + DECIDED
LATER, CLOSES = OPENS + timedelta(hours=1), OPENS + timedelta(days=2)


def cast(row, code, choice="yes", at=LATER):
    secret_voting.cast_slip(row.votes.get(), at=at, code=code, choice=choice)


def enter(row, here, code, choice="yes", by=("desk", "grid_head"), at=CLOSES):
    for name in by:
        secret_voting.enter_slip(row, by=getattr(here, name), at=at, code=code, choice=choice)


def fix(row, here, handed_out=5, at=CLOSES):
    return secret_voting.fix_root(row, by=here.community_head, at=at, handed_out=handed_out)


def count(row, here, at=CLOSES):
    return voting.count_vote(row, by=here.community_head, at=at, words="照结果办")


def test_codes_are_printed_before_the_opening_and_nobody_reads_them_after(here):
    row, codes = secret(here, AT, slips=5)

    assert len(set(codes)) == 5 and set(Slip.objects.values_list("code", flat=True)) == {""}
    with pytest.raises(Conflict):
        secret_voting.draw_slips(row, by=here.desk, at=LATER, count=5)


@pytest.mark.parametrize("number", [0, 2, 3001])
def test_so_many_slips_cannot_be_made(here, number):
    with pytest.raises(NotSaid) as refused:
        secret_voting.draw_slips(
            met(here, AT, matter="representatives"), by=here.desk, at=OPENS, count=number
        )
    assert "猜得出" in refused.value.fields["count"]


def test_slips_that_are_made_anew_make_the_old_ones_void(here):
    row = met(here, AT, matter="representatives")
    row = secret_voting.draw_slips(row, by=here.desk, at=OPENS, count=4)
    old = Slip.objects.values_list("code", flat=True)[0]
    row = secret_voting.draw_slips(row, by=here.desk, at=OPENS, count=3)
    voting.open_vote(row, by=here.community_head, at=OPENS, closes_at=CLOSES)

    assert Slip.objects.count() == 3
    with pytest.raises(NotSaid, match="没有这个码"):
        cast(row, old)


def test_a_code_votes_once_however_it_is_typed(here):
    row, codes = secret(here, AT)
    cast(row, codes[0].lower().replace("-", " "), "no")
    cast(row, codes[0], "no")

    with pytest.raises(Conflict, match="投过了"):
        cast(row, codes[0], "yes")
    with pytest.raises(Conflict, match="投过了"):
        enter(row, here, codes[0], "yes", by=("desk",))
    with pytest.raises(NotSaid, match="没有这个码"):
        cast(row, "AAAA-AAAA-AAAA-AAAA")
    with pytest.raises(NotSaid):
        cast(row, codes[1], "invalid")
    with pytest.raises(Conflict, match="截止"):
        cast(row, codes[1], at=CLOSES)
    assert list(Slip.objects.exclude(choice="").values_list("code", "choice")) == [(codes[0], "no")]


def test_the_box_is_opened_after_the_end_and_entered_by_two(here):
    row, codes = secret(here, AT)
    enter(row, here, codes[0], "invalid", by=("desk", "desk"))
    with pytest.raises(NotSaid, match="只录了一次"):
        fix(row, here)
    with pytest.raises(Conflict, match="不一样"):
        enter(row, here, codes[0], "yes", by=("grid_head",))
    enter(row, here, codes[0], "invalid", by=("grid_head",))
    slip = Slip.objects.get(code=codes[0])

    assert (slip.choice, slip.entered_choice, slip.entered_by) == ("invalid", "", None)
    fix(row, here)
    with pytest.raises(Conflict, match="封票"):
        enter(row, here, codes[1], by=("desk",))


def test_more_votes_than_slips_handed_out_are_not_fixed(here):
    row, codes = secret(here, AT)
    for code in codes[:3]:
        cast(row, code)
    for number in (2, 6):
        with pytest.raises(NotSaid) as refused:
            fix(row, here, handed_out=number)
        assert "对不上" in refused.value.sentence
    with pytest.raises(NotSaid, match="截止"):
        fix(row, here, at=LATER)


def test_the_root_is_told_before_anybody_counts_and_the_list_comes_with_the_count(here):
    row, codes = secret(here, AT)
    for code, choice in zip(codes, ("yes", "yes", "yes", "no"), strict=False):
        cast(row, code, choice)
    with pytest.raises(NotSaid, match="封票"):
        count(row, here)
    with pytest.raises(Conflict, match="在这里不记名投"):
        said = {name: number for name, number in COUNT.items() if name.endswith("heads")}
        actions.record_count(row, by=here.community_head, at=CLOSES, words="抄", **dict.fromkeys(said, 1))
    row = fix(row, here)
    (before,) = queries.secret_lists(row)
    row = count(row, here)
    (after,) = queries.secret_lists(row)
    decision = Decision.objects.get()

    assert (before.taken, before.counts, before.pairs, before.vote.root != "") == (4, [], [], True)
    assert before.vote.root in DeliberationLine.objects.get(verb="fix_root").words
    assert Notice.objects.filter(body__contains=before.vote.root).exists()
    assert after.pairs == sorted((code, "不同意" if code == codes[3] else "同意") for code in codes[:4])
    assert after.holds and after.vote.root == before.vote.root
    assert (decision.verdict, decision.all_heads, decision.yes_heads, decision.no_heads) == (
        "carried",
        5,
        3,
        1,
    )


def outside_root(pairs, question):
    """Compute the root as the published file says, with nothing of ours."""
    level = sorted(
        hashlib.sha256(b"\0" + f"{code}|{question}|{word}".encode()).digest() for code, word in pairs
    )
    while len(level) > 1:
        level = [
            hashlib.sha256(b"\1" + b"".join(level[at : at + 2])).digest()
            if level[at + 1 : at + 2]
            else level[at]
            for at in range(0, len(level), 2)
        ]
    return level[0].hex()


@pytest.mark.parametrize("change", ["changed", "dropped", "added"])
def test_a_list_with_one_changed_dropped_or_added_vote_is_found(here, change):
    row, codes = secret(here, AT)
    for code in codes[:3]:
        cast(row, code, "no")
    row = count(fix(row, here), here)
    voted = Slip.objects.exclude(choice="")
    vote = Vote.objects.get()
    assert outside_root(voted.values_list("code", "choice"), vote.pk) == vote.root
    if change == "changed":
        voted.filter(code=codes[0]).update(choice="yes")
    elif change == "dropped":
        voted.filter(code=codes[0]).delete()
    else:
        Slip.objects.filter(choice="").update(choice="yes", code="AAAA-AAAA-AAAA-AAAA")

    assert not queries.secret_lists(row)[0].holds
    assert outside_root(Slip.objects.exclude(choice="").values_list("code", "choice"), vote.pk) != vote.root


def test_no_row_of_the_database_joins_a_voter_or_a_moment_to_a_choice(here):
    row, codes = secret(here, AT)
    before = LogEntry.objects.count()
    cast(row, codes[0], "no")
    line = LogEntry.objects.order_by("-id")[0]

    assert {field.name for field in Slip._meta.get_fields()} == {
        "mark", "vote", "code", "choice", "entered_choice", "entered_by",
    }  # fmt: skip
    assert LogEntry.objects.count() == before + 1
    assert (line.actor_kind, line.actor_id, line.subject_id, line.fields) == (
        "stranger", None, str(row.votes.get().pk), [],
    )  # fmt: skip
    cast_alike = line.fingerprint
    cast(row, codes[1], "yes")
    assert LogEntry.objects.order_by("-id")[0].fingerprint == cast_alike
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM audit_logentry l")
        said = json.dumps(cursor.fetchall())
    assert codes[0] not in said and Slip.objects.get(code=codes[0]).mark not in said


def test_a_consultation_counts_its_slips_and_binds_nobody(here):
    row, codes = secret(here, AT, matter="opinion")
    cast(row, codes[0], "abstained")
    with pytest.raises(NotSaid, match="没有封"):
        actions.record_opinion(row, by=here.community_head, at=CLOSES, **OPINION)
    row = actions.record_opinion(fix(row, here), by=here.community_head, at=CLOSES, **OPINION)
    (shown,) = queries.secret_lists(row)

    assert ("弃权", 1) in shown.counts and shown.holds
    assert Decision.objects.get().verdict == "agreed" and Decision.objects.get().all_heads == 0


def test_how_a_secret_vote_leans_is_told_to_nobody_while_it_runs(here):
    row, codes = secret(here, AT)
    cast(row, codes[0], "no")
    live = queries.live_vote(row)

    assert live.can_carry is None and [line.part for line in live.lines] == [1]
    assert voting.remind_voters(CLOSES - timedelta(hours=1))["votes"] == 0
