"""The list of cases as a sheet; no contact of anybody, numbers and accounts in the words are masked."""

from yige.cases.deadlines import MARK_BY_NAME
from yige.cases.words import State
from yige.lib.masks import free_text
from yige.lib.sheets import write_xlsx

MOST_ROWS = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "编号", "状态", "分类", "性质", "紧急程度", "网格", "地点", "问题描述", "承办单位", "反映时间", "受理时间", "处置完成",
    "办结", "销号", "下一时限", "到期", "是否超时", "退回次数", "重办次数", "险情从何时起",
)  # fmt: skip


def sheet_of_cases(cases, at):
    """Return the bytes of an xlsx with one row for each case."""
    return write_xlsx(HEADINGS, (_row(case, at) for case in cases), sheet="事项")


def _row(case, at):
    mark = MARK_BY_NAME.get(case.next_mark)
    return (
        case.number,
        case.get_state_display(),
        case.category_label,
        case.get_nature_display(),
        case.get_urgency_display(),
        case.grid_name,
        free_text(case.place),
        free_text(case.words),
        "" if case.state in (State.REPORTED, State.ACCEPTED) else case.unit_name or "",
        case.reported_at,
        case.accepted_at,
        case.handled_at,
        case.closed_at,
        case.cleared_at,
        mark.label if mark else "",
        case.next_mark_at,
        case.is_overdue(at),
        case.return_count,
        case.reopen_no,
        case.alarm_at,
    )
