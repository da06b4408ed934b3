"""The list of the months' sheets: those of the own street, each with how it stands."""

import pytest
from django.utils import timezone

from tests.month_sheets.conftest import OCTOBER
from yige.month_sheets.models import MonthSheet

LIST = "/console/assessment/sheets/"


def sheet(here, month=OCTOBER, **fields):
    at = timezone.now()
    return MonthSheet.objects.create(
        path=here.street.path, name="测试街道", first=month.first, shown_at=at, objections_until=at, **fields
    )


@pytest.mark.parametrize("name", ["street_head", "desk", "community_head", "grid_head", "department"])
def test_everybody_with_figures_of_the_street_finds_its_sheet(client, here, name):
    client.force_login(getattr(here, name))
    empty = client.get(LIST).text
    found = sheet(here)

    assert "还没有考评月表" in empty
    assert f'href="{LIST}{found.pk}/"' in client.get(LIST).text


def test_another_street_does_not(client, here):
    found = sheet(here)
    client.force_login(here.other_desk)

    assert str(found.pk) not in client.get(LIST).text
    assert client.get(f"{LIST}{found.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_times(client, here, django_assert_num_queries, count):
    for month in range(1, count + 1):
        sheet(here, OCTOBER._replace(first=OCTOBER.first.replace(month=month)))
    client.force_login(here.desk)
    client.get(LIST)

    with django_assert_num_queries(5):
        assert client.get(LIST).text.count(f'href="{LIST}') == count
