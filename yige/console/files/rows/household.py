"""What the page of a household shows: its people masked, what it waits for, where it lives and who looks after it."""

from django.db.models import Exists, OuterRef

from yige.archive.people import queries
from yige.archive.words import HOUSING, TieKind
from yige.cases.models import Case
from yige.console.cases.rows.case import in_area
from yige.console.files.rows.person import masked_name, origin_rows, person_row
from yige.contact import queries as contact
from yige.contact.models import Answer
from yige.lib.local_time import local_day

LASTS = 3


def household_file(user, household, ways, at):
    """Return all that the page of a household shows, by a fixed number of statements."""
    people = queries.people(household, at)
    ties = queries.ties(household, people)
    day = local_day(at)
    return {
        "household": household,
        "people": [person_row(person, ways, at) for person in people],
        "visits": contact.recent_visits(household, LASTS),
        "needs": waiting_needs(household),
        "promises": contact.open_promises(household),
        "cases": open_cases(user, household),
        "links": queries.links(household, at),
        "lived": [tie for tie in ties if tie.kind in (*HOUSING, TieKind.OWNS)],
        "works": [tie for tie in ties if tie.kind == TieKind.WORKS and tie.until is None],
        "origins": [("本户", origin_rows(household, ways))]
        + [(masked_name(person, at), origin_rows(person, ways)) for person in people],
        "declines": household.declines_on(day),
        "ways": ways,
        "may_write": bool(ways & {"area", "keeper"}),
        "may_visit": bool(ways & {"area", "links"}),
        "today": day,
    }


def waiting_needs(household):
    """Return what the household still waits for; `told` says that an answer was heard since the last meeting."""
    heard = Answer.objects.filter(need=OuterRef("pk"), heard_at__isnull=False)
    if household.met_at:
        heard = heard.filter(heard_at__gt=household.met_at)
    rows = (
        contact.needs_waiting()
        .filter(household=household)
        .select_related("case__leader")
        .defer(
            *(
                f"{path}__{name}"
                for path in ("case", "case__leader")
                for name in ("grams", "search_text", "plan")
            )
        )
    )
    return list(rows.annotate(told=Exists(heard)))


def open_cases(user, household):
    """Return the open cases of a household as (case, whether its page opens for this user)."""
    rows = (
        Case.objects.open()
        .filter(household=household)
        .select_related("category")
        .defer("grams", "search_text")
    )
    return [(case, in_area(user, case) or user.pk in (case.handler_id, case.reported_by_id)) for case in rows]
