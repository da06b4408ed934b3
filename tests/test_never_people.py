"""What is never built against the people who live in the grids: the limits 1–13 of docs/policy/never.md."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver

from tests import factories
from tests.factories import MONDAY_NOON
from tests.house import MODELS, matches, python, shown
from tests.never import every_form
from tests.policy.test_routes import routes
from tests.scenes import scene
from yige.accounts.actors import Resident
from yige.alliance import branches, organisations, seats, wishes
from yige.archive import labels
from yige.archive.models import Household, Label, Person
from yige.archive.people import actions as archive
from yige.archive.people.purposes import GROUP_BY_NAME
from yige.archive.rights import requests
from yige.archive.rosters import columns
from yige.contact.models import Appointment, Need, Promise, Slot, Visit
from yige.deliberation import actions as deliberation
from yige.deliberation import carrying_out, voting
from yige.lib.refusals import NotSaid
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

ABOUT_PEOPLE = [model for model in MODELS if model._meta.app_label in ("archive", "contact", "alliance")]
FORBIDDEN = [
    "重点人员", "上访", "刑满", "吸毒", "信教", "低信用", "高风险", "外国人", "精神病", "key_person", "petitioner",
]  # fmt: skip


@scene
def here():
    return factories.town()


def test_labels_are_these_nine_services():
    assert [label.name for label in labels.LABELS] == [
        "living_alone", "mobility_help", "communication_need", "disability_service", "veteran", "hardship_support",
        "infant_care", "medicine_reminder", "party_member",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [*FORBIDDEN, "", "LIVING_ALONE", "living_alone "])
def test_label_outside_the_list_is_refused_by_the_verb(here, kind):
    someone = factories.person(here, factories.household(here))

    with pytest.raises(NotSaid, match="没有这种标签"):
        archive.grant_label(someone, by=here.micro, at=MONDAY_NOON, kind=kind)

    assert not Label.objects.exists()


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_label_outside_the_list_is_refused_by_the_table(here, kind):
    someone = factories.person(here, factories.household(here))
    row = Label(person=someone, kind=kind, granted_at=MONDAY_NOON, until=MONDAY_NOON.date())

    with pytest.raises(IntegrityError, match="label_is_on_the_closed_list"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="label_is_on_the_closed_list"), transaction.atomic():
        kept = archive.grant_label(someone, by=here.micro, at=MONDAY_NOON, kind="living_alone")
        Label.objects.filter(pk=kept.pk).update(kind=kind)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_label_outside_the_list_is_refused_by_the_form(client, here, kind):
    someone = factories.person(here, factories.household(here))
    client.force_login(here.micro)

    page = client.post(
        f"/console/people/{someone.pk}/label/",
        {"kind": kind, "granted_by": "person", "months": 12, "agreed": "on", "key": "k" * 32},
    )

    assert page.status_code == 422
    assert not Label.objects.exists()


@pytest.mark.parametrize(
    "heading",
    ["人员标签", "重点人员类别", "政治面貌", "宗教信仰", "是否上访", "残疾等级", "病史", "民族", "信用评分"],
)
def test_label_outside_the_list_comes_in_by_no_roster(heading):
    assert columns.guess(["姓名", heading], {heading: "relation"}) == {"姓名": "name"}


def test_no_free_words_about_a_person():
    """Text columns of a person's own tables hold choices, numbers or sealed names; none is free."""
    free = [
        f"{model.__name__}.{field.name}"
        for model in (Person, Household, Label)
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.choices
    ]

    assert free == ["Person.grid_path", "Household.grid_path"]


LEARNING = re.compile(
    r"torch|tensorflow|scikit|sklearn|xgboost|lightgbm|transformers|openai|keras|onnx|prophet", re.I
)
RECOGNISING = re.compile(
    r"face|dlib|opencv|cv2|mediapipe|easyocr|tesseract|plate|whisper|vosk|scrapy|selenium", re.I
)


def dependencies():
    pyproject = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    return pyproject["project"]["dependencies"]


def test_no_library_that_learns():
    assert [name for name in dependencies() if LEARNING.search(name)] == []


def test_no_library_that_recognises():
    assert [name for name in dependencies() if RECOGNISING.search(name.split("#")[0])] == []


RATING = re.compile(
    r"(^|_)(score|scores|rank|ranking|risk|credit|rating_of|grade|stars?|predict\w*|suspicio\w*)(_|$)"
)


def test_no_column_rates_a_person():
    found = [
        f"{model.__name__}.{field.name}" for model in ABOUT_PEOPLE for field in model._meta.concrete_fields
    ]

    assert [name for name in found if RATING.search(name.split(".")[1])] == []


def test_what_is_written_on_a_visit_is_short_and_about_needs():
    free = {
        f"{model.__name__}.{field.name}": field.max_length
        for model in (Visit, Need, Promise, Appointment, Slot)
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices
    }

    assert {name: most for name, most in free.items() if not name.endswith("grid_path")} == {
        "Visit.role_label": 20, "Need.words": 200, "Promise.words": 200, "Appointment.words": 200, "Slot.place": 60,
    }  # fmt: skip


def test_declining_is_a_day_and_nothing_else(here):
    household = factories.household(here)
    before = {field.attname: getattr(household, field.attname) for field in Household._meta.concrete_fields}

    s1.decline_visits(household, by=Resident(None, household.pk), at=MONDAY_NOON, until=MONDAY_NOON.date())

    household.refresh_from_db()
    after = {field.attname: getattr(household, field.attname) for field in Household._meta.concrete_fields}
    assert {name for name in before if before[name] != after[name]} == {"declines_until"}


POINTS = {"lon", "lat", "point", "position", "accuracy_m", "track", "geometry"}


def test_household_and_person_have_no_point():
    with_a_point = {
        model.__name__
        for model in ABOUT_PEOPLE
        if {field.name for field in model._meta.concrete_fields} & POINTS
    }

    assert with_a_point == {"Building", "Organisation", "Thing", "Spot"}


@pytest.mark.parametrize("age", [0, 6, 13, 14])
def test_a_child_has_no_file_without_a_guardian_and_no_phone(here, age):
    household = factories.household(here)
    adult = factories.person(here, household)
    born = MONDAY_NOON.year - age

    said = {"by": here.micro, "at": MONDAY_NOON, "name": "王小", "birth_year": born}
    with pytest.raises(NotSaid) as alone:
        archive.add_person(household, **said)
    with pytest.raises(NotSaid) as phone:
        archive.add_person(household, **said, guardian=adult, phone="19900000009")

    assert "guardian" in alone.value.fields
    assert "phone" in phone.value.fields
    assert Person.objects.count() == 1


# Each address where a resident acts → the verb behind it, which somebody at a desk or the door can do for him or her.
WAYS = {
    "my_withdraw": archive.withdraw_label,
    "my_ask": requests.ask,
    "my_ask_of": requests.ask,
    "my_decline": s1.decline_visits,
    "my_book": appointments.book_slot,
    "my_cancel": appointments.cancel_appointment,
    "my_call_act": seats.sign_up,
    "my_council": deliberation.raise_matter,
    "my_objection": carrying_out.object_to,
    "my_organisation_act": organisations.join_organisation,  # one says oneself that one takes part (docs/policy/alliance.md §29)
    "my_wish_make": wishes.make_wish,
    "my_wish_act": wishes.confirm_wish,
    "my_help_act": branches.offer_help,  # with a branch one registers oneself alone (docs/policy/alliance.md §18)
    "my_vote": voting.enter_paper,
}
# Looking, and coming and going: on paper somebody prints or reads it out.
LOOKING = {"my", "my_sign_in", "my_code", "my_who", "my_sign_out", "my_file", "my_file_of", "my_looks", "my_looks_of",
           "my_requests", "my_visits", "my_reports", "my_calls", "my_call", "my_certify", "my_help", "my_organisation", "my_wishes", "my_certificate"}  # fmt: skip


def test_every_act_of_a_resident_is_known():
    names = {name for name, *_ in named_routes() if name.startswith("my")}

    assert names == set(WAYS) | LOOKING


def named_routes(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named_routes(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, pattern


def test_every_act_of_a_resident_can_be_done_by_somebody_asked(here):
    """Without an app, a phone or an account: the micro-grid worker at the door writes the same rows."""
    by, at = here.micro, MONDAY_NOON
    household = factories.family(here)
    someone = household.people.first()
    label = archive.grant_label(someone, by=by, at=at, kind="living_alone")
    slot = appointments.offer_slot(
        here.micro_grid, by=by, at=at, kind="visit", place="家里", starts_at=at + timedelta(days=1)
    )

    archive.withdraw_label(label, by=by, at=at)
    asked = requests.ask(someone, by=by, at=at, kind="correct", words="名字写错了一个字")
    s1.decline_visits(household, by=by, at=at, until=(at + timedelta(days=30)).date())
    booked = appointments.book_slot(slot, by=by, at=at, household=household)
    appointments.cancel_appointment(booked, by=by, at=at)

    assert Label.objects.get().withdrawn_at == at
    assert asked.taken_by == by
    assert Household.objects.get().declines_until is not None
    assert Appointment.objects.get().taken_by == by
    assert Appointment.objects.get().cancelled_at == at


def test_membership_decides_nothing():
    """The label of a party member is named where labels are listed; no rule, filter or plan asks for it."""
    ours = [path for path in python() if shown(path).startswith("yige/") and "/demo/" not in shown(path)]
    found = matches(ours, r"kind(__in)?\s*==?\s*.{0,12}party_member|party_member.{0,12}\bkind\b")

    assert found == []
    assert labels.LABEL_BY_NAME["party_member"].every_days is None


# Fields of forms about persons that one has to fill in: the group of archive/purposes.py that says what for, or
# "act" where it says what is being done, not something about a person.
DEMANDED = {
    "name": "who", "birth_year": "who", "phone": "phone", "emergency": "emergency", "identity": "identity",
    "relation": "family", "guardian": "family", "building": "home", "room": "home", "door": "home", "use": "home",
    "kind": "act", "granted_by": "labels", "agreed": "labels", "months": "act", "until": "contact",
    "words": "act", "reason": "act", "purpose": "act", "grid": "act", "path": "act", "user": "act", "how": "act",
    "q": "act", "code": "asks", "granted": "act", "mode": "visits", "due_on": "needs", "consented": "family",
    "choice": "act", "source": "keeping", "file": "keeping", "skill": "together", "hours": "together", "begins_at": "act", "ends_at": "act",
}  # fmt: skip
ABOUT = re.compile(
    r"file_forms|my_forms|views\.(households|links|exports|requests|alike|merges?)|visit_forms|roster"
)


def forms_about_persons():
    return [form for form in every_form() if ABOUT.search(form.__module__)]


@pytest.mark.parametrize("form", forms_about_persons(), ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_mandatory_field_about_a_person_has_a_purpose(form):
    demanded = {name for name, field in form.base_fields.items() if field.required}

    assert demanded - set(DEMANDED) == set()
    assert {DEMANDED[name] for name in demanded} - set(GROUP_BY_NAME) <= {"act"}


def test_no_address_takes_out_persons_but_the_list_that_two_agreed_on():
    found = {route for route in routes() if re.search(r"export|download|xlsx|csv|fetch", route)}

    assert {route for route in found if re.search(r"people|household|person", route)} == set()
