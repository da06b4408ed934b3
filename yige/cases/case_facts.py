"""What belongs to one case: its cards, photos, look-backs, linked cases, the open request, and what sounds like it.

`mark_what_there_is` says in the row of the case what it has, so that nobody asks for the rest in vain.
"""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yige.cases.models import Ask, Card, Case, Correction, FollowUp, LookBack, Photo, Rating
from yige.cases.nearness import description
from yige.cases.queries import similar_nearby
from yige.cases.words import State

MOST_LINKED = 30
MOST_SIMILAR = 8


def mark_what_there_is(cases) -> QuerySet:
    """Say of each case whether it has cards, photos, look-backs, or other cases linked to it."""
    mine = OuterRef("pk")
    return cases.annotate(
        has_corrections=Exists(Correction.objects.filter(case=mine)),
        has_look_backs=Exists(LookBack.objects.filter(case=mine)),
        has_cards=Exists(Card.objects.filter(case=mine)),
        has_photos=Exists(Photo.objects.filter(Q(case=mine) | Q(case__leader=mine))),
        has_linked=Exists(Case.objects.filter(Q(leader=mine) | Q(merged_into=mine) | Q(recurs_from=mine))),
    )


def cards_of(case) -> list[Card]:
    return list(case.cards.select_related("unit")) if case.has_cards else []


def photos_of(case) -> list:
    """Return the photos of a case and of those that were merged into it."""
    if not case.has_photos:
        return []
    return list(Photo.objects.filter(Q(case=case) | Q(case__leader=case)))


def linked_cases(case) -> tuple[list[Case], list]:
    """Return the cases merged into this one, and those that say it came back."""
    if not case.has_linked:
        return [], []
    rows = Case.objects.filter(Q(leader=case) | Q(merged_into=case) | Q(recurs_from=case))
    found = list(rows.order_by("serial")[:MOST_LINKED])
    return (
        [row for row in found if case.pk in (row.merged_into_id, row.leader_id)],
        [row for row in found if row.recurs_from_id == case.pk],
    )


class SaidOfLeader(NamedTuple):
    """What the reporter of a merged case said of the round that is over, and how often he was called in vain."""

    rating: Rating | None
    calls: list[FollowUp]

    @property
    def answer(self) -> str:
        called = "（回访）" if self.rating.by_phone else ""
        return f"{self.rating.get_solved_display()}，{self.rating.get_satisfied_display()}{called}"

    @property
    def vain(self) -> int:
        return sum(not call.reached for call in self.calls)


def said_by_merged(case, merged) -> list[tuple[Case, SaidOfLeader | None]]:
    """Return the merged cases, each with what its reporter said; None while the leading one is still handled."""
    if not merged or case.closed_at is None:
        return [(one, None) for one in merged]
    ratings = {row.case_id: row for row in case.ratings_about.filter(round=case.reopen_no)}
    calls = list(case.followups_about.filter(round=case.reopen_no))
    return [
        (one, SaidOfLeader(ratings.get(one.pk), [call for call in calls if call.case_id == one.pk]))
        for one in merged
    ]


def open_request(case) -> Ask | None:
    """Return the request that waits for an answer; only what is being handled can have one to answer."""
    if case.state != State.HANDLING:
        return None
    return case.asks.filter(decided_at=None).select_related("by").first()


def look_backs_of(case) -> list:
    """Return the look-backs of a case that has any."""
    if not case.has_look_backs:
        return []
    return list(case.lookbacks.order_by("due_on"))


def similar_cases(case, user, at) -> list:
    """Return open cases that may be the same as this one and that the user may see, the nearest first."""
    here = description(case.words, case.category, place=case.place, lon=case.lon, lat=case.lat)
    near = similar_nearby(here, case.grid_path, limit=MOST_SIMILAR + 1, elsewhere=True)
    pks = [row.pk for row in near if row.pk != case.pk]
    rows = Case.objects.visible_to(user, at).select_related("category", "unit")
    rows = rows.annotate(grid_name=F("grid__name")).in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]
