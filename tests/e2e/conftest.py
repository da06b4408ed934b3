"""A real browser against a real server: phones of 390 px, office screens of 1366 × 768."""

import os
import shutil
from pathlib import Path

import pytest
import shapely
from django.db import connections

from tests import factories
from tests.scenes import take_down
from yige.accounts.actors import COMMAND
from yige.grids.actions import issue_qr, redraw
from yige.lib.ids import new_id

# The browser driver runs an event loop in this thread; the tests' own queries are synchronous all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
OFFICE = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture(scope="session")
def browser(django_db_blocker):
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail("没有浏览器：请安装 chromium 和中文字体。(The browser tests need chromium.)")
        pytest.skip("没有浏览器，跳过浏览器测试。(No browser on this machine.)")
    from playwright.sync_api import sync_playwright

    leave_connections(django_db_blocker)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()
        leave_connections(django_db_blocker)


def leave_connections(django_db_blocker):
    """Where the driver's loop begins and ends this thread gets other connections: nothing may stand on the ones it had."""
    with django_db_blocker.unblock():
        take_down()
        connections.close_all()


@pytest.fixture
def here(transactional_db):
    """The town of the factories with its grids drawn, a code at a door, and a second clerk at the desk."""
    town = factories.town()
    for place, west in ((town.grid, 113.280), (town.neighbour_grid, 113.292)):
        redraw(
            place,
            by=COMMAND,
            at=factories.MONDAY_NOON,
            shape=shapely.to_wkb(shapely.box(west, 34.80, west + 0.01, 34.81)),
        )
    town.code = issue_qr(town.grid, by=COMMAND, at=factories.MONDAY_NOON, id=new_id(), place="3号楼2单元门口")
    town.second_desk = factories.staff("second_desk", "desk", "/zz/", town.street_unit)
    town.lamp = factories.category()
    return town


@pytest.fixture
def visitor(browser, live_server):
    """Open pages as somebody new: `visitor(PHONE)` gives a page that reports every error it meets."""
    opened = []

    def new(screen, **options):
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", **screen, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(f"script: {error}"))
        page.on("console", lambda line: note(page, line))
        opened.append((context, page))
        return page

    yield new
    for context, page in opened:
        context.close()
        assert page.troubles == []


def note(page, line):
    """A refused style or script is a fault of ours; a 4xx that a test provokes is not."""
    if line.type == "error" and "Failed to load resource" not in line.text:
        page.troubles.append(line.text)


def serious(page):
    """Return the serious and critical violations that axe finds on the page, as short lines."""
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(
        """async () => {
            const result = await axe.run(document, {resultTypes: ["violations"]});
            return result.violations.filter(v => ["serious", "critical"].includes(v.impact))
                .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} ${n.failureSummary}`));
        }"""
    )


def too_wide(page):
    """Return by how many pixels the page is wider than the window that was opened for it.

    A phone widens its own window to what runs out of it, so that a page compared with that never looks too wide.
    """
    wide = page.evaluate("() => Math.max(document.documentElement.scrollWidth, window.innerWidth)")
    return wide - page.viewport_size["width"]


def overlaps(page):
    """Return which parts of the strips lie over one another or run out of their mark."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".yg-strip, .yg-strip-row")].flatMap(strip => {
            const parts = [...strip.querySelectorAll(
                ".yg-mark__digit, .yg-mark__label, .yg-mark__word, .yg-mark__day, .yg-strip-row__digits, .yg-strip-row__word"
            )].filter(part => part.textContent).map(part => {
                const range = document.createRange();
                range.selectNodeContents(part);
                return [part.textContent, part.matches(".yg-mark__digit, .yg-strip-row__digits")
                    ? part.getBoundingClientRect() : range.getBoundingClientRect()];
            });
            return parts.flatMap(([one, a], at) => parts.slice(at + 1)
                .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
                    // the box of a line is taller than its letters
                    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.35 * Math.min(a.height, b.height))
                .map(([other]) => `${one} / ${other}`));
        })"""
    )
