import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.scenes import scene
from yige.accounts.models import Unit
from yige.audit.bulk_insert import insert_rows
from yige.cases.models import Case, Entry
from yige.notices.models import Notice


@scene
def case():
    return factories.reported(factories.town())


def twin(case, **changes):
    fields = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    for name in ("id", "serial"):
        del fields[name]
    return Case(**{**fields, **changes})


def test_inserted_row_equals_a_saved_one(case):
    one, other = twin(case, words="一样的\n话 '引号' %s ☂"), twin(case, words="一样的\n话 '引号' %s ☂")

    insert_rows(one)
    other.save(force_insert=True)

    read = [Case.objects.filter(pk=row.pk).values().get() for row in (one, other)]
    assert one.serial == read[0]["serial"] and not one._state.adding
    assert {**read[0], "id": 0, "serial": 0} == {**read[1], "id": 0, "serial": 0}


def test_rows_of_several_models_go_in_one_statement(case, django_assert_num_queries):
    entry = Entry(
        case=case, at=case.reported_at, verb="add", state="reported", by_kind="staff", said={"words": "好"}
    )
    notices = [Notice(kind="x", audience="area", title=str(n), created_at=case.reported_at) for n in range(3)]

    with django_assert_num_queries(1):
        insert_rows(entry, *notices)

    assert Entry.objects.get(pk=entry.pk).said == {"words": "好"}
    assert Notice.objects.filter(pk__in=[notice.pk for notice in notices]).count() == 3


def test_constraint_error_comes_up(db):
    insert_rows(Unit(slug="a", name="甲", kind="street"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Unit(slug="a", name="乙", kind="street"))
