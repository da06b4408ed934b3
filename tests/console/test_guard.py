"""Every view of the console wears `@staff`; nobody without a post gets in."""

import pytest

from yige.console.urls import urlpatterns


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.pattern) or "desk")
def test_every_view_asks_for_staff(pattern):
    assert hasattr(pattern.callback, "staff_roles")
