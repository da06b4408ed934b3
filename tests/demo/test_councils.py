"""The demo has three deliberations by their verbs: a lift at work, an opinion that is shown, a vote of too few; laid once."""

import pytest
from django.utils import timezone

from tests import factories
from yige.deliberation.models import Decision, Deliberation
from yige.demo import councils, month_bulletins


@pytest.mark.django_db
def test_three_deliberations_once(monkeypatch):
    factories.town()
    monkeypatch.setattr(month_bulletins, "TOP", "/zz/")
    for _ in range(2):
        councils.deliberate(timezone.now())

    found = Deliberation.objects.order_by("title").values_list("title", "stage")
    assert dict(found) == {
        councils.LIFT["title"]: "settled", councils.PARKING["title"]: "shown", councils.FUND["title"]: "shown",
    }  # fmt: skip
    assert sorted(Decision.objects.values_list("verdict", flat=True)) == ["agreed", "carried", "no_quorum"]
    lift = Deliberation.objects.get(title=councils.LIFT["title"])
    assert (lift.steps.count(), lift.objections.get().gist) == (1, "低层采光会不会受影响")
