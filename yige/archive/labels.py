"""The closed list of service labels. No other label about a person exists, and none can be written freely.

Each is granted by the person or the guardian for one service, ends after a year at the latest, and can be taken back at
any time without consequence. Source: domain reference §9.1, design §6.
"""

from typing import NamedTuple


class Label(NamedTuple):
    """`seen_by` are the ways to files (accounts/roles.py) that show it; `every_days` is how often somebody looks in."""

    name: str
    label: str
    purpose: str
    basis: str
    seen_by: tuple
    months: int
    every_days: int | None


# fmt: off
NEAR = ("area", "links", "keeper")
LABELS = (
    #     name                  label          what for                          on what basis                          who sees it          months every
    Label("living_alone",       "独居",        "常上门、常打电话，出事有人知道",    "本人同意（个人信息保护法第十三条第一项）",  NEAR,                12,    7),
    Label("mobility_help",      "行动不便",    "上门办事、陪诊、加急报修",          "本人单独同意（第二十九条）",             NEAR,                12,    14),
    Label("communication_need", "听视沟通",    "见面用大字、慢说、文字或手语",      "本人单独同意（第二十九条）",             NEAR,                12,    None),
    Label("disability_service", "残疾人服务",  "通知残联的服务，不记类别和等级",    "本人单独同意（第二十九条）",             ("area", "keeper"),  12,    30),
    Label("veteran",            "退役军人优待", "通知优待和活动",                   "本人同意（第十三条第一项）",             NEAR,                12,    None),
    Label("hardship_support",   "困难帮扶",    "落实民政部门已经定下的帮扶",        "本人同意，依据民政部门的决定",            ("area", "keeper"),  12,    30),
    Label("infant_care",        "孕产婴幼",    "孕产和三岁以下照护服务",            "本人或监护人单独同意（第三十一条）",      ("area", "keeper"),  12,    30),
    Label("medicine_reminder",  "送药提醒",    "按本人愿望送药、提醒",              "本人单独同意（第二十九条）",             ("area", "keeper"),  12,    30),
    Label("party_member",       "党员",        "双报到、党员联户，本人自愿登记",     "本人自愿登记（第十三条第一项）",         NEAR,                12,    None),
)
# fmt: on

LABEL_BY_NAME = {label.name: label for label in LABELS}
CHOICES = [(label.name, label.label) for label in LABELS]
NO_SUCH = "没有这种标签。服务标签只有列出的这几种，由本人同意才能记；不能自己写标签。"


def seen_with(way) -> list[str]:
    """Return the names of the labels that somebody with this way to files may see."""
    return [label.name for label in LABELS if way in label.seen_by]
