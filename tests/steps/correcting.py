"""Acts of putting right, and what is read afterwards, for the tests of both."""

from datetime import timedelta

from tests.factories import MONDAY_NOON, act
from yige.cases.models import Correction
from yige.notices.models import Notice

AT = MONDAY_NOON + timedelta(hours=3)
PHONE, WRONG = "19955550001", "19955550009"


def correct(case, by, **said):
    said = {"category": case.category, "words": "打电话来说的", **said}
    return act("correct", case, by=by, at=AT, **said)


def move_grid(case, by, grid, at=AT):
    return act("move_grid", case, by=by, at=at, grid=grid, words="门牌在那边")


def slip(case, by, **said):
    return act("correct_slip", case, by=by, at=AT, **said)


def changes(case):
    return [(row.fact, row.before, row.after, row.by) for row in Correction.objects.filter(case=case)]


def told(case):
    return list(
        Notice.objects.filter(subject_id=case.pk, audience="reporter")
        .values_list("body", flat=True)
        .order_by("created_at")
    )


def heard(case, user):
    return [
        title.split()[0]
        for title in Notice.objects.filter(subject_id=case.pk, user_id=user.pk).values_list(
            "title", flat=True
        )
    ]


def clock(case):
    return case.reported_at, case.accepted_at, case.contacted_at, case.next_mark, case.next_mark_at
