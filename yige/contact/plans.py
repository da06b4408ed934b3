"""Who visits whom how often: one row a role. A label may ask for more (archive/labels.py); a wish or a promise always leads.

A plan suggests, it never counts: nobody is measured by it, and a household that wants no visits is left out.
Source: domain reference §3.2, §9; docs/policy/contact.md.
"""

from datetime import timedelta
from typing import NamedTuple

LONG_WITHOUT_VISIT = timedelta(days=75)


class VisitPlan(NamedTuple):
    """`every_days`: how long a household may wait for its next visit; `suggest`: how many are suggested a day."""

    role: str
    label: str
    whom: str
    every_days: int
    suggest: int
    prose: str


# fmt: off
VISIT_PLANS = (
    #         role              label         whom                  every  suggest  in plain words
    VisitPlan("micro_worker",   "微网格员",    "自己微网格的户",      75,    5,       "每天走访一户，七八十户大约七十五天走一遍。"),
    VisitPlan("grid_worker",    "网格员",      "自己网格的户",        180,   5,       "每周入户，先去答应过的和要照看的。"),
    VisitPlan("grid_head",      "三级网格长",  "自己网格的户",        180,   5,       "每周入户，先去答应过的和要照看的。"),
    VisitPlan("community_head", "二级网格长",  "自己包片和联系的户",  90,    5,       "每周入户，走自己包的片、联系的户。"),
    VisitPlan("party_member",   "联户党员",    "同意联系的五至十户",  30,    5,       "按和本户说好的；没有另说的，一个月一次。"),
)
# fmt: on

BY_ROLE = {plan.role: plan for plan in VISIT_PLANS}


def plan_of(roles) -> VisitPlan:
    """Return the plan of somebody with these roles, the one with the shortest wait; None when nobody is visited."""
    found = [BY_ROLE[role] for role in roles if role in BY_ROLE]
    return min(found, key=lambda plan: plan.every_days, default=None)
