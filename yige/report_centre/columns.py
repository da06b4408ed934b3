"""The closed catalogue of what a sheet may show: each column with its type, where it comes from, how it may be grouped.

Nothing here is about a person: no name, no telephone, no words of a case, no door. Lists of persons leave by
`archive/rights/exports.py` alone. A row of the ledger is a matter of the public; a count counts those rows; a figure is
one of `assessment/figures.py` by its name.
"""

from typing import NamedTuple

from yige.assessment.indicators import INDICATORS

MOST_COLUMNS = 30


class Column(NamedTuple):
    """`of` says where it stands: in a "row" of the ledger, a "count" of rows, or a "figure" of a unit's assessment."""

    name: str
    label: str
    type: str
    of: str
    source: str


class Grouping(NamedTuple):
    """How rows come together; `figures` says whether the figures of assessment can be told by it."""

    name: str
    label: str
    heading: str
    figures: bool


LEDGER = "事项台账"
# fmt: off
ROW_COLUMNS = (
    #      name              heading            type       of      where it comes from
    Column("number",         "编号",            "text",    "row",  LEDGER),
    Column("group",          "大类",            "text",    "row",  LEDGER),
    Column("category",       "分类",            "text",    "row",  LEDGER),
    Column("urgency",        "紧急程度",        "text",    "row",  LEDGER),
    Column("channel",        "来源",            "text",    "row",  LEDGER),
    Column("tier",           "处置层级",        "text",    "row",  LEDGER),
    Column("state",          "状态",            "text",    "row",  LEDGER),
    Column("community",      "社区",            "text",    "row",  "网格"),
    Column("grid",           "网格",            "text",    "row",  "网格"),
    Column("unit",           "承办单位",        "text",    "row",  LEDGER),
    Column("reported_at",    "反映时间",        "moment",  "row",  LEDGER),
    Column("accepted_at",    "受理时间",        "moment",  "row",  LEDGER),
    Column("dispatched_at",  "派单时间",        "moment",  "row",  LEDGER),
    Column("handled_at",     "处置完成",        "moment",  "row",  LEDGER),
    Column("closed_at",      "办结时间",        "moment",  "row",  LEDGER),
    Column("cleared_at",     "销号时间",        "moment",  "row",  LEDGER),
    Column("next_mark_at",   "下一时限到期",    "moment",  "row",  LEDGER),
    Column("overdue",        "是否超时",        "yes_no",  "row",  LEDGER),
    Column("days",           "反映到办结天数",  "number",  "row",  LEDGER),
    Column("extensions",     "延期次数",        "number",  "row",  LEDGER),
    Column("return_count",   "退回次数",        "number",  "row",  LEDGER),
    Column("reopen_no",      "重办次数",        "number",  "row",  LEDGER),
)
COUNT_COLUMNS = (
    Column("matters",        "件数",            "number",  "count", LEDGER),
    Column("still_open",     "还没有办结",      "number",  "count", LEDGER),
    Column("late",           "现在超时",        "number",  "count", LEDGER),
    Column("reopened_once",  "重办过",          "number",  "count", LEDGER),
    Column("returned",       "退回过",          "number",  "count", LEDGER),
)
PARTS = (
    # of a figure   heading         type
    ("of",          "{}：总数",     "number"),
    ("met",         "{}：做到的",   "number"),
    ("share",       "{}：占比",     "share"),
)
FIGURE_COLUMNS = tuple(
    Column(f"{each.name}__{part}", heading.format(each.label), type_, "figure", f"单位考评：{each.asks}")
    for each in INDICATORS for part, heading, type_ in PARTS
)
GROUPINGS = (
    #        name         label                 heading     figures of assessment
    Grouping("",          "不分组，一件一行",   "",         False),
    Grouping("whole",     "只要合计，一行",     "范围",     True),
    Grouping("unit",      "按承办单位",         "单位",     True),
    Grouping("community", "按社区",             "社区",     True),
    Grouping("category",  "按分类",             "分类",     False),
    Grouping("channel",   "按来源",             "来源",     False),
)
MOMENTS = (
    ("reported_at",  "这段时间里反映的"),
    ("closed_at",    "这段时间里办结的"),
)
CONDITIONS = (
    ("",         "不管办没办结"),
    ("open",     "还没有办结的"),
    ("late",     "现在超时的"),
    ("closed",   "已经办结的"),
)
# fmt: on
CATALOGUE = (*ROW_COLUMNS, *COUNT_COLUMNS, *FIGURE_COLUMNS)
COLUMN_BY_NAME = {column.name: column for column in CATALOGUE}
GROUPING_BY_NAME = {grouping.name: grouping for grouping in GROUPINGS}
FILTERS = ("moment", "condition", "category", "channel", "urgency")

NO_COLUMNS = "请至少选一列。"
UNKNOWN = "有一列清单里没有，请重新选。"


def faults(columns, grouping, filters) -> dict[str, str]:
    """Return what does not go together, a sentence beside each part: {} where it does."""
    found = {}
    chosen = [COLUMN_BY_NAME[name] for name in columns if name in COLUMN_BY_NAME]
    kinds = {column.of for column in chosen}
    if not columns:
        found["columns"] = NO_COLUMNS
    elif len(chosen) < len(columns) or len(set(columns)) < len(columns):
        found["columns"] = UNKNOWN
    elif len(columns) > MOST_COLUMNS:
        found["columns"] = f"最多选 {MOST_COLUMNS} 列。"
    elif not grouping and kinds - {"row"}:
        found["columns"] = (
            f"一件一行的表没有“{first_of(chosen, 'count', 'figure')}”，请选分组，或者不要这一列。"
        )
    elif grouping and "row" in kinds:
        found["columns"] = f"分组的表没有“{first_of(chosen, 'row')}”，请选一件一行，或者不要这一列。"
    if grouping not in GROUPING_BY_NAME:
        found["grouping"] = "请从列出的里面选。"
    elif "figure" in kinds and grouping and not GROUPING_BY_NAME[grouping].figures:
        found["grouping"] = f"考评的数不能{GROUPING_BY_NAME[grouping].label}，请按单位、按社区或者只要合计。"
    elif "figure" in kinds and any(filters.get(name) for name in FILTERS if name != "moment"):
        found["columns"] = "考评的数不能再筛选。请去掉筛选，或者不要考评的列。"
    return found


def first_of(columns, *kinds) -> str:
    return next(column.label for column in columns if column.of in kinds)
