"""What a notice is about finds its page: every kind has a row, every row a page that is there."""

from uuid import uuid4

import pytest
from django.urls import resolve

from tests.factories import MONDAY_NOON, reported, town
from yige.notices.models import Notice
from yige.notices.subjects import SubjectKind
from yige.web.subject_pages import PAGES, reporter_page, resident_page, staff_page


def about(kind, pk=None):
    return Notice(kind="any", audience="staff", subject_kind=kind, subject_id=pk, created_at=MONDAY_NOON)


def test_every_kind_of_subject_has_a_row():
    assert set(PAGES) == set(SubjectKind)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("", "/console/inbox/"),
        ("account", "/console/account/"),
        ("follow_ups", "/console/follow-ups/"),
        ("promises", "/console/promises/"),
        ("appointments", "/work/appointments/"),
        ("desk", "/console/#head-lines"),
        ("case", "/console/inbox/"),
        ("sign_in_code", "/console/inbox/"),
    ],
)
def test_list_or_nothing_has_one_page(kind, address):
    assert staff_page(about(kind)) == address
    assert resolve(address.partition("#")[0])


def test_request_about_a_file_has_a_page_for_either_side():
    pk = uuid4()

    assert staff_page(about("rights_request", pk)) == f"/console/requests/{pk}/"
    assert resident_page(about("rights_request", pk)) == "/my/requests/"


def test_case_has_a_page_for_staff_and_one_behind_a_secret(db):
    case = reported(town())

    assert staff_page(about("case", case.pk)) == f"/console/cases/{case.number}/"
    assert reporter_page(case).startswith(f"/c/{case.number}/")
    assert resolve(reporter_page(case)).view_name == "portal:case"
