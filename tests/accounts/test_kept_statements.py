"""What `@keep_statement` returns is what the queryset returns, with other values too; what cannot be kept is refused."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from yige.accounts.kept_statements import keep_statement
from yige.lib.ids import new_id
from yige.lib.local_time import SHANGHAI, local_day
from yige.notices.models import Notice

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=SHANGHAI)
pytestmark = pytest.mark.django_db


@pytest.fixture
def notices():
    rows = [
        Notice(id=new_id(), kind=f"n{n}", audience="staff", user_id=uuid4(), title=str(n), body="", created_at=NOW + timedelta(n))
        for n in range(3)
    ]  # fmt: skip
    return Notice.objects.bulk_create(rows)


@keep_statement
def of_user(user):
    return Notice.objects.filter(user_id=user)


@keep_statement
def of_users(users, before):
    return Notice.objects.filter(user_id__in=users, created_at__lt=before).order_by("created_at")


@keep_statement
def kinds_before(before, number):
    return (
        Notice.objects.filter(created_at__lt=before).order_by("-id").values_list("kind", flat=True)[:number]
    )


@keep_statement
def of_day(day):
    return Notice.objects.filter(created_at__date=day)


def test_every_value_gets_its_own_rows(notices):
    for notice in notices:
        assert of_user(notice.user_id) == [notice]
    assert of_user(uuid4()) == []


def test_rows_are_read_anew_at_every_call(notices):
    one = notices[0]
    assert of_user(one.user_id)[0].title == "0"
    Notice.objects.filter(pk=one.pk).update(title="changed")

    assert of_user(one.user_id)[0].title == "changed"


def test_lists_of_any_length_and_moments(notices):
    users = [notice.user_id for notice in notices]
    for count in range(4):
        assert of_users(users[:count], NOW + timedelta(9)) == notices[:count]
    assert of_users(set(users), NOW + timedelta(1)) == notices[:1]


def test_what_is_no_value_is_part_of_the_shape(notices):
    late = NOW + timedelta(9)
    assert [len(kinds_before(late, number)) for number in (1, 2, 3, 1)] == [1, 2, 3, 1]
    assert kinds_before(late, 1) == ["n2"]


def test_a_day_is_a_value(notices):
    for notice in notices:
        assert of_day(local_day(notice.created_at)) == [notice]
    assert of_day(date(2001, 1, 1)) == []


@keep_statement
def titled(before, title):
    return Notice.objects.filter(created_at__lt=before, title__contains=title)


@pytest.mark.parametrize("title", ["50%", "it's %s", "%%", "back\\slash", "{}", "a_b"])
def test_what_stands_still_is_written_out_as_it_is(notices, title):
    Notice.objects.filter(pk=notices[0].pk).update(title=f"<{title}>")

    assert titled(NOW + timedelta(9), title) == [notices[0]]


def test_one_statement_a_call(notices, django_assert_num_queries):
    of_user(notices[0].user_id)
    with django_assert_num_queries(1):
        of_user(notices[1].user_id)


def refused_builders():
    turn = iter(range(100))
    return [
        lambda moment: Notice.objects.filter(created_at__gt=moment - timedelta(days=1)),
        lambda moment: Notice.objects.filter(
            created_at__gt=moment, created_at__lt=moment + timedelta(days=1)
        ),
        lambda moment: Notice.objects.filter(created_at__gt=moment, attempts=next(turn)),
        lambda moment: Notice.objects.all(),
    ]


@pytest.mark.parametrize("build", refused_builders())
def test_a_builder_that_reckons_with_a_value_is_refused(build):
    build.__qualname__ = "build"
    with pytest.raises(ValueError, match="pass on"):
        keep_statement(build)(NOW)
