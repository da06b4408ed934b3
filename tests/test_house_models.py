"""The conventions of tables: classified fields, constraints that read as sentences, ids made by the application."""

from collections import Counter
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps

from tests.factories import MONDAY_NOON
from tests.house import MODELS
from yige.archive.labels import LABELS
from yige.archive.models import Origin, Person
from yige.archive.people.purposes import GROUPS


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_model_about_people_is_classified(model):
    if not hasattr(model, "Privacy"):
        assert model._meta.app_label == "grids", f"{model.__name__} needs a class Privacy"
        return
    privacy, names = model.Privacy, {field.name for field in model._meta.concrete_fields}
    assert {"open", "masked", "keep"} <= set(vars(privacy))
    assert privacy.keep
    masked = set(privacy.masked)
    if "Side" not in [base.__name__ for base in model.__mro__]:
        assert masked <= names, f"{masked - names} of {model.__name__} do not exist"
    if isinstance(privacy.open, tuple):
        assert not masked & set(privacy.open)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_constraints_read_as_sentences(model):
    names = [constraint.name for constraint in model._meta.constraints]

    assert [name for name in names if len(name.split("_")) < 3 or name.endswith(("_check", "_uniq"))] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_moments_and_people_are_named_as_such(model):
    moments = [f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)]
    wrong = [
        name
        for name in moments
        if name != "at" and not name.endswith(("_at", "until", "_after", "_from", "login"))
    ]

    assert wrong == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rows_are_numbered_by_the_application(model):
    """Ids that the database counts would collide when districts are joined."""
    assert not isinstance(model._meta.pk, models.AutoField)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_protect_unless_the_row_is_nothing_alone(model):
    loose = [
        f"{model.__name__}.{field.name}"
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model.__name__ in ("User", "Unit", "Category", "Post")
        and model.__name__ != "SavedView"
        and not model.__module__.startswith("allauth")
    ]

    assert loose == []


ABOUT_PEOPLE = [model for model in MODELS if model._meta.app_label in ("archive", "contact", "alliance")]
# Whom a row can name; a model that points to one of these, or seals something, is about a person.
PERSONS = {"Person", "Household"}


def faults(model):
    """Return what is wrong with the privacy declared for a model of people's files."""
    privacy, names = model.Privacy, [field.name for field in model._meta.concrete_fields]
    if privacy.open == "__all__":
        about = [name for name in names if is_about_a_person(model._meta.get_field(name))]
        return [f"{model.__name__}.{name} is about a person" for name in about]
    said = Counter((*privacy.open, *privacy.masked))
    return [f"{model.__name__}.{name} stands in {said[name]} lists" for name in names if said[name] != 1] + [
        f"{model.__name__}.{name} does not exist" for name in said if name not in names
    ]


def is_about_a_person(field):
    points_to = field.related_model.__name__ if field.related_model else ""
    return points_to in PERSONS or field.name.endswith(("_sealed", "_index"))


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda model: model.__name__)
def test_every_field_of_peoples_files_is_open_or_masked(model):
    assert faults(model) == []


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda model: model.__name__)
def test_what_names_a_person_is_never_open(model):
    shown = [field.name for field in model._meta.concrete_fields if is_about_a_person(field)]

    assert set(shown) - set(model.Privacy.masked) - OPEN_LINKS.get(model.__name__, set()) == set()


# An alias leads to the file that was kept, and only those who may open that one follow it.
OPEN_LINKS = {"Person": {"merged_into"}}


@isolate_apps("yige.archive")
@pytest.mark.parametrize("spoil", ["unclassified", "twice", "gone", "all"])
def test_a_field_that_nobody_classified_is_found(spoil):
    class Neighbour(models.Model):
        name_sealed = models.BinaryField()
        nickname = models.CharField(max_length=10)

        class Privacy:
            open = {
                "unclassified": ("id",),
                "twice": ("id", "nickname", "name_sealed"),
                "gone": ("id", "nickname", "shoe_size"),
                "all": "__all__",
            }[spoil]
            masked = () if spoil == "all" else ("name_sealed",)
            keep = "never"

        class Meta:
            app_label = "archive"

    found = {
        "unclassified": "Neighbour.nickname stands in 0 lists",
        "twice": "Neighbour.name_sealed stands in 2 lists",
        "gone": "Neighbour.shoe_size does not exist",
        "all": "Neighbour.name_sealed is about a person",
    }
    assert faults(Neighbour) == [found[spoil]]


MASKED = [f"{model.__name__}.{name}" for model in ABOUT_PEOPLE for name in model.Privacy.masked]


@pytest.mark.parametrize("field", MASKED)
def test_every_masked_field_has_one_purpose(field):
    assert len([group.name for group in GROUPS if field in group.fields]) == 1


def test_no_purpose_names_a_field_that_is_not_masked():
    named = [field for group in GROUPS for field in group.fields]

    assert [field for field in named if field not in MASKED] == []


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_group_says_what_for_on_what_basis_and_how_long(group):
    assert group.basis in ("duty", "consent")
    assert all([group.label, group.fields, group.purpose, group.why, group.keep])


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)
def test_every_label_says_what_for_on_what_basis_who_sees_it_and_how_long(label):
    assert all([label.label, label.purpose, label.basis, label.seen_by])
    assert 1 <= label.months <= 12


@pytest.mark.django_db
@pytest.mark.parametrize("basis", ["", "because", None])
def test_nothing_is_written_into_a_file_without_a_basis(basis):
    row = Origin(
        subject_id=uuid4(), fields=["name"], at=MONDAY_NOON, source="desk", by_kind="staff", basis=basis
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_other_rooms_keep_of_a_person_follows_the_file_that_is_kept():
    """Two files found to be one person's: `archive/people/merging.py` moves its own rows and those that are declared."""
    kept = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Person and model._meta.app_label != "archive"
    }
    declared = {
        (model._meta.label, field)
        for model in apps.get_models()
        for field in getattr(getattr(model, "Privacy", None), "handed_over", {})
    }
    assert kept == declared
    assert len(kept) > 5
