"""Today's households in order: what was promised, what was wished, whom a service asks for, who waited long. Pure."""

from datetime import date
from typing import NamedTuple

AHEAD = 2  # days before its day a promise is suggested


class Candidate(NamedTuple):
    """What the rule reads of a household; every field but the first two may be missing."""

    id: object
    building: object = None
    met_on: date | None = None
    tried_on: date | None = None
    promise_due: date | None = None  # the earliest promise that stands
    appointed_at: object = None  # a moment of today
    wished_on: date | None = None
    label_days: int | None = None  # the shortest cadence of the services that were asked for
    declines: bool = False


class Task(NamedTuple):
    id: object
    rank: int
    reason: str
    hint: str = ""


# fmt: off
REASONS = (
    # name          in words                         what makes it so
    ("appointed",   "约好今天见面",                   lambda one, today, every: one.appointed_at is not None),
    ("broken",      "答应的事过了期",                 lambda one, today, every: one.promise_due is not None and one.promise_due < today),
    ("promised",    "答应的日子到了",                 lambda one, today, every: one.promise_due is not None and (one.promise_due - today).days <= AHEAD),
    ("wished",      "约定这时候联系",                 lambda one, today, every: one.wished_on is not None and one.wished_on <= today),
    ("service",     "要了上门服务，该去看看了",         lambda one, today, every: one.label_days is not None and _waited(one, today) >= one.label_days),
    ("never",       "还没有走访过",                   lambda one, today, every: one.met_on is None),
    ("long",        "好久没有联系了",                 lambda one, today, every: _waited(one, today) >= every),
    ("next",        "",                              lambda one, today, every: True),
)
# fmt: on
FIRM = 5  # the reasons above "never": a day, a word or a service
BY_PROMISE = ("appointed", "broken", "promised")
CALL = "本户不希望上门，请打电话或者留条。"
TRIED = "今天去过，没有遇到。"


def tasks_in_order(candidates, today, every) -> list:
    """Return all candidates as tasks, the most urgent first; `every` is the wait of the visitor's plan in days.

    Within one reason whoever waited longest comes first; who lives in a building of a task above comes before others
    who are only next in turn. A household that declines visits is left out unless something was promised to it.
    """
    ranked = []
    for one in candidates:
        rank, (name, words, _) = next(
            (rank, row) for rank, row in enumerate(REASONS) if row[2](one, today, every)
        )
        if one.declines and name not in BY_PROMISE:
            continue
        hint = CALL if one.declines and name != "appointed" else (TRIED if one.tried_on == today else "")
        if one.met_on == today and name not in BY_PROMISE:
            continue
        ranked.append((rank, one, Task(one.id, rank, words, hint)))
    ranked.sort(key=lambda row: (row[0], _first(row[1]), -_waited(row[1], today), str(row[1].id)))
    return [task for _, _, task in _same_building(ranked)]


def _same_building(ranked):
    """Move whoever has no reason but the turn behind those in the buildings that are visited anyway."""
    firm = [row for row in ranked if row[0] < FIRM]
    rest = ranked[len(firm) :]
    near = {one.building for _, one, _ in firm if one.building is not None}
    if not near and rest:
        near = {rest[0][1].building}
    return [*firm, *sorted(rest, key=lambda row: row[1].building not in near)]


def _first(one):
    """The day that orders tasks of one reason."""
    return (str(one.appointed_at or ""), one.promise_due or date.max, one.wished_on or date.max)


def _waited(one, today):
    """Return how many days nobody was met; never met is longer than anything."""
    return (today - one.met_on).days if one.met_on else 100_000
