"""What stands in the navigation of the desk, for whom; the views ask for the same roles by `@staff`."""

from typing import NamedTuple

from yige.accounts import roles

SEE_CASES = tuple(role.name for role in roles.ROLES if role.sees != "none")
HEADS = ("street_head", "desk", "community_head", "grid_head")
STREET = ("street_head", "desk")
CALLERS = ("desk", "street_head", "intake")
TAKERS = (*HEADS, "grid_worker", "micro_worker", "party_member", "intake")
SEE_MAP = (*HEADS, "grid_worker", "micro_worker", "party_member", "registrar")
SLOT_HOSTS = ("street_head", "community_head", "grid_head", "grid_worker", "micro_worker")
ALL = tuple(role.name for role in roles.ROLES)
SEE_PATROLS = ("street_head", "desk", "community_head", "grid_head", "grid_worker")
SEE_PLACES = (*SEE_PATROLS, "micro_worker", "party_member", "registrar")


class Item(NamedTuple):
    group: str
    label: str
    url: str
    icon: str
    roles: tuple


# fmt: off
NAV = (
    #    group    label           url                   icon                who
    Item("事项",  "我的工作台",    "/console/",          "layout-dashboard", ALL),
    Item("事项",  "今天走访",      "/work/",             "device-mobile",    roles.VISITORS),
    Item("事项",  "事项列表",      "/console/cases/",    "list-details",     SEE_CASES),
    Item("事项",  "登记事项",      "/console/intake/",   "phone-call",       TAKERS),
    Item("事项",  "事项地图",      "/console/map/",      "map-2",            SEE_CASES),
    Item("跟踪",  "回访",          "/console/follow-ups/", "phone",          CALLERS),
    Item("跟踪",  "回头看",        "/console/look-backs/", "eye",            HEADS),
    Item("跟踪",  "单位台账",      "/console/units/",    "building",         SEE_CASES),
    Item("跟踪",  "答应居民的事",  "/console/promises/", "checks",           HEADS),
    Item("跟踪",  "走访覆盖",      "/console/contact/",  "home-heart",       HEADS),
    Item("跟踪",  "预约时段",      "/console/slots/",    "calendar-event",   SLOT_HOSTS),
    Item("跟踪",  "巡查",          "/console/patrols/",  "walk",             SEE_PATROLS),
    Item("档案",  "居民档案",      "/console/households/", "home",         roles.FILES),
    Item("档案",  "民情地图",      "/console/people-map/", "map-search",     SEE_MAP),
    Item("档案",  "包片和联户",    "/console/links/",    "link",             ("community_head", "grid_head", "registrar")),
    Item("档案",  "人员名单导出",  "/console/exports/",  "file-export",      ("grid_head", "registrar")),
    Item("档案",  "楼栋房屋",      "/console/buildings/", "building",        SEE_PLACES),
    Item("档案",  "公共部件",      "/console/things/",   "bulb",             SEE_PLACES),
    Item("档案",  "单位商户",      "/console/organisations/", "building-store", SEE_PLACES),
    Item("档案",  "花名册导入",    "/console/rosters/",  "file-import",      roles.KEEPERS),
    Item("档案",  "相像的档案",    "/console/alike/",    "users",            roles.KEEPERS),
    Item("档案",  "合并申请",      "/console/merges/",   "git-merge",        roles.KEEPERS),
    Item("档案",  "查改删申请",    "/console/requests/", "scale",            roles.KEEPERS),
    Item("档案",  "代提档案申请",  "/console/requests/new/", "edit",         roles.VISITORS),
    Item("管理",  "网格与海报",    "/console/grids/",    "map-pin",          (*HEADS, "system_admin")),
    Item("管理",  "事项分类",      "/console/categories/", "tag",            ("system_admin",)),
    Item("管理",  "工作日历",      "/console/calendar/", "calendar-event",   ("system_admin",)),
    Item("管理",  "参数",          "/console/settings/", "adjustments",      ("system_admin",)),
    Item("管理",  "平台意见",      "/console/complaints/", "message-2",      ("system_admin",)),
    Item("管理",  "用户与岗位",    "/console/users/",    "users",            ("security_admin",)),
    Item("管理",  "单位",          "/console/offices/",  "building-community", ("security_admin",)),
    Item("管理",  "操作日志",      "/console/audit/",    "clipboard-list",   ("auditor",)),
    Item("管理",  "我的账号",      "/console/account/",  "shield-lock",      ALL),
)
# fmt: on


def items_for(held):
    """Return the items for somebody who holds these roles, in groups: [(group, [item, …]), …]."""
    held, groups = set(held), {}
    for item in NAV:
        if held & set(item.roles):
            groups.setdefault(item.group, []).append(item)
    return list(groups.items())
