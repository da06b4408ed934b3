"""The rows that figures are counted from, in a period, each with what the conditions of `indicators.py` ask."""

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models import Case as When
from django.db.models import When as If
from django.db.models.functions import Greatest, Least, TruncDate

from yige.cases.deadlines import MARKS
from yige.cases.models import Card, Case, Closing, FollowUp, Rating
from yige.cases.words import ENDS, Outcome, Satisfaction, SolvedAnswer, State
from yige.contact.models import Promise
from yige.lib.local_time import SHANGHAI


def met_at_of(mark) -> If:
    """Return when a mark was met, as the table of marks says it; of an earlier round only its closing is known."""
    every = [F(f"case__{name}") for name in mark.met_by_all]
    moments = [F(f"case__{name}") for name in mark.met_by_any]
    if every:
        there = Q(**{f"case__{name}__isnull": False for name in mark.met_by_all})
        moments.append(When(If(there, then=Greatest(*every)), default=None))
    met = Least(*moments) if len(moments) > 1 else moments[0]
    return If(mark=mark.name, case__reopen_no=F("round"), then=met)


MET_AT = When(*[met_at_of(mark) for mark in MARKS if mark.card], default=None, output_field=DateTimeField())


def closings(period, exists=Exists) -> QuerySet:
    """Return the closings of the period that count, with what their reporters said and whether a mark was missed.

    `exists` is how that is looked for: as the database likes, or by `exists_by_index` for one day among years.
    """
    said = Rating.objects.filter(about=OuterRef("case"), round=OuterRef("round")).order_by()
    in_full = FollowUp.objects.filter(
        case=OuterRef("case"), about=OuterRef("about"), round=OuterRef("round"), solved=SolvedAnswer.YES
    )
    partly = said.filter(solved=SolvedAnswer.PARTLY).exclude(Exists(in_full))
    own_cards = Card.objects.filter(
        case=OuterRef("case"), round=OuterRef("round"), unit=OuterRef("unit"), lifted_at=None
    )
    return (
        Closing.objects.countable()
        .filter(at__gte=period.begin, at__lt=period.end)
        .annotate(
            answered=exists(said),
            said_no=exists(said.filter(solved=SolvedAnswer.NO)),
            said_partly=exists(partly),
            unhappy=exists(said.filter(satisfied=Satisfaction.NO)),
            late=exists(own_cards),
            open_late=Value(False, output_field=BooleanField()),
        )
    )


def exists_by_index(rows) -> Exists:
    """Say whether a closing has such rows, looked up by their index for each closing.

    Rows that are counted are not put into a hash: the database would read all ratings ever, to answer for one day.
    """
    return Exists(rows.order_by().values("round").annotate(rows=Count("pk")).filter(rows__gt=0))


def open_and_late(period) -> QuerySet:
    """Return one card for each round that a unit had over a mark when the period ended: it counts as not kept.

    So a matter that is never closed is not forgotten: it stands in every month at whose end it is late. A mark that was
    caught up is late no more; what was handed to another unit since stands there no more, as what was never the unit's
    leaves no trace.
    """
    late = late_cards().filter(not_over_before(period.end), pk__in=cards_that_may_stand(period.end))
    given = {"case": OuterRef("case"), "round": OuterRef("round"), "unit": OuterRef("unit")}
    return late.exclude(Exists(late.filter(**given, pk__lt=OuterRef("pk"))))


def late_cards() -> QuerySet:
    """Return the cards that stand, of what the unit still has or closed itself, with when that was over (`over_at`).

    It is over when the mark was met after all, the round was closed, or the case ended otherwise.
    """
    closed = Closing.objects.filter(case=OuterRef("case"), round=OuterRef("round")).order_by()
    still_has_it = Q(case__unit=F("unit"), case__reopen_no=F("round"), closed_by=None) | Q(
        closed_by=F("unit")
    )
    return (
        Card.objects.filter(lifted_at=None, unit__isnull=False)
        .annotate(
            grid_path=F("case__grid_path"),
            category=F("case__category_id"),
            channel=F("case__channel"),
            tier=F("case__tier"),
            closed_by=Subquery(closed.values("unit")[:1]),
            over_at=Least(Subquery(closed.values("at")[:1]), F("case__ended_at"), MET_AT),
        )
        .filter(still_has_it)
        .exclude(Exists(closed.filter(excluded=True)))
        .order_by()
    )


def cards_that_may_stand(moment) -> QuerySet:
    """Return the cards from before a moment whose round was perhaps not over by then, by their ids.

    Few are: only of these the database asks what their case and round became. They are found from their cases, for among
    all cards of all years there is nothing that tells them apart.
    """
    otherwise = [state for state in ENDS if state != State.CLEARED]
    ended = Case.objects.filter(state__in=otherwise).exclude(ended_at__lt=moment)
    closed = Closing.objects.filter(at__gte=moment).order_by()
    cases = (
        Case.objects.open()
        .order_by()
        .values("pk")
        .union(ended.order_by().values("pk"), closed.values("case"))
    )
    return Card.objects.filter(case__in=cases, lifted_at=None, at__lt=moment).order_by().values("pk")


def not_over_before(moment) -> Q:
    return Q(over_at=None) | Q(over_at__gte=moment)


NO_CASE = {
    "category": UUIDField(),
    "channel": CharField(),
    "tier": CharField(),
}  # a promise is of a household


def promises(period) -> QuerySet:
    """Return the promises that came due in the period, but those whose household was told why it cannot be."""
    day_kept = TruncDate("kept_at", tzinfo=SHANGHAI)
    return (
        Promise.objects.filter(due_on__gte=period.first, due_on__lt=period.after, released_at=None)
        .annotate(day_kept=day_kept, **{name: Value(None, output_field=of) for name, of in NO_CASE.items()})
        .annotate(kept_in_time=Q(kept_at__isnull=False) & Q(day_kept__lte=F("due_on")))
    )


def left_out_closings(period) -> QuerySet:
    """Return the closings of the period that count in no figure: nobody but the finder had a part, or another level agreed."""
    left_out = Q(own=True) | Q(excluded=True)
    return Closing.objects.filter(left_out, at__gte=period.begin, at__lt=period.end).order_by()


def reports(period) -> QuerySet:
    """Return the cases that were reported in the period: copies and what was taken back left out, as are matters that
    their own finder settled, which count in no figure."""
    return (
        Case.objects.filter(reported_at__gte=period.begin, reported_at__lt=period.end)
        .exclude(state__in=(State.MERGED, State.WITHDRAWN))
        .exclude(outcome=Outcome.LIGHT)
        .exclude(reported_by__isnull=False, handler__isnull=False, reported_by=F("handler"))
        .order_by()
    )
