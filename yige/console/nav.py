"""What stands in the navigation of the desk, for whom; the views ask for the same roles by `@staff`."""

from typing import NamedTuple

from yige.accounts import roles

SEE_CASES = tuple(role.name for role in roles.ROLES if role.sees != "none")
HEADS = ("street_head", "desk", "community_head", "grid_head")
STREET = ("street_head", "desk")
ALL = tuple(role.name for role in roles.ROLES)


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
    Item("事项",  "事项列表",      "/console/cases/",    "list-details",     SEE_CASES),
)
# fmt: on


def items_for(held):
    """Return the items for somebody who holds these roles, in groups: [(group, [item, …]), …]."""
    groups = {}
    for item in NAV:
        if set(item.roles) & set(held):
            groups.setdefault(item.group, []).append(item)
    return list(groups.items())
