"""Who a row is: a new person, one on file as he or she stands there, changed or moved, or a doubt. Pure.

Certain are the number, the phone with the name, and the name at the same door. Everything else that looks alike is a
doubt for people to settle; two files are never made one here.
"""

from typing import NamedTuple

from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.person_fields import FIELD_BY_ROSTER_COLUMN, LAW, YEAR
from yige.archive.rosters.buildings import NO_ADDRESS
from yige.archive.rosters.columns import COLUMN_LABELS

TWICE_ON_FILE = "这个{}在档案里已有两份，请先到“相像的档案”里合并。"
OTHER_NAME = "身份号码和档案里的一位相同，姓名不同，请核对。"
OTHER_NUMBER = "姓名、电话和档案里的一位相同，身份号码不同，请核对。"
OTHER_YEAR = "和档案里的一位同名，电话或住址相同，出生年不同，请核对。"
OTHER_SIGNS = "和档案里的一位读音、出生年相同，字不同，{}也相同，请核对是不是同一个人。"
ELSEWHERE = "档案里有一位同名同年出生的人住在别处：可能是搬家，也可能是另一个人，请核对。"
BEYOND = "这个人已在别的街道建档，请联系那里的档案管理员移交。"
ONLY_A_NAME = "这一户已有同姓的人，这一行只有姓名，分不清是不是同一个人，请补上出生年或电话。"
CHANGES, MOVES = "{}有变化。", "搬到这个地址。"
CHANGES_TOO = "搬到这个地址，{}也有变化。"


class Judgement(NamedTuple):
    """`one` is the person on file that the row is; `changes` the columns that say something new."""

    verdict: str
    why: str = ""
    one: object = None
    changes: tuple = ()


def judge(said, marks, place, near, *, keeps_numbers, surnames=lambda one: "") -> Judgement:
    """Say who a row is. `place` is None when it names no home; `surnames` tells the surname of a person on file."""
    one = _certain(said, marks, place, near)
    if isinstance(one, str):
        return Judgement(Verdict.DOUBTFUL, one)
    if one is None:
        return _unknown(said, marks, place, near, surnames)
    if not near.covers(one):
        return Judgement(Verdict.DOUBTFUL, BEYOND)
    changes = changes_of(said, marks, one, keeps_numbers)
    told = "、".join(COLUMN_LABELS[name] for name in changes)
    if place is not None and one.home != place.key:
        return Judgement(Verdict.MOVED, CHANGES_TOO.format(told) if told else MOVES, one, changes)
    if changes:
        return Judgement(Verdict.CHANGED, CHANGES.format(told), one, changes)
    return Judgement(Verdict.SAME, "", one)


def changes_of(said, marks, one, keeps_numbers) -> tuple[str, ...]:
    """Return the columns in which a row says more, or something else, than the file; an empty cell says nothing."""
    fields = [field for column in COLUMN_LABELS if (field := FIELD_BY_ROSTER_COLUMN.get(column))]
    if not keeps_numbers:
        fields = [field for field in fields if field.word != LAW]
    return tuple(field.roster for field in fields if _is_new(field, said, marks, one))


def _is_new(field, said, marks, one):
    value, on_file = getattr(said, field.roster), getattr(one, field.name)
    if not value:
        return False
    if field.search:
        return on_file not in getattr(marks, field.roster)
    return on_file != value and not (field.kind == YEAR and _near(said, one))


def _certain(said, marks, place, near):
    """Return the person that a row certainly is, None when nobody, or the sentence of a doubt."""
    if found := near.like("identity", marks.identity):
        return _by_number(found, marks)
    same_phone = near.like("phone", marks.phone)
    named = [one for one in same_phone if one.name in marks.name]
    at_home = near.at_home.get(place.key, ()) if place else ()
    known = named or [one for one in at_home if one.name in marks.name]
    if known:
        return _by_name(said, marks, known)
    if any(one.sound in marks.sound for one in same_phone):
        return OTHER_SIGNS.format("电话")
    if any(one.sound in marks.sound for one in at_home):
        return OTHER_SIGNS.format("住址")
    return None


def _by_number(found, marks):
    if len(found) > 1:
        return TWICE_ON_FILE.format("身份号码")
    one = found[0]
    return one if one.name in marks.name or (one.sound and one.sound in marks.sound) else OTHER_NAME


def _by_name(said, marks, found):
    if len(found) > 1:
        return TWICE_ON_FILE.format("人")
    one = found[0]
    if marks.identity and one.identity and one.identity not in marks.identity:
        return OTHER_NUMBER
    if said.born and one.birth_year and said.born != one.birth_year and not _near(said, one):
        return OTHER_YEAR
    return one


def _near(said, one):
    """An age tells the year only to within one."""
    return said.about and one.birth_year is not None and abs(said.born - one.birth_year) <= 1


def _unknown(said, marks, place, near, surnames):
    """Judge a row that is certainly nobody on file: new, unless somebody elsewhere may be the same person."""
    for one in near.like("sound", marks.sound):
        if one.name in marks.name and near.covers(one) and not _told_apart(marks, one):
            return Judgement(Verdict.DOUBTFUL, ELSEWHERE)
    if place is None:
        return Judgement(Verdict.REFUSED, NO_ADDRESS)
    bare = not (said.born or said.phone or said.identity)
    if bare and any(surnames(one) == said.name[:1] for one in near.at_home.get(place.key, ())):
        return Judgement(Verdict.DOUBTFUL, ONLY_A_NAME)
    return Judgement(Verdict.NEW)


def _told_apart(marks, one):
    """Two numbers, or two phones, tell two people of one name apart."""
    numbers = marks.identity and one.identity
    phones = marks.phone and one.phone
    return bool(numbers or phones)
