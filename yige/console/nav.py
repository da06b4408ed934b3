"""What stands in the navigation of the desk, for whom; the views ask for the same capabilities by `@staff`."""

from functools import cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yige.accounts.roles import permits
from yige.web.templatetags.yige import is_here


class Item(NamedTuple):
    group: str
    label: str
    url: str
    icon: str
    capabilities: tuple


# fmt: off
NAV = (
    #    group    label           url                   icon                who may one of these
    Item("事项",  "我的工作台",    "/console/",          "layout-dashboard", ()),
    Item("事项",  "今天走访",      "/work/",             "device-mobile",    ("visit",)),
    Item("事项",  "事项列表",      "/console/cases/",    "list-details",     ("see_cases",)),
    Item("事项",  "我的受理",      "/console/acceptance/", "checks",         ("lead_cases", "handle")),
    Item("事项",  "登记事项",      "/console/intake/",   "phone-call",       ("take_in",)),
    Item("事项",  "事项地图",      "/console/map/",      "map-2",            ("see_cases",)),
    Item("事项",  "请本单位办的",  "/console/calls/",    "list-check",       ("answer_calls",)),
    Item("事项",  "联办",          "/console/whistles/", "speakerphone",    ("see_whistles",)),
    Item("事项",  "值班表",        "/console/duty-roster/", "phone",        ("see_rosters",)),
    Item("事项",  "职责清单",      "/console/duties/",   "list-search",      ("see_duties",)),
    Item("跟踪",  "指挥大屏",      "/console/command/",  "chart-line",       ("see_command_view",)),
    Item("跟踪",  "回访",          "/console/follow-ups/", "phone",          ("call_back",)),
    Item("跟踪",  "回头看",        "/console/look-backs/", "eye",            ("look_back",)),
    Item("跟踪",  "反复反映",      "/console/clusters/", "map-search",       ("see_clusters",)),
    Item("跟踪",  "专题",          "/console/topics/",   "flag",             ("see_topics",)),
    Item("跟踪",  "召集邻里",      "/console/volunteer-calls/", "users",    ("call_volunteers", "run_organisation")),
    Item("跟踪",  "议事",          "/console/deliberations/", "scale",        ("see_deliberations",)),
    Item("跟踪",  "网格党支部",    "/console/branches/", "flag",              ("keep_branches",)),
    Item("跟踪",  "报到单位",      "/console/reporting-units/", "link",       ("keep_branches",)),
    Item("跟踪",  "社会组织",      "/console/social-organisations/", "building-community", ("keep_organisations", "run_organisation")),
    Item("跟踪",  "等在哪里",      "/console/waiting/",  "stairs",           ("see_cases",)),
    Item("跟踪",  "单位台账",      "/console/units/",    "building",         ("see_cases",)),
    Item("跟踪",  "单位考评",      "/console/assessment/", "chart-line",     ("see_assessment",)),
    Item("跟踪",  "报表",          "/console/sheets/",   "table",            ("see_sheets",)),
    Item("跟踪",  "月报",          "/console/bulletins/", "file-text",       ("write_bulletins", "approve_bulletins")),
    Item("跟踪",  "答应居民的事",  "/console/promises/", "checks",           ("see_coverage",)),
    Item("跟踪",  "走访覆盖",      "/console/contact/",  "home-heart",       ("see_coverage",)),
    Item("跟踪",  "预约时段",      "/console/slots/",    "calendar-event",   ("host_open_hours", "host_visit_hours")),
    Item("跟踪",  "巡查",          "/console/patrols/",  "walk",             ("see_rounds",)),
    Item("档案",  "居民档案",      "/console/households/", "home",         ("open_files",)),
    Item("档案",  "民情地图",      "/console/people-map/", "map-search",     ("see_people_map",)),
    Item("档案",  "包片和联户",    "/console/links/",    "link",             ("give_areas", "link_households")),
    Item("档案",  "人员名单导出",  "/console/exports/",  "file-export",      ("ask_for_lists",)),
    Item("档案",  "楼栋房屋",      "/console/buildings/", "building",        ("see_places",)),
    Item("档案",  "公共部件",      "/console/things/",   "bulb",             ("see_places",)),
    Item("档案",  "单位商户",      "/console/organisations/", "building-store", ("see_places",)),
    Item("档案",  "花名册导入",    "/console/rosters/",  "file-import",      ("keep_files",)),
    Item("档案",  "相像的档案",    "/console/alike/",    "users",            ("keep_files",)),
    Item("档案",  "合并申请",      "/console/merges/",   "git-merge",        ("keep_files",)),
    Item("档案",  "查改删申请",    "/console/requests/", "scale",            ("keep_files",)),
    Item("档案",  "代提档案申请",  "/console/requests/new/", "edit",         ("visit",)),
    Item("管理",  "网格与海报",    "/console/grids/",    "map-pin",          ("see_grids",)),
    Item("管理",  "事项分类",      "/console/categories/", "tag",            ("keep_tables",)),
    Item("管理",  "工作日历",      "/console/calendar/", "calendar-event",   ("keep_tables",)),
    Item("管理",  "参数",          "/console/settings/", "adjustments",      ("keep_tables",)),
    Item("管理",  "联办时限",      "/console/whistles/limits/", "hourglass", ("keep_tables",)),
    Item("管理",  "平台意见",      "/console/complaints/", "message-2",      ("keep_tables",)),
    Item("管理",  "用户与岗位",    "/console/users/",    "users",            ("keep_accounts",)),
    Item("管理",  "单位",          "/console/offices/",  "building-community", ("keep_accounts",)),
    Item("管理",  "操作日志",      "/console/audit/",    "clipboard-list",   ("read_log",)),
    Item("管理",  "日志封条",      "/console/seals/", "lock",          ("read_log", "keep_tables")),
    Item("管理",  "我的账号",      "/console/account/",  "shield-lock",      ()),
)
# fmt: on
NOWHERE = Item("", "", "", "", ())


def items_for(held):
    """Return the items for somebody who holds these roles, in groups: [(group, [item, …]), …]."""
    held, groups = set(held), {}
    for item in NAV:
        if permits(held, *item.capabilities):
            groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def drawn_nav(held, path) -> SafeString:
    """Return the navigation of somebody who holds these roles, with the page of this path marked as the present one."""
    drawn = draw_nav(held)
    for item in here_items(held, path):
        drawn = drawn.replace(f'href="{item.url}"', f'href="{item.url}" aria-current="page"', 1)
    return SafeString(drawn)


def here_label(held, path) -> str:
    """Return the label of the item that the page of this path stands below, the nearest one; "" when there is none."""
    return max(here_items(held, path), key=lambda item: len(item.url), default=NOWHERE).label


def here_items(held, path) -> list[Item]:
    return [item for _, items in nav_of(held) for item in items if is_here(path, item.url)]


@cache
def draw_nav(held) -> SafeString:
    """Draw the items of these roles, no page marked: the same for a whole process."""
    return render_to_string("console/parts/nav.html", {"groups": nav_of(held)})


@cache
def nav_of(held: frozenset) -> list:
    return items_for(held)
