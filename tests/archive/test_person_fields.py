"""A field of a person is declared once: every row has its column, its purpose and its words, and all who must, carry it."""

import pytest

from yige.archive import person_fields
from yige.archive.models import Person
from yige.archive.people import checks, likenesses, merging, purposes, sealing
from yige.archive.person_fields import (
    CLEAR,
    FIELD_BY_ROSTER_COLUMN,
    LAW,
    LIST,
    MASKED,
    NUMBER,
    OFFICE,
    OWN,
    PERSON,
    PERSON_FIELDS,
    PLAIN,
    TEXT,
    YEAR,
    columns_of,
    field_of,
    says,
)
from yige.archive.rights import erasing, exports, looks
from yige.archive.rosters import candidates, columns, newcomers, row_facts
from yige.audit.models import LogEntry
from yige.console.files.forms.person_act import FREELY_GIVEN, form_field
from yige.console.files.rows import person as person_page
from yige.console.rosters.rows import likenesses as likeness_page

every_field = pytest.mark.parametrize("field", PERSON_FIELDS, ids=lambda field: field.name)
# Of a file no field but what it is about and when it was made.
NOT_OF_THE_PERSON = {"id", "household", "grid_path", "made_at", "merged_into", "removed_at", "version"}


def test_every_column_of_a_person_belongs_to_a_field():
    names = {column.name for column in Person._meta.concrete_fields}

    assert names - set(person_fields.PERSON_COLUMNS) == NOT_OF_THE_PERSON
    assert set(person_fields.PERSON_COLUMNS) <= names


@every_field
def test_row_says_all_that_is_asked_of_it(field):
    assert field.label and field.own_label
    assert field.kind in (TEXT, NUMBER, YEAR, LIST, PERSON) and field.word in (OFFICE, OWN, LAW)
    assert bool(field.mask) == (field.kind in (TEXT, NUMBER)) and field.mask in ("", *sealing.MASKS)
    assert bool(field.choices) == (field.kind == LIST)
    assert set(field.export) <= ({MASKED, CLEAR} if field.mask else {PLAIN})
    assert field.mask or not field.search


@every_field
def test_row_agrees_with_its_columns(field):
    for name in columns_of(field):
        column = Person._meta.get_field(name)
        assert field_of(name) == field
        assert column.null == (field.empty is None)
        assert name in Person.Privacy.masked
    if field.choices:
        assert Person._meta.get_field(field.name).choices == field.choices.choices


@every_field
def test_field_has_the_purpose_that_it_names_and_consent_where_it_is_freely_given(field):
    groups = {purposes.GROUP_BY_FIELD[f"Person.{name}"].name for name in columns_of(field)}

    assert groups == {field.group}
    assert purposes.basis_of([field.name]) == ("consent" if field.word == OWN else "duty")


@every_field
def test_a_deletion_and_a_merge_leave_nothing(field):
    assert all(not says(field, person_fields.EMPTY_COLUMNS[name]) for name in columns_of(field))
    assert erasing.EMPTY_COLUMNS is merging.EMPTY_COLUMNS is person_fields.EMPTY_COLUMNS


@every_field
def test_desk_asks_for_all_but_what_only_a_law_may_ask_for(field):
    made = form_field(field)

    assert (field in person_fields.FIELDS_IN_FORMS) == (field.word != LAW)
    assert made.label == field.own_label and made.required == (field.name == "name")
    assert (field in FREELY_GIVEN) == (field.word == OWN)


@every_field
def test_pages_name_it(field):
    assert person_page.NAME_BY_ORIGIN[field.name] == field.label
    shown = field.mask or field in person_page.OPEN_FACTS or field.group == "family"
    assert shown
    assert (field in likeness_page.COMPARED_FIELDS) == (field.kind != PERSON)


def test_likenesses_give_each_searched_field_as_a_reason():
    assert list(likenesses.REASONS)[:3] == ["identity", "phone", "name"]
    assert {name for reasons, *_ in likenesses.LIKENESSES for name in reasons} == set(likenesses.REASONS)


@every_field
def test_rosters_bring_it_where_the_table_says(field):
    if not field.roster:
        assert not any(
            column.name == field.name and field.kind != PERSON for column in columns.ROSTER_COLUMNS
        )
        return
    column = next(column for column in columns.ROSTER_COLUMNS if column.name == field.roster)
    assert FIELD_BY_ROSTER_COLUMN[field.roster] == field and column.label == field.label
    assert set(columns_of(field)) <= set(newcomers.PEOPLE)
    assert hasattr(candidates.OnFile, field.name)
    assert field.roster in row_facts.RowFacts._fields
    assert not field.search or field.roster in row_facts.Marks._fields


def test_rosters_write_every_column_that_may_not_be_null():
    """COPY knows no defaults: a field that no roster brings would stop every import."""
    needed = {column.attname for column in Person._meta.concrete_fields if not column.null}

    assert needed - set(newcomers.PEOPLE) == set()


@every_field
def test_lists_carry_it_only_in_the_ways_that_the_table_allows(field):
    ways = {column.way for column in exports.EXPORT_COLUMNS if column.field == field.name}

    assert ways == set(field.export)


@every_field
def test_a_resident_reads_which_sealed_field_was_revealed(field):
    line = LogEntry(verb="archive.reveal", fields=[field.name])

    assert (field.own_label in looks._what(line)) == bool(field.mask)


@every_field
def test_what_is_not_in_the_list_of_a_field_is_refused(field):
    wrong = {}
    if field.choices:
        checks._check_facts({field.name: "no such word"}, 2026, wrong)

    assert wrong == ({field.name: f"{field.label}请从列表里选。"} if field.choices else {})
