"""What the page of a vote shows: who took part and never what was voted, which papers wait for a second person."""

from yige.deliberation import deliberation_moves
from yige.deliberation.decision_rules import area_words
from yige.deliberation.gate import standings
from yige.deliberation.models import PaperEntry, VotingRight
from yige.deliberation.queries import live_vote

MOST_RIGHTS = 1000


def vote_parts(row, user, at):
    live = live_vote(row)
    held = standings(user, row, at)
    allowed = deliberation_moves.verbs_allowed(row.stage, row.form, held)
    return {
        "row": row,
        "live": live,
        "may": [verb for verb in allowed if is_time_for(verb, live and live.vote, at)],
        "rights": right_lines(live.vote) if live else [],
        "entries": list(
            PaperEntry.objects.filter(right__vote=live.vote).select_related("right", "entered_by")
        )
        if live
        else [],
    }


def is_time_for(verb, vote, at):
    """Say whether a verb of a vote makes sense now."""
    opened = bool(vote and vote.opened_at)
    over = opened and vote.closes_at <= at
    times = {
        "write_roll": not opened,
        "open_vote": bool(vote) and not opened,
        "enter_paper": opened and not over,
        "count_vote": bool(over and vote.is_online),
    }
    return times.get(verb, False)


def right_lines(vote):
    """Return (right, area in words, how it voted or "") of the roll; the choice is not read at all."""
    rights = VotingRight.objects.filter(vote=vote).select_related("ballot").defer("ballot__choice")
    return [(right, area_words(right.area), way_of(right)) for right in rights[:MOST_RIGHTS]]


def way_of(right):
    return right.ballot.get_origin_display() if hasattr(right, "ballot") else ""
