"""Pages at the widths that people have: nothing runs out of the window, no part of a strip lies over another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import PHONE, overlaps, too_wide
from tests.e2e.people import log_in
from tests.factories import act, life
from yige.portal import links

WIDTHS = (320, 360, 390, 768, 1366)
TWICE = "html { font-size: 200% !important; }"


@pytest.fixture
def cases(here):
    """Cases whose strips have the longest words: extended, parked too late, done too late, late, stopped, merged."""
    start = timezone.now() - timedelta(days=9)
    extended = life(here, "progressed", at=start)
    until = start + timedelta(days=25)
    extended = act(
        "extend", extended, by=here.desk, at=start + timedelta(days=1), until=until, words="等配件"
    )
    parked = life(here, "progressed", at=start)
    parked = act(
        "park", parked, by=here.street_head, at=start + timedelta(days=8), until=until, words="等天晴"
    )
    tardy = life(here, "handled", at=start, every=timedelta(days=1.2))
    return [
        extended,
        parked,
        tardy,
        *(life(here, state, at=start) for state in ("dispatched", "rejected", "merged")),
    ]


def wrong_at(page, address, width, style=""):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    if style:
        page.add_style_tag(content=style)
    found = [f"{too_wide(page)} px too wide"] if too_wide(page) > 0 else []
    return found + overlaps(page)


@pytest.mark.parametrize("how", ["plain", "care", "twice"])
def test_residents_pages_at_every_width(visitor, here, cases, how):
    page = visitor(PHONE, bypass_csp=True)
    page.goto("/care/on/" if how == "care" else "/")
    addresses = ["/", "/ledger/", "/report/", "/about/", f"/ledger/{cases[0].number}/"]
    addresses += [links.address(case) for case in cases]
    addresses += [links.address(cases[0], "sent"), links.address(cases[0], "slip")]

    wrong = {
        (address, width): found
        for width in (WIDTHS if how == "plain" else (360,) if how == "care" else (320,))
        for address in addresses
        if (found := wrong_at(page, address, width, TWICE if how == "twice" else ""))
    }

    assert wrong == {}


def test_pages_of_the_desk_at_every_width(visitor, here, cases):
    page = visitor(PHONE)
    log_in(page, "desk")
    addresses = [
        "/console/",
        "/console/cases/",
        "/console/waiting/",
        "/console/units/",
        "/console/units/team/",
    ]
    addresses += [f"/console/cases/{case.number}/" for case in cases]

    wrong = {
        (address, width): found
        for width in WIDTHS
        for address in addresses
        if (found := wrong_at(page, address, width))
    }

    assert wrong == {}


def test_measure_sees_what_runs_out_of_a_phone(visitor, here, cases):
    """A phone that widens its window is no excuse, and parts that lie over one another are seen."""
    page = visitor(PHONE, bypass_csp=True)
    page.goto(links.address(cases[0]))
    assert (too_wide(page), overlaps(page)) == (0, [])

    page.add_style_tag(
        content=".yg-card { min-width: 600px; } .yg-mark__day { font-size: 4rem; white-space: nowrap; }"
    )

    assert too_wide(page) > 100
    assert overlaps(page)
