"""The wall at both sizes: nothing runs out, every letter is large, figures open their rows; lost, old and a week long."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import life, reported

WALL = "/console/command/"
SCREENS = ((1920, 1080, 1), (1920, 1080, 2), (3840, 2160, 1))
SMALLEST = 28 / 1920  # of the width: what is read from six metres
TEN_SECONDS = 10_000


@pytest.fixture
def wall(here, visitor):
    for until in ("accepted", "handled", "cleared"):
        life(here, until)
    page = visitor(OFFICE)
    log_in(page, "desk")
    page.clock.install()
    page.goto(WALL)
    return page


def look(page):
    with page.expect_response(lambda answer: "x-yg-refresh" in answer.request.headers):
        page.clock.run_for(TEN_SECONDS)


def small_letters(page):
    """Return the words that are smaller than they may be, all but the moments and the map's own drawing."""
    return page.evaluate(
        """(least) => [...document.querySelectorAll(".yg-wall :is(a, b, li, p, h1, h2, button)")]
            .filter(one => one.offsetParent && parseFloat(getComputedStyle(one).fontSize) < least - 0.01)
            .map(one => one.textContent.trim())""",
        SMALLEST * page.viewport_size["width"],
    )


def test_wall_fits_both_sizes_and_its_figures_open_their_rows(here, wall):
    for width, height, _ in SCREENS[::2]:
        wall.set_viewport_size({"width": width, "height": height})
        high = wall.evaluate("document.documentElement.scrollHeight")
        assert (too_wide(wall), high <= height, small_letters(wall)) == (0, True, [])
        tiles = wall.locator("[data-yg-tile]")
        assert [
            place
            for place in range(tiles.count())
            if tiles.nth(place).evaluate("one => one.scrollHeight > one.clientHeight + 1")
        ] == []
    assert serious(wall) == []

    wall.get_by_role("link", name="待受理").focus()
    reported(here)
    look(wall)
    link = wall.get_by_role("link", name="待受理 1")
    expect(link).to_be_focused()
    wall.keyboard.press("Enter")
    wall.wait_for_url("**/console/cases/?state=reported")
    assert wall.locator("[data-yg-refresh] tbody tr").count() == 1


def test_wall_says_that_the_network_is_lost_and_that_the_log_in_is_over(here, wall):
    said, moment = wall.locator("[data-yg-refresh-said]"), wall.locator("time").first
    look(wall)
    before = moment.inner_text()
    wall.route("**/console/command/", lambda route: route.abort())
    wall.clock.run_for(4 * TEN_SECONDS)
    expect(said).to_have_text("网络断了，不到 1 分钟没能更新，点此重试")
    expect(wall.locator("[data-yg-old]")).to_have_count(1)
    assert moment.inner_text() == before

    wall.unroute("**/console/command/")
    look(wall)
    expect(said).to_be_hidden()
    expect(wall.locator("[data-yg-old]")).to_have_count(0)
    Session.objects.all().delete()
    look(wall)
    expect(said).to_have_text("登录已经到时，点此重新登录")
    expect(wall.locator("[data-yg-old]")).to_have_count(1)
    wall.troubles.clear()


def test_wall_puts_only_changed_tiles_anew_and_grows_by_nothing(here, wall):
    wall.route(
        "**/console/command/",
        lambda route: route.fulfill(
            body=wall_of(route, changes), content_type="text/html", headers={"X-Yg-Moment": "08:00:00"}
        ),
    )
    changes = {"page": wall.content(), "count": 0}
    devtools = wall.context.new_cdp_session(wall)
    wall.evaluate("document.querySelector('[data-yg-tile=map]').kept = true")
    sizes = []
    for _ in range(2):
        for _ in range(100):
            look(wall)
        for _ in range(3):  # what a first collection lets go holds more
            devtools.send("HeapProfiler.collectGarbage")
        found = devtools.send("Memory.getDOMCounters")
        sizes.append((found["nodes"], found["jsEventListeners"]))

    assert changes["count"] == 200
    assert wall.get_by_role("link", name="在办 200").count() == 1
    assert wall.evaluate("document.querySelector('[data-yg-tile=map]').kept"), (
        "what did not change was not touched"
    )
    assert sizes[1][1] == sizes[0][1] and sizes[1][0] < sizes[0][0] + 200, (
        "a hundred tiles left behind would be thousands of nodes"
    )


def wall_of(route, changes):
    """Answer with the tiles as the server would, and one figure more each time."""
    changes["count"] += 1
    _, _, rest = changes["page"].partition('<main class="yg-wall__tiles"')
    tiles = rest.partition(">")[2].partition("</main>")[0]
    tiles = re.sub(r"(<time[^>]*>)[^<]*", r"\g<1>08:00:00", tiles)
    return tiles.replace("在办 <b>2</b>", f"在办 <b>{changes['count']}</b>")
