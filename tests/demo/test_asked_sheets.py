"""The demo's report centre: each kind of sheet once, written once."""

import pytest

from tests.demo.conftest import NOW
from yige.accounts.models import User
from yige.demo import asked_sheets
from yige.report_centre import queries, views
from yige.report_centre.models import AskedSheet, SheetRequest

pytestmark = pytest.mark.django_db


def test_one_fills_itself_one_has_two_cells_by_hand_one_is_over_one_was_refused(demo_ground):
    for _ in range(2):
        asked_sheets.write_sheets(NOW)

    told = {sheet.name: (sheet.standing_at(NOW).name, len(sheet.typed)) for sheet in AskedSheet.objects.all()}
    assert told == {
        "事项办理月报": ("in_force", 0),
        "居民议事月报": ("in_force", 2),
        "扬尘问题台账": ("expired", 0),
    }
    refused = SheetRequest.objects.exclude(answer="listed").get()
    assert (refused.answer, refused.refusal) == ("refused", "not_listed")
    desk = User.objects.get(username="desk")
    for sheet in AskedSheet.objects.select_related("request"):
        assert list(views.lines(views.view_of(sheet), desk, NOW, queries.span_now(sheet, NOW))) == []
