"""What this product never does to the people who work with it or live in its grids: T1–T7. Source: docs/policy/never.md.

The limits about residents (1–13) are in tests/test_never_people.py.
"""

import ast
import inspect
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from django.utils import timezone

from tests import factories
from tests.house import matches, python, shown
from tests.never import every_form, every_verb, rows_with
from tests.scenes import scene
from yige.cases import workflow
from yige.cases.models import Case, Photo
from yige.contact.models import Look, Patrol, Spot, Visit
from yige.steps.forms import FORMS
from yige.steps.s1_approach import actions as s1
from yige.steps.s2_discover import actions as s2

MODELS = [model for model in apps.get_models() if model.__module__.startswith("yige.")]
NEVER = re.compile(
    r"(^|_)(points?|score|scores|rank|ranking|streak|check_?in|clock_in|online_(time|seconds)|duration_online|track|"
    r"tracks|trajectory|steps?_count|likes?|badge|leaderboard|face|fingerprint_image|religion|ethnicity|petitioner|"
    r"risk_(level|score)|key_person|psychiatric|criminal|drug)(_|$)"
)
ALLOWED = {("LogEntry", "fingerprint")}  # of words, not of fingers
PEOPLE = ("User", "Post", "Reporter", "Person", "Household", "Link", "Visit", "Patrol", "Label")
# A birth year is no count, and a version only tells an old page from a new one.
NO_COUNTS = {"Person.birth_year", "Person.version", "Household.version"}


def test_no_column_counts_points_presence_or_tracks():
    found = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if NEVER.search(field.name) and (model.__name__, field.name) not in ALLOWED
    ]

    assert found == []


def test_no_table_is_for_points_presence_or_tracks():
    assert [model._meta.db_table for model in apps.get_models() if NEVER.search(model._meta.db_table)] == []


def test_no_number_is_kept_about_a_person():
    """A count beside a name is the beginning of a league table."""
    numbers = (
        "IntegerField",
        "PositiveSmallIntegerField",
        "PositiveIntegerField",
        "FloatField",
        "DecimalField",
    )
    found = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        if model.__name__ in PEOPLE
        for field in model._meta.concrete_fields
        if field.get_internal_type() in numbers
    ]

    assert set(found) - NO_COUNTS == set()


def test_cards_are_on_the_case_and_its_unit_never_on_a_person():
    from yige.cases.models import Card

    people = {
        field.name
        for field in Card._meta.concrete_fields
        if field.related_model and field.related_model.__name__ == "User"
    }

    assert people == {"appealed_by"}


def routes(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.name or ""
        else:
            yield from routes(pattern.url_patterns, here)


def test_no_address_ranks_or_checks_in():
    words = re.compile(r"rank|score|points|check-?in|streak|leaderboard|track")
    found = [pair for pair in routes() if words.search(pair[0]) or words.search(pair[1])]

    assert [
        pair for pair in found if not pair[0].startswith("console/map/")
    ] == []  # the points of a map are places


def test_no_export_of_how_much_somebody_used_it():
    words = re.compile(r"usage|active-users|online|install")

    assert [pair for pair in routes() if words.search(pair[0])] == []


ROWS_OF = {"by", "by_id", "user", "user_id", "handler", "handler_id", "host", "host_id", "reported_by", "taken_by",
           "handed_by", "actor_id", "asked_by", "answered_by"}  # fmt: skip
COUNTS = {"Count", "Sum", "Avg", "Max", "Min"}


def counted_by_person(tree):
    """Find where rows are grouped by a person and counted, or people are listed with a count of something."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "annotate"):
            continue
        said = {
            name.id
            for part in call.keywords + call.args
            for name in ast.walk(part)
            if isinstance(name, ast.Name)
        }
        if not said & COUNTS:
            continue
        below = list(ast.walk(call.func))
        grouped = {
            part.value.split("__")[0]
            for inner in below
            if isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") in ("values", "values_list")
            for part in inner.args
            if isinstance(part, ast.Constant)
        }
        of_people = any(isinstance(part, ast.Name) and part.id in ("User", "Post") for part in below)
        if grouped & ROWS_OF or of_people:
            yield call.lineno


def test_no_query_counts_by_person():
    found = [
        f"{shown(path)}:{line}"
        for path in python()
        if shown(path).startswith("yige/")
        for line in counted_by_person(ast.parse(path.read_text()))
    ]
    sql = matches(python(), r"GROUP BY\b[^\"]*\b(by_id|user_id|handler_id|host_id|actor_id)")

    assert found + [line for line in sql if line.startswith("yige/")] == []


@pytest.mark.parametrize(
    "text",
    [
        'Visit.objects.values("by").annotate(n=Count("pk"))',
        'Look.objects.filter(at=at).values_list("patrol", "by__name").order_by().annotate(Count("pk"))',
        'User.objects.filter(active=True).annotate(visits=Count("visit"))',
        'Photo.objects.values("reported_by__name").annotate(last=Max("at"))',
    ],
)
def test_a_league_table_would_be_found(text):
    assert list(counted_by_person(ast.parse(text))) == [1]


def test_no_verb_needs_a_photo():
    assert [
        move.verb for move in workflow.MOVES if "photos" in move.must_say or "photo" in move.must_say
    ] == []


@pytest.mark.parametrize("verb", FORMS)
def test_no_form_demands_a_photo_or_a_position(verb):
    form = FORMS[verb]
    demanded = {name for name, field in form.base_fields.items() if field.required}

    assert not demanded & {"photo", "photos", "lon", "lat", "position", "location", "track"}


WHERE = {
    "photo",
    "photos",
    "lon",
    "lat",
    "accuracy_m",
    "position",
    "location",
    "track",
    "scan",
    "token",
    "image",
}


@pytest.mark.parametrize("name", sorted(every_verb()))
def test_no_verb_demands_a_photo_or_a_position(name):
    demanded = {
        part.name
        for part in inspect.signature(every_verb()[name]).parameters.values()
        if part.default is part.empty and part.kind is part.KEYWORD_ONLY
    }

    assert not demanded & WHERE


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_no_form_demands_a_photo_or_a_position_of_whoever_fills_it_in(form):
    assert not {name for name, field in form.base_fields.items() if field.required} & (WHERE - {"token"})


@scene
def here():
    return factories.town()


def test_a_visit_and_a_round_are_closed_without_photo_and_place(here):
    at = factories.MONDAY_NOON
    visit = s1.write_visit_without_timelines(factories.household(here), by=here.micro, at=at, mode="home")
    patrol = s2.start_patrol(here.grid, by=here.worker, at=at)
    patrol = s2.finish_patrol(patrol, by=here.worker, at=at + timedelta(hours=1))

    assert visit.pk and patrol.finished_at
    for model in (Visit, Look, Patrol):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & (WHERE | {"exif", "way", "path", "pace", "device", "minutes", "seconds"})


def test_photo_is_kept_without_where_it_was_taken():
    assert not {field.name for field in Photo._meta.concrete_fields} & {
        "lon",
        "lat",
        "exif",
        "taken_at",
        "device",
    }


def test_case_has_no_place_of_the_worker():
    assert {
        name for name in (field.name for field in Case._meta.concrete_fields) if "worker" in name
    } == set()


def test_report_needs_neither_name_nor_phone():
    report = next(move for move in workflow.MOVES if move.verb == "report")

    assert set(report.must_say) == {"words", "category", "place"}


def test_no_table_of_contact_ties_a_person_to_points():
    """Whoever walks or visits leaves no position: a table with a point names no person, and no rows of points in time."""
    points = [
        model.__name__
        for model in MODELS
        if model._meta.app_label == "contact"
        and {field.name for field in model._meta.concrete_fields} & WHERE
    ]
    people = {
        field.related_model.__name__
        for field in Spot._meta.concrete_fields
        if field.is_relation and field.related_model.__name__ in ("User", "Post", "Person", "Household")
    }

    assert (points, people) == (["Spot"], set())


HEADS_READ = ("", "contact/", "promises/", "patrols/", "units/", "links/", "people-map/", "cases/", "inbox/")


def test_no_page_of_a_head_counts_what_a_worker_did(client, here):
    """Thirty-seven visits in a day: nowhere does the number stand beside the name."""
    household = factories.linked_household(here, user=here.worker)
    for number in range(37):
        s1.write_visit_without_timelines(
            household, by=here.worker, at=timezone.now() - timedelta(minutes=number), mode="home"
        )

    found, read = [], 0
    for head in (here.street_head, here.community_head, here.grid_head):
        client.force_login(head)
        for page in HEADS_READ:
            response = client.get(f"/console/{page}")
            read += response.status_code == 200
            found += [
                row
                for row in rows_with(response.text, here.worker.name)
                if re.search(r"(?<!\d)37(?!\d)", row)
            ]

    assert read >= 20
    assert found == []
