"""The conventions of tables: classified fields, constraints that read as sentences, ids made by the application."""

import pytest
from django.db import models

from tests.house import MODELS


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
