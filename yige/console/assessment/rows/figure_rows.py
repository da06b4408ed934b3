"""The rows behind a figure in the words of a table: numbers, places and moments, never a person and never the words of a case."""

from typing import NamedTuple

from yige.lib.local_time import local


class LedgerLine(NamedTuple):
    """One row; `opens` says that its reader may open the case."""

    number: str
    opens: bool
    what: str
    day: str
    why: str


def in_order(ledger, indicator):
    if indicator.base == "promises":
        return ledger.order_by("due_on", "id")
    return ledger.select_related("case", "category").order_by("at", "id")


def lines(page, indicator, seen) -> list[LedgerLine]:
    rows = list(page)
    if indicator.base == "promises":
        return [promise_line(row) for row in rows]
    open_to = seen_cases(rows, seen)
    return [closing_line(row, row.case_id in open_to) for row in rows]


def seen_cases(rows, seen) -> set:
    return set(seen.filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))


def closing_line(row, opens) -> LedgerLine:
    return LedgerLine(number_of(row.case), opens, row.category.label, day_of(row.at), "，".join(why(row)))


def number_of(case) -> str:
    return case.number


def why(row) -> list[str]:
    """Return what the conditions asked of this row, so that a reader can count again by hand."""
    said = []
    if row.dispatched_at:
        hours = (
            None
            if row.contacted_at is None
            else (row.contacted_at - row.dispatched_at).total_seconds() / 3600
        )
        said.append("没有联系记录" if hours is None else f"派单后 {hours:.1f} 小时联系")
    said.append("误了时限" if row.late else "时限都做到")
    if not row.answered:
        said.append("没有问到反映人")
    elif row.said_no:
        said.append("有人说没有解决")
    else:
        said.append("有人说部分解决" if row.said_partly else "都说解决了")
    if row.answered and row.unhappy:
        said.append("有人说不满意")
    if row.parked_at:
        said.append("挂过账")
    if row.reopened_at:
        said.append(f"{day_of(row.reopened_at)}又重办")
    return said


def promise_line(row) -> LedgerLine:
    kept = f"{day_of(row.kept_at)}做到" if row.kept_at else "还没有做到"
    return LedgerLine("", False, f"答应到 {row.due_on.month} 月 {row.due_on.day} 日", "", kept)


def card_lines(cards, seen) -> list[LedgerLine]:
    open_to = seen_cases(cards, seen)
    return [
        LedgerLine(
            number_of(card.case), card.case_id in open_to, card.case.category.label, day_of(card.at),
            f"{card.reason.removesuffix('。')}；这个月里没有办结",
        )
        for card in cards
    ]  # fmt: skip


def day_of(moment) -> str:
    day = local(moment)
    return f"{day.month} 月 {day.day} 日"
