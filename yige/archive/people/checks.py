"""What a file may hold: every fault of a name, number, year or label is a sentence at its field. Pure but for the clock."""

from yige.archive import labels
from yige.archive.people import sealing
from yige.archive.person_fields import FIELD_BY_NAME
from yige.lib import identity, typed_text
from yige.lib.fillers import is_no_name
from yige.lib.local_time import local_day
from yige.lib.phones import phone_fault
from yige.lib.private_signs import unknown_sign
from yige.lib.refusals import NotSaid

# By their masks: how many characters a text may have, and what else its sentence says.
LONGEST = {"name": (40, ""), "contact": (60, "，写称呼和电话")}
OLDEST = 125  # years


def check_person(texts, facts, household, at, *, person=None) -> tuple[dict[str, str], dict]:
    """Return the texts and facts of a person cleaned, or refuse them with a sentence at each field that is wrong."""
    year, wrong = local_day(at).year, {}
    texts = {field: _cleaned(field, text, wrong) for field, text in texts.items()}
    if "name" in texts and not texts["name"]:
        wrong.setdefault("name", "请填写姓名。")
    facts = dict(facts)
    birth = facts.get("birth_year", person.birth_year if person else None)
    _check_facts(facts, year, wrong)
    if "birth_year" not in wrong:
        _check_child(texts, facts, birth, year, household, wrong, person)
    if wrong:
        raise NotSaid("有几处要改一下。" if len(wrong) > 1 else next(iter(wrong.values())), **wrong)
    return texts, facts


def check_label(kind, months) -> labels.Label:
    """Return the row of a label of the closed list, or refuse."""
    row = labels.LABEL_BY_NAME.get(kind)
    if row is None:
        raise NotSaid(labels.NO_SUCH, kind=labels.NO_SUCH)
    if months is not None and not 1 <= months <= row.months:
        raise NotSaid(f"有效期是 1 到 {row.months} 个月。", months=f"有效期是 1 到 {row.months} 个月。")
    return row


def name_fault(text) -> str:
    """Say in a sentence why this is no name of a person; "" when it may be one."""
    if is_no_name(text):
        return f"“{text}”不是姓名。"
    if sign := unknown_sign(text):
        return f"姓名里有一个自造的字（U+{ord(sign):04X}），别的电脑认不出，请用系统带的生僻字重新输入。"
    return ""


def _cleaned(field, text, wrong):
    text, row = typed_text.clean_line(text or ""), FIELD_BY_NAME[field]
    longest, advice = LONGEST.get(row.mask, (0, ""))
    if longest and len(text) > longest:
        wrong[field] = f"{row.label}最多 {longest} 个字{advice}。"
    elif row.mask == "phone" and text:
        if fault := phone_fault(text):
            wrong[field] = fault
        text = sealing.normal(field, text)
    elif row.mask == "identity" and text:
        if fault := identity.fault(text):
            wrong[field] = fault
        text = sealing.normal(field, text)
    elif row.mask == "name" and (fault := name_fault(text)):
        wrong[field] = fault
    return text


def _check_facts(facts, year, wrong):
    birth = facts.get("birth_year")
    if birth is not None and not year - OLDEST <= birth <= year:
        wrong["birth_year"] = f"出生年应在 {year - OLDEST} 到 {year} 之间。"
    for name, value in facts.items():
        row = FIELD_BY_NAME[name]
        if row.choices and value != row.empty and value not in row.choices.values:
            wrong[name] = f"{row.label}请从列表里选。"


def _check_child(texts, facts, birth, year, household, wrong, person):
    """Under 14 only through a guardian of the same household, without a phone of the child's own (PIPL §31)."""
    guardian = facts.get("guardian", person.guardian if person and person.guardian_id else None)
    child = birth is not None and year - birth <= 14
    if child and guardian is None:
        wrong["guardian"] = "十四岁以下的，请先登记监护人，再选是谁。"
    if guardian is not None:
        if guardian.household_id != (household.pk if household else None):
            wrong["guardian"] = "监护人应是同一户的人。"
        elif guardian.is_child_in(year):
            wrong["guardian"] = "监护人应是成年人。"
    if child and texts.get("phone"):
        wrong["phone"] = "十四岁以下的不登记自己的电话，请记在监护人名下。"
