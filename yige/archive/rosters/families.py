"""Who lives together by what the file says: rows at one door under one head; and who answers for a child. Pure.

One pass over the file comes first, because the row of the head may stand below the rows of the family.
"""

from typing import NamedTuple

from yige.archive.words import Relation

SEVERAL = "这套房里名册写了几户，这一行没有写户主，看不出是哪一户。"
NO_GUARDIAN = "十四岁以下的孩子要有监护人：这一户没有可以导入的成年户主或配偶，也没有写监护人。"
TOO_FAR = "孩子和监护人（第 {} 行）隔得太远，请把一户人排在一起。"
NAMED_TWICE = "和第 {} 行是同一个人（{}相同），一个人只导入一次。"
APART = 2_000  # rows between a child and the guardian at most


class Family:
    """The grown-ups of one household in the file, by the numbers of their rows."""

    __slots__ = ("adults", "head", "spouse")

    def __init__(self):
        self.head, self.spouse, self.adults = None, None, {}

    def add(self, said) -> None:
        if said.child:
            return
        self.adults.setdefault(said.name, said.number)
        if said.relation == Relation.HEAD:
            self.head = self.head or said.number
        elif said.relation == Relation.SPOUSE:
            self.spouse = self.spouse or said.number

    def guardian(self, said) -> object:
        """Return the number of the row that answers for a child, None when the file names nobody."""
        if said.guardian:
            return self.adults.get(said.guardian)
        return self.head or self.adults.get(said.head) or self.spouse


class Families:
    """All households of the file by door and head."""

    def __init__(self):
        self.doors, self.last, self.scattered = {}, None, False

    def add(self, said) -> None:
        """Remember a row; a door that comes again after another one makes the file a scattered one."""
        before, self.last = self.last, said.home
        if not said.name or said.home is None:
            return
        if before != said.home and said.home in self.doors:
            self.scattered = True
        heads = self.doors.setdefault(said.home, {})
        family = heads.get(said.household)
        if family is None:
            family = heads[said.household] = Family()
        family.add(said)

    def head_of(self, said) -> str | None:
        """Return the head that a row lives under, "" when nobody names one; None when it may be one of several."""
        heads = self.doors.get(said.home, {})
        named = [head for head in heads if head]
        if said.household:
            return said.household
        if len(named) > 1:
            return None
        return named[0] if named else ""

    def guardian(self, said) -> object:
        """Return the number of the guardian's row; rows without a head count to the only family at their door."""
        head = self.head_of(said)
        if head is None or said.home is None:
            return None
        heads = self.doors.get(said.home, {})
        for name in dict.fromkeys((head, "")):
            if name in heads and (number := heads[name].guardian(said)):
                return number
        return None

    def heads(self, home) -> list:
        return list(self.doors.get(home, {}))


class Doubles(NamedTuple):
    """What was seen in the file so far, to find the same person again."""

    seen: dict

    def first(self, said, marks) -> str:
        """Return the sentence for a row whose person stands above it, "" for a new one; remembers the row."""
        for kind, key in _keys(said, marks):
            before = self.seen.setdefault((kind, key), said.number)
            if before != said.number:
                return NAMED_TWICE.format(before, kind)
        return ""


def _keys(said, marks):
    if said.identity:
        yield "身份号码", marks.identity[0]
    if said.phone:
        yield "姓名和电话", marks.name[0] + marks.phone[0]
    if said.home:
        yield "姓名和住址", (marks.name[0], said.home)
