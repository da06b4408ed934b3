"""What the page of a secret vote shows: how many slips there are and came in, which wait for a second person, what may be done."""

from yige.deliberation import deliberation_moves
from yige.deliberation.gate import standings
from yige.deliberation.queries import live_vote


def secret_parts(row, user, at):
    live = live_vote(row)
    vote = live and live.vote
    allowed = deliberation_moves.verbs_allowed(row.stage, row.form, standings(user, row, at))
    return {
        "row": row,
        "live": live,
        "vote": vote,
        "half_entered": vote.slips.exclude(entered_by=None).count() if vote else 0,
        "is_over": bool(vote and vote.closes_at and vote.closes_at <= at),
        "may": [verb for verb in allowed if is_time_for(verb, vote, at)],
    }


def is_time_for(verb, vote, at):
    """Say whether a verb of a secret vote makes sense now."""
    opened = bool(vote and vote.opened_at)
    is_fixed = bool(vote and vote.fixed_at)
    times = {
        "draw_slips": not opened,
        "open_vote": bool(vote) and not opened,
        "enter_slip": opened and not is_fixed,
        "fix_root": opened and not is_fixed and vote.closes_at <= at,
        "count_vote": is_fixed,
    }
    return times.get(verb, False)
