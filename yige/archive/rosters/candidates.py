"""Whom the rows of a roster may already be on file as: people with the same hashes, people who live at the same door."""

from collections import defaultdict, namedtuple

from django.db import connection
from django.db.models import Q

from yige.archive.models import Household, Person
from yige.archive.person_fields import SEARCHED_FIELDS, SOUND_COLUMN, VALUE_FIELDS
from yige.archive.words import Relation

COLUMNS_OF_CANDIDATES = (
    "pk", "household_id", "grid_path", "guardian_id", "version", SOUND_COLUMN, *VALUE_FIELDS,
    *(f"{field}_index" for field in SEARCHED_FIELDS), "household__home__building_id", "household__home__unit",
    "household__home__room",
)  # fmt: skip
WITH_MARKS = """
    SELECT id FROM archive_person WHERE identity_index = ANY(%(identity)s::bytea[])
    UNION SELECT id FROM archive_person WHERE phone_index = ANY(%(phone)s::bytea[])
    UNION SELECT id FROM archive_person WHERE sound_index = ANY(%(sound)s::bytea[])
"""


OF_A_CANDIDATE = (
    "pk", "household", "path", "guardian", "version", "sound", *VALUE_FIELDS, *SEARCHED_FIELDS, "home",
)  # fmt: skip


class OnFile(namedtuple("OnFile", OF_A_CANDIDATE)):
    """A person on file, as far as a comparison needs it; hashes instead of names and numbers."""

    __slots__ = ()

    @property
    def is_head(self) -> bool:
        return self.relation == Relation.HEAD


class Near:
    """What is on file near a batch of rows; what the same run made itself is left out by `own`."""

    def __init__(self, marks, homes, reach, own=lambda ids: ()):
        """Read the people with any of these marks, and the households and people at these homes (keys of places)."""
        self.reach = tuple(reach)
        self.by = {"identity": defaultdict(list), "phone": defaultdict(list), "sound": defaultdict(list)}
        self.at_home, self.households = defaultdict(list), defaultdict(dict)
        self._read_marks(marks, own)
        if homes:
            self._read_homes(homes, own)

    def like(self, field, wanted) -> list[OnFile]:
        """Return the people with one of these hashes, each once."""
        return list({one.pk: one for mark in wanted for one in self.by[field].get(mark, ())}.values())

    def covers(self, one) -> bool:
        return one.path.startswith(self.reach)

    def _read_marks(self, marks, own):
        """Find by hash first, in one statement: a roster of new people finds nobody."""
        wanted = {field: [mark for each in marks for mark in getattr(each, field)] for field in self.by}
        with connection.cursor() as cursor:
            cursor.execute(WITH_MARKS, wanted)
            ids = [pk for (pk,) in cursor.fetchall()]
        for one in _people(Q(pk__in=ids), own) if ids else ():
            for field, index in self.by.items():
                index[getattr(one, field)].append(one)

    def _read_homes(self, homes, own):
        """Read who lives at these homes: each household with its people."""
        homes = set(homes)
        buildings = {building for building, _, _ in homes}
        rooms = {room for _, _, room in homes}
        rows = Household.objects.current().filter(home__building__in=buildings, home__room__in=rooms)
        rows = rows.values_list("pk", "home__building_id", "home__unit", "home__room")
        there = {
            pk: (building, unit, room) for pk, building, unit, room in rows if (building, unit, room) in homes
        }
        made = own(there)
        for pk, home in there.items():
            if pk not in made:
                self.households[home][pk] = []
        for one in _people(Q(household__in=list(there)), own):
            self.at_home[one.home].append(one)
            if one.household in self.households[one.home]:
                self.households[one.home][one.household].append(one)


def _people(condition, own):
    rows = [
        _on_file(row)
        for row in Person.objects.current().filter(condition).values_list(*COLUMNS_OF_CANDIDATES)
    ]
    made = own([one.pk for one in rows]) if rows else ()
    return [one for one in rows if one.pk not in made]


def _on_file(row):
    *facts, building, unit, room = row
    plain = [bytes(value) if isinstance(value, memoryview) else value for value in facts]
    return OnFile(*plain, (building, unit, room) if building else None)
