"""Every page of the portal and of the console, with things on it: axe finds nothing serious, nothing runs out of the window."""

from datetime import timedelta
from functools import cache

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import act, life, reported
from tests.policy import (
    bulletins,
    deliberation,
    duty_roster,
    files,
    grounds,
    month_sheets,
    organisations,
    places,
    residents,
    rosters,
    sheets,
    topics,
    volunteer_calls,
    whistles,
)
from yige.cases import clockwork
from yige.cases.models import Case
from yige.portal import links

# Answers that are no page of their own: pictures, files, figures for a script, and what only takes a POST.
NO_PAGE = {
    "portal": {"outlines", "open_csv", "open_json", "bulletin_file", "draft_photo", "alike_photo", "report_again", "photo", "photo_small", "act", *deliberation.NO_PUBLIC_PAGE, *residents.NO_PAGE_OF_MINE, *volunteer_calls.NO_PAGE_OF_ALL, *organisations.NO_PAGE_OF_ALL},
    "console": {
        "export", "view_save", "view_remove", "photo", "photo_small", "reveal", "card_appeal", "card_answer", "perform",
        "follow_up_phone", "inbox_read", "inbox_open", "map_points", "map_outlines", "people_layer", "tile",
        "account_session", "account_others", "account_digest", "user_perform", "post_end", "office_switch",
        "grid_export", "grid_import_do", "poster", "posters", "grid_perform", "code_perform",
        "category_switch", "calendar_keep", "calendar_forget", "setting", "complaint_answer", "audit_export",
        "slot_cancel",
        *grounds.NO_PAGE, *files.NO_PAGE, *rosters.NO_PAGE, *residents.NO_PAGE,
        *whistles.NO_PAGE, *sheets.NO_PAGE, *bulletins.NO_PAGE, *month_sheets.NO_PAGE, *topics.NO_PAGE, *deliberation.NO_PAGE, *volunteer_calls.NO_PAGE, *organisations.NO_PAGE,
    },
}  # fmt: skip
# Who opens a page; everything else is the desk's.
WHOSE = {
    "system": (
        "grids", "grid", "grid_top", "grid_new", "grid_outline", "grid_import", "categories", "category", "category_new", "calendar",
        "settings", "complaints", "whistle_limits", "category_limits",
    ),
    "security": ("users", "user", "user_new", "offices", "office", "office_new"),
    "auditor": ("audit", "seals"),
    "grid_head": ("exclusion_ask", "person_acceptance", *grounds.PAGES, *grounds.LISTS, *files.PAGES, "slots", *volunteer_calls.PAGES, *organisations.PAGES),
    "department": ("call", "calls"),
    "registrar": (*residents.PAGES, *rosters.PAGES),
}  # fmt: skip
STAFF = (
    "street_head",
    "desk",
    "community_head",
    "grid_head",
    "worker",
    "micro",
    "department",
    "member",
    "intake",
)

STATES = ("reported", "accepted", "dispatched", "handled", "rejected", "withdrawn", "merged", "cleared")  # fmt: skip


@pytest.fixture
def busy(here):
    """The town with cases in every state, with cards, requests, merged neighbours, and words to the platform."""
    start = timezone.now() - timedelta(days=5)
    here.case = life(
        here,
        "handling",
        at=start,
        words="5号楼顶漏水，下雨就滴",
        contact={"name": "王阿姨", "phone": "13800000000"},
    )
    act(
        "ask",
        here.case,
        by=here.worker,
        at=start + timedelta(days=1),
        kind="parking",
        words="要等天晴",
        until=start + timedelta(days=30),
    )
    for state in STATES:
        life(here, state, at=start)
    here.closed = life(
        here, "closed", at=start, nature="public", contact={"phone": "13900000000", "call_back": True}
    )
    here.rejected = Case.objects.filter(state="rejected").first()
    here.lamp_case = reported(here, at=timezone.now(), by=here.desk, channel="hotline")
    here.grounds = grounds.parts(grounds.own(here, start))
    here.mine, here.token = residents.signed_in(here, start)
    here.files = files.parts(files.values(here, start, asked_by="grid_head"))
    here.rosters = rosters.parts(rosters.values(here, start))
    joint = (
        whistles.own(here, start)
        | duty_roster.own(here, timezone.now() - timedelta(hours=5))
        | places.duty(here, start)
    )
    here.joint = whistles.parts(joint) | sheets.parts(sheets.own(here, start))
    here.topics, here.deliberation = topics.own(here, start), deliberation.own(here, start)
    deliberation.give_right(here.deliberation, here.mine["my_file_of"]["pk"])
    here.calls = volunteer_calls.own(here, timezone.now())
    here.organisations = organisations.own(here, timezone.now())
    here.bulletins = bulletins.parts(bulletins.own(here, start))
    here.joint |= month_sheets.parts(month_sheets.own(here, start, here.closed.closings.get()))
    clockwork.wake(timezone.now())
    return here


def addresses(surface, here):
    """Return [(name, address)] of every page of a surface, with the objects of the town."""
    secret = links.secret(here.case)
    fit = {
        "token": here.code.token, "serial": here.case.serial, "secret": secret, "slug": "team", "code": here.grid.code,
    }  # fmt: skip
    lamps = {"grouping": "category", "key": here.lamp.slug}
    special = {
        "receipt": {"serial": here.lamp_case.serial}, "follow_up": {"serial": here.closed.serial},
        "user": {"pk": here.worker.pk}, "person_acceptance": {"pk": here.worker.pk}, "figure_rows": {"slug": "team", "name": "kept"},
        "assessment_groups": {"grouping": "place"}, "assessment_group": lamps, "reach_rows": {"name": "kept"}, "group_rows": lamps | {"name": "kept"}, "category": {"pk": here.lamp.pk},
    } | here.grounds | here.files | here.mine | here.rosters | here.joint | here.bulletins  # fmt: skip
    special |= volunteer_calls.parts(here.calls, surface) | {
        "volunteer_for_case": {"serial": here.lamp_case.serial}
    }
    special |= organisations.parts(here.organisations, surface)
    special |= topics.parts(here.topics, surface) | {"topic_new": {"serial": here.lamp_case.serial}}
    special |= deliberation.parts(here.deliberation, surface)
    found = []
    for name, wanted in routes(surface):
        known = fit | special.get(name, {})
        found.append((name, reverse(f"{surface}:{name}", kwargs={part: known[part] for part in wanted})))
    return found


@cache
def routes(surface):
    """Return [(name, parameters)] of the routes of a surface that are pages, so that a new page is never forgotten."""
    _, resolver = get_resolver().namespace_dict[surface]
    return [
        (name, tuple(resolver.reverse_dict[name][0][0][1]))
        for name in resolver.reverse_dict
        if isinstance(name, str) and name not in NO_PAGE[surface]
    ]


def faults(page, address, *, status=200):
    """Return what is wrong with a page, as short lines."""
    answer = page.goto(address)
    found = [] if answer.status == status else [f"answered {answer.status}"]
    if page.locator("[data-yg-map]").count():
        page.locator("[data-yg-drawn]").wait_for()
    if wide := too_wide(page):
        found.append(f"{wide} px too wide")
    found += serious(page)
    found += page.troubles
    page.troubles.clear()
    return found


def report_of(page, found):
    return {name: wrong for name, address in found if (wrong := faults(page, address))}


@pytest.mark.parametrize("care", [False, True])
def test_portal_pages_on_a_phone(visitor, busy, care):
    page = visitor(PHONE)
    page.goto("/care/on/" if care else "/")
    page.context.add_cookies(
        [{"name": "yg-resident", "value": busy.token, "url": page.url.rstrip("/") + "/my"}]
    )
    found = [
        *addresses("portal", busy),
        ("rejected", links.address(busy.rejected)),
        ("closed", links.address(busy.closed)),
        ("empty ledger", "/ledger/?number=410106-0009999-1"),
    ]

    assert report_of(page, found) == {}
    assert page.goto("/my/looks/").ok and page.get_by_text("单位team · 微网格员").count() == 1
    for address in ("/g/NOSUCHCODE/", "/c/1/x/", "/nothing/"):
        assert (address, faults(page, address, status=404)) == (address, [])
    page.goto("/report/")
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert (serious(page), too_wide(page)) == ([], 0)


@pytest.mark.parametrize("who", ["desk", *WHOSE])
def test_console_pages_at_the_office(visitor, busy, who):
    page = visitor(OFFICE)
    log_in(page, {"system": "system", "security": "security"}.get(who, who))
    others = {name for names in WHOSE.values() for name in names}
    found = [
        (name, address)
        for name, address in addresses("console", busy)
        if name in WHOSE.get(who, ()) or (who == "desk" and name not in others)
    ]
    if who == "desk":
        numbers = "&".join(f"case={case.number}" for case in Case.objects.filter(state="accepted"))
        found += [
            ("closed case", reverse("console:case", kwargs={"serial": busy.closed.serial})),
            ("why not", reverse("console:case", kwargs={"serial": busy.case.serial}) + "?why=1"),
            ("dispatch", reverse("console:case", kwargs={"serial": busy.case.serial}) + "?do=transfer"),
            ("batch dispatch", reverse("console:batch_dispatch") + f"?{numbers}"),
            ("no results", reverse("console:cases") + "?q=没有这样的事"),
        ]

    assert report_of(page, [*found, ("home", "/console/")]) == {}


def test_console_of_everybody_on_a_phone(visitor, busy):
    page = visitor(PHONE)
    found = {}
    for name in STAFF:
        page.context.clear_cookies()
        log_in(page, name)
        found |= {f"{name} {key}": wrong for key, wrong in report_of(page, [("home", "/console/")]).items()}
    page.context.clear_cookies()
    log_in(page, "grid_head")
    page.locator("[data-yg-menu] summary").click()
    place = page.locator(".yg-menu__list").bounding_box()
    assert 0 <= place["x"] <= place["x"] + place["width"] <= 390
    case = reverse("console:case", kwargs={"serial": busy.case.serial})
    found |= report_of(
        page,
        [
            ("case", case),
            ("list", "/console/cases/"),
            ("intake", "/console/intake/"),
            ("inbox", "/console/inbox/"),
        ],
    )

    assert found == {}


def test_account_pages(visitor, busy):
    page = visitor(OFFICE)
    assert faults(page, "/accounts/login/") == []
    page.locator("[name=login]").fill("desk")
    page.locator("[name=password]").fill("wrong")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert (serious(page), page.locator("[name=login]").input_value()) == ([], "desk")

    log_in(page, "desk")
    pages = ("password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "logout/")
    assert report_of(page, [(name, f"/accounts/{name}") for name in pages]) == {}
