"""What may be written on a visit: the mode, new needs, new promises, the next day; each fault stands at its field."""

from datetime import date

from yige.contact.models.visits import LONGEST_WORDS
from yige.contact.words import Mode, NeedKind
from yige.lib.local_time import add_months, local_day
from yige.lib.refusals import NotSaid
from yige.lib.typed_text import clean_line

MOST_NEW = 10  # new needs, or promises, on one visit


def check_mode(text, wrong) -> Mode:
    if text not in Mode.values:
        wrong["mode"] = "请选这次是怎么联系的。"
        return Mode.HOME
    return Mode(text)


def check_needs(rows, household, wrong) -> list[dict[str, str | None]]:
    """Return the fields of the new needs; a row without words and without a case is left out."""
    made, rows = [], _few(rows, wrong)
    for place, row in enumerate(rows):
        words, case, person = clean_line(row.get("words") or ""), row.get("case"), row.get("person")
        if not words and case is None:
            continue
        here = f"need_{place}"
        if len(words) > LONGEST_WORDS:
            wrong[f"{here}_words"] = f"最多写 {LONGEST_WORDS} 个字，现在是 {len(words)} 个。"
        if row.get("kind") not in NeedKind.values:
            wrong[f"{here}_kind"] = "请选是问题、需要还是意见。"
        if person is not None and person.household_id != household.pk:
            wrong[f"{here}_person"] = "请从本户的人里选。"
        if case is not None and case.household_id != household.pk:
            wrong[f"{here}_words"] = "这件事不是这一户提出的。"
        made.append({"kind": row.get("kind"), "words": words, "person": person, "case": case})
    return made


def check_promises(rows, household, at, wrong) -> list[dict]:
    """Return the fields of the new promises; a row without words and without a day is left out."""
    made, today = [], local_day(at)
    for place, row in enumerate(_few(rows, wrong)):
        words, due_on, need = clean_line(row.get("words") or ""), row.get("due_on"), row.get("need")
        if not words and due_on is None:
            continue
        here = f"promise_{place}"
        if not words:
            wrong[f"{here}_words"] = "请写一写答应了什么。"
        if len(words) > LONGEST_WORDS:
            wrong[f"{here}_words"] = f"最多写 {LONGEST_WORDS} 个字，现在是 {len(words)} 个。"
        if fault := day_fault(due_on, today):
            wrong[f"{here}_due_on"] = fault
        if need is not None and need.household_id != household.pk:
            wrong[f"{here}_words"] = "这件事不是这一户提出的。"
        made.append({"words": words, "due_on": due_on, "need": need})
    return made


def _few(rows, wrong):
    rows = list(rows)
    if len(rows) > MOST_NEW:
        wrong["mode"] = f"一次最多记 {MOST_NEW} 件，其余的请下次再记。"
    return rows


def check_next_day(day, at, wrong) -> date | None:
    """Return the day agreed on for the next contact."""
    if day is not None and (fault := day_fault(day, local_day(at))):
        wrong["wished_on"] = fault
    return day


def day_fault(day, today) -> str:
    """Return what is wrong with a day that somebody promises, or ""."""
    if day is None:
        return "请选答应到哪一天。"
    return "" if today < day <= add_months(today, 12) else "请选明天以后、一年以内的日子。"


def refuse_faults(wrong) -> None:
    """Refuse with every sentence at its field."""
    if wrong:
        raise NotSaid("有几处要补上。" if len(wrong) > 1 else next(iter(wrong.values())), **wrong)
