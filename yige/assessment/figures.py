"""The one place that counts a figure of a unit and opens its rows: every page, sheet and screen asks here.

A figure is asked for a `Subject` (whose rows) and a period. What a reader may not see he cannot ask for: the subject of
a page comes from `readers.py`.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncMonth

from yige.assessment import bases, roll_up
from yige.assessment.aggregates import among, asked_of, base_of, starting_from
from yige.assessment.chance import Interval, enough, wilson
from yige.assessment.closing_facts import count_facts
from yige.assessment.indicators import INDICATOR_BY_NAME, INDICATORS, Indicator
from yige.assessment.periods import Period
from yige.lib.local_time import SHANGHAI

ROWS_OF = {"closings": bases.closings, "promises": bases.promises}
TOLD_BY = {"unit", "grid_path", "tier", "category", "channel", "nature", "month"}
SUMS = {name: Sum(name) for name in asked_of("closings")}


class Figure(NamedTuple):
    """How many rows meet an indicator out of how many; `low`–`high` is where the share truly lies, 95 of 100 times."""

    indicator: Indicator
    met: int
    of: int

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.met, self.of)

    @property
    def enough(self) -> bool:
        return enough(self.of)


class Source(NamedTuple):
    """Rows that an indicator's counts come from, what is asked of them, and the field that says on which day they count."""

    base: str
    rows: QuerySet
    asked: dict
    day: str


def counts(period, where, by=()) -> dict[tuple, dict[str, Figure]]:
    """Return the figures of all indicators for each group that has rows: {(values of `by`…): {name: Figure}}.

    `where` is the condition on the rows (their unit, path, category, channel, tier), `by` those fields that they are
    grouped by; without any there is one group, ().
    """
    found = {} if by else {(): {}}
    for source in sources(period, where):
        for row in count_source(source, by):
            add_pairs(found.setdefault(tuple(row[name] for name in by), {}), row, source.base)
    for row in count_by(bases.open_and_late(period).filter(where), by, {"late": Count("pk")}):
        group = found.setdefault(tuple(row[name] for name in by), {})
        group.setdefault("kept", [0, 0])[1] += row["late"]
    return {key: whole(group) for key, group in found.items()}


def sources(period, where) -> list[Source]:
    """Return where the counts come from: of days that are rolled up from there, of the others from their rows."""
    spans = roll_up.changed_spans(period)
    found = [Source("promises", bases.promises(period).filter(where), asked_of("promises"), "due_on")]
    if spans != [period]:
        found.append(Source("closings", roll_up.counted_days(period, spans).filter(where), SUMS, "day"))
    if spans:
        rows = bases.closings(period).filter(roll_up.closed_in(spans)).filter(where)
        found.append(Source("closings", rows, asked_of("closings"), "at"))
    return found


def add_pairs(group, row, base) -> None:
    """Add a row of counts to what is known of its group; of nothing a sum is None."""
    for each in starting_from(base):
        pair = group.setdefault(each.name, [0, 0])
        pair[0], pair[1] = pair[0] + (row[f"{each.name}_met"] or 0), pair[1] + (row[f"{each.name}_of"] or 0)


def count_source(source, by, **also) -> list[dict]:
    """Count the rows of a source by some fields; `also` are annotations that these may name."""
    if source.day != "at":
        return count_by(source.rows.annotate(**also), by, source.asked)
    check_told_by(by)
    return count_facts(source.rows, by, source.asked, **also)


def check_told_by(by) -> None:
    if strange := {name.split("__")[0] for name in by} - TOLD_BY:
        raise ValueError(f"figures are told by what and where, never by a person: {sorted(strange)}")


def count_by(rows, by, asked) -> list[dict]:
    check_told_by(by)
    rows = rows.order_by()
    return list(rows.values(*by).annotate(**asked)) if by else [rows.aggregate(**asked)]


def whole(group) -> dict[str, Figure]:
    return {each.name: Figure(each, *group.get(each.name, (0, 0))) for each in INDICATORS}


def together(groups) -> dict[str, Figure]:
    """Add up the figures of groups that share no row."""
    summed = {}
    for group in groups:
        for name, figure in group.items():
            pair = summed.setdefault(name, [0, 0])
            pair[0], pair[1] = pair[0] + figure.met, pair[1] + figure.of
    return {name: Figure(INDICATOR_BY_NAME[name], *pair) for name, pair in summed.items()}


def figures(period, where) -> dict[str, Figure]:
    """Return all figures of what meets a condition, by name."""
    return counts(period, where)[()]


def monthly(months, where) -> list[dict[str, Figure]]:
    """Return the figures of each of these months, which follow each other, in one statement for each source."""
    span = Period(months[0].first, months[-1].after)
    found = {month.first: {} for month in months}
    for source in sources(span, where):
        month = TruncMonth(source.day, output_field=DateField(), **in_zone(source.day))
        for row in count_source(source, ("month",), month=month):
            first = row["month"].date() if isinstance(row["month"], datetime) else row["month"]
            add_pairs(found[first], row, source.base)
    late = bases.late_cards().filter(where, at__lt=span.end).filter(bases.not_over_before(span.begin))
    cards = list(late.values_list("case", "round", "unit", "at", "over_at"))
    for month in months:
        rounds = {
            tuple(of) for *of, at, over in cards if at < month.end and (over is None or over >= month.end)
        }
        found[month.first].setdefault("kept", [0, 0])[1] += len(rounds)
    return [whole(found[month.first]) for month in months]


def in_zone(field) -> dict:
    """A moment falls into a month of Shanghai; a day has no zone."""
    return {"tzinfo": SHANGHAI} if field == "at" else {}


def of_closings(period, where, by=()) -> dict[tuple, dict[str, Figure]]:
    """Return the figures that start from closings alone, grouped by what only a matter has, as its category."""
    asked = asked_of("closings")
    named = [each for each in INDICATORS if each.base == "closings"]
    return {
        tuple(row[name] for name in by): {
            each.name: Figure(each, row[f"{each.name}_met"], row[f"{each.name}_of"]) for each in named
        }
        for row in count_by(bases.closings(period).filter(where), by, asked)
    }


def left_out_counts(period, where) -> dict[str, int]:
    """Return how many closings are on record and in no figure: settled by their own finder, and left out by another level."""
    return (
        bases.left_out_closings(period)
        .filter(where)
        .aggregate(
            self_settled=Count("pk", filter=Q(own=True)),
            agreed=Count("pk", filter=Q(own=False, excluded=True)),
        )
    )


class Median(Aggregate):
    """The middle one of the values of a group, by the database."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def report_counts(period, where, by=()) -> dict[tuple, int]:
    """Return how many matters were reported, for each group that has any; without `by` there is one group, ()."""
    rows = count_by(bases.reports(period).filter(where), by, {"reported": Count("pk")})
    return {tuple(row[name] for name in by): row["reported"] for row in rows}


def medians(period, where, by=()) -> dict[tuple, timedelta | None]:
    """Return how long it took from the report (or the taking up again) to the closing, in the middle of each group."""
    took = ExpressionWrapper(F("at") - F("started_at"), output_field=DurationField())
    rows = bases.closings(period).filter(where).annotate(took=took)
    found = count_by(rows, by, {"median": Median("took", output_field=DurationField())})
    return {tuple(row[name] for name in by): row["median"] for row in found}


class Rows(NamedTuple):
    """The rows behind a figure: of the ledger, and the cards of what is open and late."""

    ledger: QuerySet
    cards: QuerySet


def rows(indicator, period, where, show="all") -> Rows:
    """Return the rows of a figure: all it was counted out of, those that meet it ("met"), or those that do not ("not")."""
    ledger = ROWS_OF[base_of(indicator)](period).filter(where, among(indicator))
    cards = bases.open_and_late(period).filter(where)
    if indicator.base != "due" or show == "met":
        cards = cards.none()
    if show != "all":
        ledger = ledger.filter(indicator.met if show == "met" else ~indicator.met)
    return Rows(ledger, cards)


def of_unit(unit) -> Q:
    return Q(unit=unit)


def below(path) -> Q:
    return Q(grid_path__startswith=path)
