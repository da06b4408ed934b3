"""The people's map and the drawing of an outline with mouse and keys: layers, search, homes or counts, snapping, history."""

import pytest
import shapely
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import LONG_AGO, MONDAY_NOON, building, family, reported
from yige.accounts.actors import COMMAND
from yige.archive.models import Building, Organisation, Thing
from yige.grids.actions import redraw

MAP = "/console/people-map/"
OUTLINE = "/console/grids/zz-js-9/outline/"


@pytest.fixture
def settled(here):
    """The town drawn down to a micro-grid, with a building of six families, a thing, a shop and an open case."""
    said = {"by": COMMAND, "at": MONDAY_NOON}
    redraw(here.community, **said, shape=shapely.box(113.280, 34.80, 113.302, 34.81).wkb)
    redraw(here.micro_grid, **said, shape=shapely.box(113.280, 34.80, 113.285, 34.81).wkb)
    Building.objects.filter(pk=building(here).pk).update(lon=113.2825, lat=34.8052)
    for n in range(6):
        family(here, room=str(101 + n))
    place = {"grid": here.grid, "grid_path": here.grid.path}
    Thing.objects.create(
        code="41010601001000001", name="供水井盖", place="北门", unit=here.bureau_unit, since=LONG_AGO, lon=113.287,
        lat=34.803, **place,
    )  # fmt: skip
    Organisation.objects.create(kind="shop", name="向阳小卖部", lon=113.287, lat=34.807, **place)
    reported(here, lon=113.2835, lat=34.8075, located_by="pin")
    return here


def opened(page, who, address=MAP):
    log_in(page, who)
    page.goto(address)
    page.locator("[data-yg-drawn]").wait_for()


def module(page, name):
    """Return the address of a script that lies beside the page's own."""
    return page.evaluate(
        "(name) => new URL(name, [...document.scripts].find(({ src }) => /(people_map|outline)\\.js$/.test(src)).src).href",
        name,
    )


def inside(page, lon, lat):
    """Return where a point of the ground lies on the map, in pixels from its corner."""
    return page.evaluate(
        "async ([kit, point]) => (await import(kit)).where(document.querySelector('[data-yg-map]'), point)",
        [module(page, "mapkit.js"), [lon, lat]],
    )


def spot(page, lon, lat):
    """Return where a point of the ground lies in the window."""
    box, (x, y) = page.locator("[data-yg-map]").bounding_box(), inside(page, lon, lat)
    return box["x"] + x, box["y"] + y


def click(page, lon, lat):
    page.locator("[data-yg-map]").scroll_into_view_if_needed()
    page.mouse.click(*spot(page, lon, lat))


@pytest.mark.parametrize("screen", [OFFICE, PHONE])
def test_layers_are_put_on_and_off_and_the_page_stays_whole(visitor, settled, screen):
    page = visitor(screen)
    opened(page, "grid_head")
    first = page.locator("[data-yg-shown]").get_attribute("data-yg-shown")

    for name in ("公共设施", "单位商户", "未结束的事项", "服务标签", "承诺（快到期、已过期）"):
        page.get_by_role("checkbox", name=name).check()
    page.locator(
        "[data-yg-shown='buildings cases grids labels late organisations promises things']"
    ).wait_for()
    page.get_by_role("checkbox", name="楼栋和房屋").uncheck()
    page.locator("[data-yg-shown='cases grids labels late organisations promises things']").wait_for()

    assert first == "buildings grids late"
    assert (serious(page), too_wide(page)) == ([], 0)


def test_head_of_the_grid_clicks_a_building_and_reads_its_homes(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "grid_head")

    click(page, 113.2825, 34.8052)

    panel = page.locator("#panel")
    panel.get_by_role("heading", name="向阳小院3号楼").wait_for()
    assert panel.get_by_role("link").count() == 6
    assert panel.evaluate("(panel) => panel === document.activeElement")
    assert (serious(page), too_wide(page)) == ([], 0)


def test_head_of_the_street_clicks_a_building_and_reads_counts(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "street_head")
    page.get_by_role("link", name="网格zz-js-9", exact=True).click()
    page.locator("#panel").get_by_role("link", name="向阳小院3号楼").click()

    panel = page.locator("#panel")
    panel.get_by_role("heading", name="向阳小院3号楼").wait_for()
    assert panel.get_by_role("link").count() == 0
    assert "哪家住着谁" in panel.inner_text()


def test_search_flies_to_what_it_found(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "grid_head")

    page.keyboard.press("/")
    page.keyboard.type("小卖部")
    page.get_by_role("link", name="单位商户 向阳小卖部").press("Enter")
    page.locator("#panel").get_by_role("heading", name="网格zz-js-9", exact=True).wait_for()

    box = page.locator("[data-yg-map]").bounding_box()
    for _ in range(40):
        x, y = inside(page, 113.287, 34.807)
        if abs(x - box["width"] / 2) < 3 and abs(y - box["height"] / 2) < 3:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the shop lies at {x:.0f}, {y:.0f}, not in the middle")


def test_map_without_a_script_is_tables(browser, live_server, settled):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, **OFFICE)
    page = context.new_page()
    log_in(page, "grid_head")
    page.goto(MAP)
    page.get_by_label("找网格、楼栋、公共设施、单位商户").fill("3号楼")
    page.get_by_role("button", name="找", exact=True).click()
    page.get_by_role("link", name="楼栋 向阳小院3号楼").click()

    expect(page.locator("#panel").get_by_role("link")).to_have_count(6)
    context.close()


def shape(page):
    """Return the corners of the drawing as the form will send them."""
    return page.evaluate(
        "() => JSON.parse(document.querySelector('[name=shape]').value).coordinates[0].slice(0, -1)"
    )


def drag(page, start, end):
    page.locator("[data-yg-map]").scroll_into_view_if_needed()
    page.mouse.move(*spot(page, *start))
    page.mouse.down()
    page.mouse.move(*spot(page, *end), steps=6)
    page.mouse.up()


def test_corner_snaps_to_the_neighbour_and_is_saved(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "system", OUTLINE)

    drag(page, (113.290, 34.80), (113.29195, 34.80004))
    corner = [113.292, 34.80]
    page.get_by_text("贴到了旁边的一个角上。").wait_for()
    assert corner in shape(page)
    drag(page, (113.290, 34.81), (113.29203, 34.8085))
    page.get_by_text("贴到了旁边的边上。").wait_for()
    page.locator("#said").get_by_text("不归任何同级网格管").wait_for()
    assert [lon for lon, lat in shape(page)].count(113.292) == 2
    page.get_by_label("我看过了，就这样保存").check()
    page.get_by_role("button", name="保存边界").click()

    page.get_by_text("新边界从今天起生效").wait_for()
    assert settled.grid.outlines.count() == 2
    kept = shapely.from_wkb(bytes(settled.grid.outlines.get(valid_until=None).shape))
    assert kept.bounds[2] == 113.292


def test_overlap_is_said_at_once_and_undone(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "system", OUTLINE)
    page.get_by_label("贴到旁边的边界上").uncheck()
    before = shape(page)

    drag(page, (113.290, 34.805), (113.295, 34.805))
    page.locator("#said").get_by_text("和同级的 网格zz-js-9x").wait_for()
    assert len(shape(page)) == 5
    page.get_by_role("button", name="退回一步").click()
    page.locator("#said").get_by_text("和现在的边界一样").wait_for()

    assert shape(page) == before
    page.get_by_role("button", name="再做一步").click()
    assert len(shape(page)) == 5


def test_outline_is_drawn_with_keys_alone(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "system", OUTLINE)

    page.get_by_label("所有的点，上下键选").focus()
    page.keyboard.press("Home")
    page.get_by_label("经度").fill("113.2801")
    page.get_by_label("纬度").fill("34.8001")
    page.get_by_role("button", name="移到这里").press("Enter")
    page.get_by_label("经度").fill("113.2802")
    page.get_by_role("button", name="在后面加一点").press("Enter")
    assert len(shape(page)) == 5 and [113.2801, 34.8001] in shape(page)
    page.get_by_role("button", name="删除这一点").press("Enter")
    assert len(shape(page)) == 4
    page.get_by_label("经度").fill("东边")
    page.get_by_role("button", name="移到这里").press("Enter")

    page.get_by_text("请填写经度和纬度").wait_for()
    assert (serious(page), too_wide(page)) == ([], 0)


def test_grid_without_outline_is_drawn_corner_by_corner(visitor, settled):
    settled.grid.outlines.all().delete()
    page = visitor(PHONE)
    opened(page, "system", OUTLINE)
    for lon, lat in ((113.2815, 34.8015), (113.2885, 34.8015), (113.2885, 34.8085)):
        click(page, lon, lat)

    assert len(shape(page)) == 3
    page.get_by_label("我看过了，就这样保存").check()
    page.get_by_role("button", name="保存边界").click()
    page.get_by_text("新边界从今天起生效").wait_for()
    assert settled.grid.outlines.count() == 1


SNAPS = """async (kit) => {
    const { snap } = await import(kit);
    const square = [[0, 0], [0.001, 0], [0.001, 0.001], [0, 0.001], [0, 0]];
    const metre = 1 / 111319.49;
    return [
        snap([0.001 + 3 * metre, 2 * metre], [square], 5),
        snap([0.001 + 3 * metre, 0.0005], [square], 5),
        snap([0.001 + 9 * metre, 0.0005], [square], 5),
        snap([0.0005, 0.0005], [], 5),
        snap([0.001 + 3 * metre, 4 * metre], [square], 5),
        snap([0, 0.0005], [[[0, 0.0005], [0, 0.0005]]], 5),
    ];
}"""


def test_snapping_prefers_corners_then_edges_then_nothing(visitor, settled):
    page = visitor(OFFICE)
    opened(page, "system", OUTLINE)

    told = page.evaluate(SNAPS, module(page, "snapping.js"))

    assert [(one["kind"], one["point"]) for one in told] == [
        ("corner", [0.001, 0]),
        ("edge", [0.001, 0.0005]),
        (None, [0.0010808, 0.0005]),
        (None, [0.0005, 0.0005]),
        ("corner", [0.001, 0]),
        ("corner", [0, 0.0005]),
    ]
