"""The places of a round as its pages show them: what waits, what can wait, what was looked at and what came of it."""

from typing import NamedTuple

from yige.contact import patrols

MOST_STOPS = 300


class Stop(NamedTuple):
    spot: object
    standing: patrols.Standing
    look: object


def stops_by_state(patrol, user, at):
    """Return the places of a round: waiting, later (not due yet), seen (newest first), and the cases among them."""
    looks = patrols.looks_on(patrol)
    rows = [
        Stop(spot, patrols.standing_of(spot.looked_at, spot.every_days, at), looks.get(spot.pk))
        for spot in patrols.spots_of_patrol(patrol, user, at)[:MOST_STOPS]
    ]
    seen = sorted((row for row in rows if row.look), key=lambda row: row.look.at, reverse=True)
    return {
        "waiting": [row for row in rows if not row.look and row.standing.is_due],
        "later": [row for row in rows if not row.look and not row.standing.is_due],
        "seen": seen,
        "found": [row for row in seen if row.look.case],
        "count": len(rows),
    }
