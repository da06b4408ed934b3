"""What this product never does to the people who work with it or live in its grids. Source: docs/policy, domain §6.1."""

import re

import pytest
from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from yige.cases import workflow
from yige.cases.models import Case, Photo
from yige.steps.forms import FORMS

MODELS = [model for model in apps.get_models() if model.__module__.startswith("yige.")]
NEVER = re.compile(
    r"(^|_)(points?|score|scores|rank|ranking|streak|check_?in|clock_in|online_(time|seconds)|duration_online|track|"
    r"tracks|trajectory|steps?_count|likes?|badge|leaderboard|face|fingerprint_image|religion|ethnicity|petitioner|"
    r"risk_(level|score)|key_person|psychiatric|criminal|drug)(_|$)"
)
ALLOWED = {("LogEntry", "fingerprint")}  # of words, not of fingers
PEOPLE = ("User", "Post", "Reporter")


def test_no_column_counts_points_presence_or_tracks():
    found = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if NEVER.search(field.name) and (model.__name__, field.name) not in ALLOWED
    ]

    assert found == []


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

    assert found == []


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


def test_no_verb_needs_a_photo():
    assert [
        move.verb for move in workflow.MOVES if "photos" in move.must_say or "photo" in move.must_say
    ] == []


@pytest.mark.parametrize("verb", FORMS)
def test_no_form_demands_a_photo_or_a_position(verb):
    form = FORMS[verb]
    demanded = {name for name, field in form.base_fields.items() if field.required}

    assert not demanded & {"photo", "photos", "lon", "lat", "position", "location", "track"}


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
