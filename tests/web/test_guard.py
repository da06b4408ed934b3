"""Every view of the console wears `@staff`; nobody without a post gets in."""

import pytest

from yige.console.urls import urlpatterns


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.pattern) or "desk")
def test_every_view_asks_for_staff(pattern):
    assert hasattr(pattern.callback, "capabilities")


@pytest.mark.django_db
def test_a_form_sent_after_the_log_in_ended_leads_back_to_the_desk(client):
    response = client.post("/console/cases/export/")

    assert response["Location"] == "/accounts/login/?next=/console/"
