"""The rows behind a figure in the words of a table: numbers, places and moments, never a person; the words of a promise for whoever may open its file."""

from typing import NamedTuple

from django.urls import reverse

from yige.cases.models import Case
from yige.contact.promises import promise_rows
from yige.lib.local_time import date_words
from yige.month_sheets.exclusion_rules import ASKERS
from yige.month_sheets.exclusions import held_to


class LedgerLine(NamedTuple):
    """One row; `address` is the page of its case or household, "" for whoever may not open that; `ask` that on which
    its unit asks to leave it out."""

    number: str
    address: str
    what: str
    day: str
    why: str
    ask: str = ""


def in_order(ledger, indicator):
    if indicator.base == "promises":
        return ledger.select_related("unit", "need__case").order_by("due_on", "id")
    return ledger.select_related("case", "category").order_by("at", "id")


def lines(page, indicator, user, at) -> list[LedgerLine]:
    rows = list(page)
    if indicator.base == "promises":
        told = promise_rows(rows, user, at)
        return [promise_line(row, shown) for row, shown in zip(rows, told, strict=True)]
    open_to = seen_cases(rows, user, at)
    return [closing_line(row, row.case_id in open_to, ask_address(row, user, at)) for row in rows]


def ask_address(row, user, at) -> str:
    return reverse("console:exclusion_ask", args=[row.pk]) if held_to(user, row, at) & ASKERS else ""


def seen_cases(rows, user, at) -> set:
    seen = Case.objects.visible_to(user, at)
    return set(seen.filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))


def closing_line(row, opens, ask) -> LedgerLine:
    return LedgerLine(
        row.case.number,
        case_address(row.case, opens),
        row.category.label,
        date_words(row.at),
        "，".join(why(row)),
        ask,
    )


def case_address(case, opens) -> str:
    return reverse("console:case", args=[case.serial]) if opens else ""


def why(row) -> list[str]:
    """Return what the conditions asked of this row, so that a reader can count again by hand."""
    said = [f"第 {row.round + 1} 轮"] if row.round else []
    if row.copy:
        said.append("同一件事的又一份")
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
        said.append(f"{date_words(row.reopened_at)}又重办")
    if row.came_again_at:
        said.append(f"{date_words(row.came_again_at)}同样的事又来")
    return said


def promise_line(row, shown) -> LedgerLine:
    """Tell a promise by when and where it was made; its words and its file only to whoever may open that."""
    kept = f"{date_words(row.kept_at)}做到" if row.kept_at else "还没有做到"
    why = [f"{date_words(row.made_at)}答应的", shown.place, kept, shown.words]
    address = reverse("console:household", args=[shown.household]) if shown.household else ""
    due = date_words(row.due_on)
    return LedgerLine("", address, "走访时答应的", due, "，".join(part for part in why if part))


def card_lines(cards, user, at) -> list[LedgerLine]:
    open_to = seen_cases(cards, user, at)
    return [
        LedgerLine(
            card.case.number, case_address(card.case, card.case_id in open_to), card.case.category.label,
            date_words(card.at), f"{card.reason.removesuffix('。')}；这个月里没有办结",
        )
        for card in cards
    ]  # fmt: skip
