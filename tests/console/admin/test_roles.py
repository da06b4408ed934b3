"""Who opens which page of the three administrations: everybody else finds nothing there."""

import re

import pytest

from tests import factories
from yige.console.account import urls as account
from yige.console.admin import urls as admin

HEADS = {"street_head", "desk", "community_head", "grid_head", "neighbour_head", "other_desk"}
PEOPLE = [*factories.PEOPLE, "former", "idle"]
# fmt: off
PAGES = {
    "/console/users/":          {"security"},
    "/console/users/new/":      {"security"},
    "/console/offices/":        {"security"},
    "/console/offices/new/":    {"security"},
    "/console/offices/team/":   {"security"},
    "/console/grids/":          {"system"} | HEADS,
    "/console/grids/new/":      {"system"},
    "/console/grids/import/":   {"system"},
    "/console/grids/export/":   {"system"},
    "/console/grids/zz-js-9/":  {"system", "street_head", "desk", "community_head", "grid_head"},
    "/console/grids/zz-js-9x/": {"system", "street_head", "desk", "community_head", "neighbour_head"},
    "/console/grids/zz-js-9/new/": {"system"},
    "/console/categories/":     {"system"},
    "/console/categories/new/": {"system"},
    "/console/calendar/":       {"system"},
    "/console/settings/":       {"system"},
    "/console/complaints/":     {"system"},
    "/console/audit/":          {"auditor"},
    "/console/audit/export/":   {"auditor"},
    "/console/seals/":    {"auditor", "system"},
    "/console/account/":        set(factories.PEOPLE),
}
# fmt: on


@pytest.mark.parametrize("address", PAGES)
def test_pages_open_for_their_keepers_alone(client, here, address):
    opened = set()
    for name in PEOPLE:
        client.force_login(getattr(here, name))
        if client.get(address).status_code == 200:
            opened.add(name)

    assert opened == PAGES[address]


@pytest.mark.parametrize("address", PAGES)
def test_stranger_is_sent_to_login(client, here, address):
    response = client.get(address)

    assert response.headers["Location"].startswith("/accounts/login/?next=")


def test_every_page_without_arguments_is_in_the_matrix():
    plain = {
        f"/console/{pattern.pattern}"
        for pattern in [*admin.urlpatterns, *account.urlpatterns]
        if "<" not in str(pattern.pattern)
    }

    assert plain - set(PAGES) == {
        "/console/account/digest/",
        "/console/account/sessions/end/",
        "/console/grids/import/do/",
        "/console/calendar/keep/",
    }


@pytest.mark.parametrize("name", ["auditor", "system", "desk", "worker", "idle"])
def test_posts_of_others_are_not_there(client, here, name):
    client.force_login(getattr(here, name))
    other = here.grid_head
    addresses = [
        f"/console/users/{other.pk}/reset/", f"/console/users/{other.pk}/deactivate/",
        f"/console/users/{other.pk}/give/", f"/console/posts/{other.posts.get().pk}/end/",
        "/console/offices/team/close/",
    ]  # fmt: skip

    assert {client.post(address).status_code for address in addresses} <= {404, 403}
    other.refresh_from_db()
    assert other.is_active and other.has_usable_password() and other.posts.get().until is None


@pytest.mark.parametrize("name", ["security", "auditor", "desk", "grid_head", "worker"])
def test_grids_and_tables_are_changed_by_the_system_administrator_alone(client, here, name):
    category = factories.category()
    client.force_login(getattr(here, name))
    addresses = [
        "/console/grids/zz-js-9/rename/", "/console/grids/zz-js-9/issue/", "/console/grids/zz-js-9/retire/",
        "/console/settings/cut_off_hour/", "/console/calendar/keep/", f"/console/categories/{category.pk}/switch/",
        "/console/grids/import/do/",
    ]  # fmt: skip

    assert {client.post(address, {"name": "x", "value": "18"}).status_code for address in addresses} == {404}
    here.grid.refresh_from_db()
    category.refresh_from_db()
    assert here.grid.name == "网格zz-js-9" and category.active


FILTERS = {
    "words", "role", "unit", "state", "kind", "page", "year", "day", "format", "crs", "since", "until", "verb",
    "account", "number", "result",
}  # fmt: skip
NONSENSE = ["", "\x00", "9" * 4000, "'; DROP TABLE x; --", "<script>", "２０２６", "-1", "😀", "2026-13-45"]


@pytest.mark.parametrize("words", NONSENSE)
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("security", "/console/users/"), ("security", "/console/offices/"), ("system", "/console/calendar/"),
        ("system", "/console/categories/"), ("system", "/console/complaints/"), ("system", "/console/grids/export/"),
        ("auditor", "/console/audit/"), ("auditor", "/console/audit/export/"),
    ],
)  # fmt: skip
def test_nonsense_in_filters_is_no_error(client, here, name, address, words):
    """Of each filter that the page has by itself, and of all that any page has at once."""
    client.force_login(getattr(here, name))
    own = set(re.findall(r'name="(\w+)"', client.get(address.replace("export/", "")).text)) & FILTERS
    asked = [{one: words} for one in own | {"page", "format", "crs"}]

    for said in (*asked, dict.fromkeys(FILTERS, words)):
        assert client.get(address, said).status_code in (200, 400, 422)
