"""What a file may hold: every fault of a name, number, year or label is a sentence at its field. Pure but for the clock."""

from yige.archive import labels
from yige.archive.people import sealing
from yige.archive.words import Relation, Sex
from yige.lib import identity, typed_text
from yige.lib.local_time import local_day
from yige.lib.refusals import NotSaid

NAME, EMERGENCY = 40, 60  # characters
OLDEST = 125  # years


def person(texts, facts, household, at, *, person=None):
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


def label(kind, months):
    """Return the row of a label of the closed list, or refuse."""
    row = labels.BY_NAME.get(kind)
    if row is None:
        raise NotSaid(labels.NO_SUCH, kind=labels.NO_SUCH)
    if months is not None and not 1 <= months <= row.months:
        raise NotSaid(f"有效期是 1 到 {row.months} 个月。", months=f"有效期是 1 到 {row.months} 个月。")
    return row


def _cleaned(field, text, wrong):
    text = typed_text.clean_line(text or "")
    if field == "name" and len(text) > NAME:
        wrong[field] = f"姓名最多 {NAME} 个字。"
    elif field == "emergency" and len(text) > EMERGENCY:
        wrong[field] = f"紧急联系人最多 {EMERGENCY} 个字，写称呼和电话。"
    elif field == "phone" and text:
        text = sealing.normal("phone", text)
        if not 7 <= len(text) <= 13:
            wrong[field] = "电话应是 7 到 13 位数字，请核对。"
    elif field == "identity" and text:
        text = sealing.normal("identity", text)
        if fault := identity.fault(text):
            wrong[field] = fault
    return text


def _check_facts(facts, year, wrong):
    birth = facts.get("birth_year")
    if birth is not None and not year - OLDEST <= birth <= year:
        wrong["birth_year"] = f"出生年应在 {year - OLDEST} 到 {year} 之间。"
    if facts.get("sex", Sex.UNKNOWN) not in Sex.values:
        wrong["sex"] = "性别请从列表里选。"
    if facts.get("relation") and facts["relation"] not in Relation.values:
        wrong["relation"] = "与户主关系请从列表里选。"


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
