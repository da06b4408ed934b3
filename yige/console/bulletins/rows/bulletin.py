"""What the page of a bulletin shows: what it would tell today, or what it tells for good, and who may do what next."""

from yige.bulletins import bulletin_text
from yige.bulletins.actions import faults_by_text, writers_of
from yige.bulletins.words import FIXED_STATES, OPEN_STATES, BulletinState
from yige.web.bulletin_sheet import parts_of

TONES = {
    BulletinState.SCREENED: "care",
    BulletinState.APPROVED: "accent",
    BulletinState.PUBLISHED: "good",
    BulletinState.WITHDRAWN: "bad",
}


def page_parts(row, user, *, writes, approves) -> dict:
    """Return what the template needs beside the forms."""
    told = row.told if row.state in FIXED_STATES else bulletin_text.told_of(row)
    open_state, waits = row.state in OPEN_STATES, row.state == BulletinState.SCREENED
    return {
        "row": row,
        **parts_of(told),
        "tone": TONES.get(row.state, ""),
        "stories": [] if not open_state else row.stories.filter(dropped_at=None).select_related("case"),
        "faults": faults_by_text(row) if open_state else [],
        "may_write": writes and open_state,
        "may_screen": writes and row.state == BulletinState.DRAFT,
        "may_approve": approves and waits and user.pk not in writers_of(row),
        "own_words": approves and waits and user.pk in writers_of(row),
        "may_publish": writes and row.state == BulletinState.APPROVED,
        "may_withdraw": approves and row.state == BulletinState.PUBLISHED,
    }
