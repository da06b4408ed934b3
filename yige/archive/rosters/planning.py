"""What a roster would do, row by row: the same plan for the dry run and for the import, which must agree with it."""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from yige.archive.models import Person
from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.people import sealing
from yige.archive.rosters import families, moving, reading, row_facts
from yige.archive.rosters.buildings import Ground, PlaceDoubtful, PlaceRefused
from yige.archive.rosters.candidates import Near
from yige.archive.rosters.matching import judge
from yige.archive.words import Relation
from yige.lib.local_time import local_day

PLAN_BATCH = 4_000
TWO_HOUSEHOLDS = "这套房里登记了几户，看不出这一行是哪一户，请写明户主。"
NO_HEAD = "这套房里已有一户没有登记户主，看不出是不是同一户，请先补上那一户的户主。"
JOINS, MAKES = "归入这里已有的一户。", "这里新建一户。"
ACTED = (Verdict.NEW, Verdict.CHANGED, Verdict.MOVED)


class Step(NamedTuple):
    """What becomes of one row. `household` is the file it goes to; `guardian` is ("row", number) or ("person", id).

    `carries` marks the first of a family that moves as a whole: its household moves along, with all that was said there.
    """

    said: row_facts.RowFacts
    verdict: str
    why: str = ""
    marks: object = None
    one: object = None
    changes: tuple = ()
    place: object = None
    household: object = None
    makes: bool = False
    guardian: tuple | None = None
    carries: bool = False


class Planner:
    """Knows the file as a whole and the ground it stands on; plans one batch of rows after the other."""

    def __init__(self, run, blob, reach, own=lambda ids: ()):
        """`reach` are the paths whose files the importer keeps; `own` tells which files this run made itself."""
        self.run, self.blob, self.reach, self.own = run, blob, tuple(reach), own
        self.keeps_numbers = bool(run.columns.get("basis"))
        self.year = local_day(run.at).year
        self.ground = Ground(run.grid_path, reach)
        self.families, self.total = families.Families(), 0
        # Where the rows of a door stand together, a batch knows all that it needs: the dry run found out.
        self.scans = run.columns.get("scattered", True)
        for said in reading.rows(run, blob, row_facts.sketch) if self.scans else ():
            self.families.add(said)
            self.total += 1

    def batches(self, skip=0) -> Iterator:
        """Yield the rows in batches; nobody is parted from the rows of the same door, no child from the guardian."""
        batch, needed = [], 0
        for place, said in enumerate(reading.rows(self.run, self.blob)):
            if place < skip:
                continue
            full = len(batch) >= PLAN_BATCH and said.number > needed
            if full and (said.home is None or said.home != batch[-1].home):
                yield batch
                batch, needed = [], 0
            batch.append(said)
            if said.child:
                needed = max(needed, min(self.families.guardian(said) or 0, said.number + families.APART))
        if batch:
            yield batch

    def plan(self, batch, first=lambda said, marks: "", only=None) -> list[Step]:
        """Plan a batch, or `only` the rows of these numbers; `first` finds whom the file named before."""
        whole, batch = batch, [said for said in batch if only is None or said.number in only]
        if not self.scans:
            self.families = families.Families()
            for said in whole:
                self.families.add(said)
        marks = {said.number: row_facts.marks(said) for said in batch if not said.fault}
        steps, open_ = {}, []
        for said in batch:
            if said.fault:
                steps[said.number] = Step(said, Verdict.REFUSED, said.fault)
            elif double := first(said, marks[said.number]):
                steps[said.number] = Step(said, Verdict.REFUSED, double)
            elif said.doubt:
                steps[said.number] = Step(said, Verdict.DOUBTFUL, said.doubt)
            else:
                self._locate(said, steps, open_)
        homes = [place.key for _, place in open_ if place]
        near = Near([marks[said.number] for said, _ in open_], homes, self.reach, self.own)
        for said, place in open_:
            steps[said.number] = self._step(said, marks[said.number], place, near)
        return moving.together([steps[said.number] for said in batch])

    def _locate(self, said, steps, open_):
        try:
            open_.append((said, self.ground.place(said)))
        except PlaceRefused as sentence:
            steps[said.number] = Step(said, Verdict.REFUSED, str(sentence))
        except PlaceDoubtful as sentence:
            steps[said.number] = Step(said, Verdict.DOUBTFUL, str(sentence))

    def _step(self, said, marks, place, near):
        found = judge(said, marks, place, near, keeps_numbers=self.keeps_numbers, surnames=surname)
        step = Step(said, found.verdict, found.why, marks, found.one, found.changes, place)
        if found.verdict not in (Verdict.NEW, Verdict.MOVED):
            return step
        step = self._housed(step, near)
        if step.verdict in ACTED and (said.child or (step.one and self._is_child(step.one))):
            step = self._guarded(step, near)
        return step

    def _housed(self, step, near):
        """Find the household a row goes to: one on file at that door, or one to be made there."""
        said, place = step.said, step.place
        head = self.families.head_of(said)
        if head is None:
            return step._replace(verdict=Verdict.DOUBTFUL, why=families.SEVERAL)
        there = near.households.get(place.key, {})
        found = _under(head, there) if there else []
        if isinstance(found, str):
            return step._replace(verdict=Verdict.DOUBTFUL, why=found)
        if found:
            return step._replace(household=found[0], why=step.why or JOINS)
        made = household_id(self.run, place, head)
        return step._replace(household=made, makes=True, why=step.why or MAKES)

    def _guarded(self, step, near):
        """Name who answers for a child: a grown-up of the same household, in the file or on file."""
        said = step.said
        number = self.families.guardian(said)
        if number and number - said.number > families.APART:
            return step._replace(verdict=Verdict.REFUSED, why=families.TOO_FAR.format(number))
        if number:
            return step._replace(guardian=("row", number))
        people = near.households.get(step.place.key, {}).get(step.household, [])
        one = self._grown_up(said, people)
        if one is None:
            return step._replace(verdict=Verdict.REFUSED, why=families.NO_GUARDIAN)
        return step._replace(guardian=("person", one.pk))

    def _grown_up(self, said, people):
        adults = [one for one in people if not self._is_child(one)]
        if said.guardian:
            wanted = sealing.indexes("name", said.guardian)
            return next((one for one in adults if one.name in wanted), None)
        for relation in (Relation.HEAD, Relation.SPOUSE):
            if found := next((one for one in adults if one.relation == relation), None):
                return found
        return None

    def _is_child(self, one):
        return one.birth_year is not None and self.year - one.birth_year <= row_facts.CHILD


def _under(head, there):
    """Return [the household under this head], [] when another one has to be made, or the sentence of a doubt."""
    if not head:
        return list(there) if len(there) == 1 else TWO_HOUSEHOLDS
    wanted = sealing.indexes("name", head)
    named = [pk for pk, people in there.items() if any(one.name in wanted for one in people)]
    if len(named) > 1:
        return TWO_HOUSEHOLDS
    if not named and any(not any(one.is_head for one in people) for people in there.values()):
        return NO_HEAD
    return named


def household_id(run, place, head) -> uuid.UUID:
    """Return the id of the household that a run makes at a door under a head: the same one however often it is asked."""
    return uuid.uuid5(run.pk, f"{place.building}|{place.unit}|{place.room}|{head}")


def surname(one) -> str:
    """Return the surname of a person on file; opened for the rare row that says nothing but a name."""
    return sealing.open_value(Person.objects.get(pk=one.pk), "name")[:1]
