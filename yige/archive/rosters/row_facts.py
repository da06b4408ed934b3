"""What one row says: its cells together are a person at a place, or a sentence that says what is wrong. Pure."""

import re
from typing import NamedTuple

from yige.archive.people import sealing
from yige.archive.rosters.relations import relation_of
from yige.archive.rosters.row_cells import (
    Fault,
    bare_name,
    born_of,
    check_agreement,
    check_born,
    housing_of,
    identity_of,
    name_of,
    names_two,
    phone_of,
    relation_word,
    sex_of,
    without_fillers,
)
from yige.archive.words import Relation, TieKind
from yige.lib import addresses, identity, names, typed_text
from yige.lib.crypto import blind_indexes

CHILD = 14  # until the end of the year of this birthday
_FORMULA = re.compile(r"^\s*=|^#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM)[!?]?")
_GONE = re.compile(r"已故|去世|死亡|病故|亡故|过世|迁出|搬走|已搬|注销|销户")


class RowFacts(NamedTuple):
    """One row, read. `about` says that the year was worked out of an age; `fault` that the row cannot come in.

    `doubt` says why somebody has to look at the row; `left` holds a sentence for each cell that stays out or is read otherwise.
    """

    number: int
    name: str = ""
    identity: str = ""
    phone: str = ""
    born: int | None = None
    about: bool = False
    sex: str = ""
    relation: str = ""
    head: str = ""
    guardian: str = ""
    address: addresses.Address | None = None
    housing: str = TieKind.LIVES
    grid: str = ""
    fault: str = ""
    child: bool = False
    doubt: str = ""
    left: tuple = ()

    @property
    def home(self) -> tuple[str, str, str, str] | None:
        """The home as the file names it, for telling which rows live together; None when it is not clear."""
        place = self.address
        return (
            None if place is None or place.doubt else (place.estate, place.building, place.unit, place.room)
        )

    @property
    def household(self) -> str:
        """The head of the household that the row belongs to, "" when the row does not say."""
        return self.head or (self.name if self.relation == Relation.HEAD else "")


def read_row(number, cells, year) -> RowFacts:
    """Read the cells of one row ({column: text}); every fault is a sentence in `fault`."""
    cells = without_fillers(cells)
    try:
        return _read(number, cells, year)
    except Fault as fault:
        return sketch(number, cells, year)._replace(fault=str(fault))


def sketch(number, cells, year) -> RowFacts | None:
    """Read of a row only what tells who lives with whom; whether it can come in is judged later."""
    cells = without_fillers(cells)
    born, number_said = cells.get("born", ""), cells.get("identity", "")
    try:
        year_born = born_of(born, year)[0] if born else None
    except Fault:
        year_born = None
    if year_born is None and number_said and not identity.fault(number_said):
        year_born = identity.birthday(identity.normal(number_said)).year
    return RowFacts(
        number,
        bare_name(cells.get("name", ""))[0],
        relation=relation_of(cells.get("relation", "")) or (Relation.OTHER if cells.get("relation") else ""),
        head=sealing.normal("name", cells.get("head", "")),
        guardian=sealing.normal("name", cells.get("guardian", "")),
        address=_address(cells),
        child=year_born is not None and year - year_born <= CHILD,
    )


def _read(number, cells, year):
    for text in cells.values():
        if text and text[0] in "=#" and _FORMULA.match(text):
            raise Fault(f"“{text[:12]}”是公式或公式出的错，不是内容，请粘贴成数值再导入。")
    left = []
    name, beside = name_of(cells.get("name", ""))
    if beside and not _GONE.search(beside):
        left.append(f"姓名后面括号里的“{beside[:10]}”没有带入。")
    sex = sex_of(cells.get("sex", ""), left)
    known, born, about, sex = _born_and_number(cells, year, sex, left)
    child = born is not None and year - born <= CHILD
    return RowFacts(
        number,
        name,
        known,
        "" if child else phone_of(cells.get("phone", ""), left),
        born,
        about,
        sex,
        relation_word(cells.get("relation", ""), left),
        sealing.normal("name", cells.get("head", "")),
        sealing.normal("name", cells.get("guardian", "")),
        _address(cells),
        housing_of(cells.get("housing", ""), left),
        typed_text.half_width(cells.get("grid", "")).strip(),
        "",
        child,
        _doubt(cells, beside),
        tuple(left),
    )


def _doubt(cells, beside):
    if gone := _GONE.search(f"{beside} {cells.get('remark', '')}"):
        return f"这一行写着“{gone[0]}”，请核对这个人还在不在这里。"
    return "“姓名”这一格里好像有两个人，请分成两行，或核对。" if names_two(cells.get("name", "")) else ""


def _born_and_number(cells, year, sex, left):
    """Return (number, year, whether it is out of an age, sex); a number that is none stays out where the year is known."""
    number = cells.get("identity", "")
    try:
        born, about = born_of(cells.get("born", ""), year)
    except Fault as fault:
        if not number or identity.fault(number):
            raise
        born, about = None, False
        left.append(f"出生年没有带入：{fault}")
    try:
        known = identity_of(number)
    except Fault as fault:
        if born is None:  # nothing else tells whether this is a child
            raise
        known = ""
        left.append(f"身份号码没有带入：{fault}")
    if known:
        born, about, sex = check_agreement(known, born, about, sex)
    check_born(born, year)
    return known, born, about, sex


def _address(cells):
    """Return the place: from one column, or from columns of its own; None when the row names none."""
    whole = cells.get("address", "")
    parts = [cells.get(name, "") for name in ("estate", "building", "unit", "room")]
    if any(parts) and not whole:
        return addresses.of_parts(*parts)
    return addresses.parse(whole) if whole.strip() else None


class Marks(NamedTuple):
    """The keyed hashes of what a row says, under every key; the first of each is the current one."""

    name: list
    sound: list
    phone: list
    identity: list


def marks(said) -> Marks:
    """Hash what a row says, once, for finding and for writing."""
    sound = f"{names.sound(said.name)}|{said.born}" if said.born and not said.about else ""
    return Marks(  # these texts are normal already: see `sealing.normal`
        blind_indexes(f"name:{said.name}"),
        blind_indexes(f"sound:{sound}") if sound else [],
        blind_indexes(f"phone:{said.phone}") if said.phone else [],
        blind_indexes(f"identity:{said.identity}") if said.identity else [],
    )
