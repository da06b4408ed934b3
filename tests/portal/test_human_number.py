"""A number that somebody answers stands on every page of residents and on every slip, of the place it is about."""

from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from tests import factories
from tests.portal.residents import resident
from tests.scenes import scene
from yige.grids import duty_phones
from yige.grids.duty_phones import duty_phone
from yige.grids.models import Grid
from yige.lib.short_cache import forget_all
from yige.portal import links

pytestmark = pytest.mark.django_db
STREET, COMMUNITY, GRID, MICRO = "0371-0000 0001", "0371-0000 0002", "0371-0000 0003", "0371-0000 0004"


@scene
def here():
    factories.category()
    town = factories.town()
    numbers = {"/zz/": STREET, "/zz/js/": COMMUNITY, "/zz/js/9/": GRID, "/zz/js/9/1/": MICRO}
    for path, phone in numbers.items():
        Grid.objects.filter(path=path).update(phone=phone)
    forget_all()
    return town


def silence(*paths):
    Grid.objects.filter(path__in=paths).update(phone="")
    forget_all()


def test_nearest_number_wins(here):
    assert duty_phone("/zz/js/9/1/").phone == MICRO
    silence("/zz/js/9/1/")
    assert duty_phone("/zz/js/9/1/").phone == GRID
    silence("/zz/js/9/")
    assert duty_phone("/zz/js/9/1/").phone == COMMUNITY
    silence("/zz/js/")
    assert duty_phone("/zz/js/9/1/").phone == STREET
    silence("/zz/")
    assert duty_phone("/zz/js/9/1/") == duty_phones.HOTLINE


def test_neighbours_number_is_never_given(here):
    Grid.objects.filter(path="/zz/js/9x/").update(phone="0371-0000 0009")
    silence("/zz/js/9/", "/zz/js/9/1/", "/zz/js/", "/zz/")

    assert duty_phone("/zz/js/9/") == duty_phones.HOTLINE


def test_page_without_a_place_names_the_only_street(here):
    assert duty_phone("").phone == STREET
    Grid.objects.create(
        level=1, path="/yy/", code="yy", name="另一个街道", phone="0371-1", valid_from=factories.LONG_AGO
    )
    forget_all()
    assert duty_phone("") == duty_phones.HOTLINE
    assert [each.phone for each in duty_phones.street_phones()] == ["0371-1", STREET]


def test_number_of_the_grid_stands_on_every_page_of_a_case(client, here):
    case = factories.reported(here, at=timezone.now() - timedelta(hours=1))

    for page in ("case", "sent", "slip"):
        text = client.get(links.address(case, page)).text
        assert 'href="tel:03710000' + "0003" in text, page
        assert GRID in text


def test_number_stands_on_every_open_page(client, here):
    open_pages = [
        f"/{route.pattern}"
        for route in get_resolver("yige.portal.urls").url_patterns
        if "<" not in str(route.pattern) and "." not in str(route.pattern)
    ]
    shown = [page for page in open_pages if client.get(page).status_code == 200]

    assert {"/", "/report/", "/lookup/", "/about/", "/ledger/", "/privacy/", "/my/sign-in/"} <= set(shown)
    for page in shown:
        assert STREET in client.get(page).text, page


def test_own_pages_name_the_number_of_the_household(client, here):
    here.family = factories.family(here)

    text = resident(client).get("/my/").text

    assert duty_phone(here.family.grid_path).phone in text


def test_slip_prints_the_site_the_words_and_the_number(client, here, settings):
    settings.YIGE_PUBLIC_URL = "https://yige.example"
    case = factories.reported(here, words="三单元门口的灯坏了，老人看不见台阶")

    text = client.get(links.address(case, "slip")).text

    assert "三单元门口的灯坏了，老人看不见台阶" in text
    assert "打开 <b" in text and "https://yige.example</b>" in text
    assert GRID in text
    assert "受理回执" not in text
