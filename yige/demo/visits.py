"""Visits of the demo into the database: by the verbs for the grid of the named accounts, in bulk for the others.

Both are told from the same rows with the same words; a test compares what they leave.
"""

from datetime import timedelta
from random import Random

from django.db import transaction

from yige.accounts.models import User
from yige.archive.models import Household
from yige.cases.words import AnswerKind
from yige.contact import answer_rule
from yige.contact.models import Answer, Need, Promise, Visit
from yige.contact.queries import field_of
from yige.contact.words import HEARD
from yige.demo import households, staff, texts, visit_plan
from yige.demo.bulk_copy import RowHeap
from yige.demo.residents import moment
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.steps.s1_approach import actions as s1

BY_VERBS = (households.MICRO_GRID, households.MEMBERS_GRID)
PUT_OFF = timedelta(days=12)
OLD = timedelta(days=2)  # a visit that is not of somebody who tries the demo


class Door:
    """One household at its door: what it still waits for, told by the verbs or in bulk."""

    def __init__(self, household, row, by, now, post=None):
        self.household, self.row, self.by, self.now, self.post = household, row, by, now, post
        self.waiting = []  # [(need or promise, what is said when it is done)]

    def told(self, visit, at):
        """Return what is said on a visit, and which of the owed things that answers how."""
        met, dice = visit.mode in HEARD, Random(visit.dice)  # noqa: S311 a fixed seed is the point
        answers = (
            [
                _answer(dice, row, done, local_day(at), visit.days > visit_plan.STANDS)
                for row, done in self.waiting
            ]
            if met
            else []
        )
        return {
            "mode": visit.mode,
            "answers": answers,
            "needs": [{"kind": kind, "words": words} for kind, words, _ in visit.needs],
            "promises": [
                {"words": words, "due_on": local_day(at) + timedelta(days=days)}
                for words, days, _ in visit.promises
            ],
            "wished_on": local_day(at) + timedelta(days=visit.wishes) if visit.wishes else None,
        }

    def wait_for(self, visit, answers, needs, promises):
        """Forget what was answered for good, keep what is new."""
        ended = {each["field"] for each in answers if each["kind"] != AnswerKind.IN_PROGRESS}
        self.waiting = [pair for pair in self.waiting if field_of(pair[0]) not in ended]
        self.waiting += zip(needs, [done for *_, done in visit.needs], strict=True)
        self.waiting += zip(promises, [done for *_, done in visit.promises], strict=True)

    def by_verb(self, visit, at):
        said = self.told(visit, at)
        made = s1.write_visit_without_timelines(self.household, by=self.by, at=at, **said)
        for row, _ in self.waiting:
            row.refresh_from_db()
        self.wait_for(
            visit, said["answers"], list(made.needs.order_by("id")), list(made.promises.order_by("id"))
        )

    def in_bulk(self, visit, at, heap):
        said = self.told(visit, at)
        made = Visit(
            id=new_id(), household=self.household, grid_path=self.household.grid_path, by=self.by,
            unit_id=self.post.unit_id, role_label=self.post.rule.label, mode=visit.mode, at=at,
        )  # fmt: skip
        heap.did(s1.write_visit_without_timelines, self.household, by=self.by, at=at, made=made, **said)
        needs = [self._need(made, at, **each) for each in said["needs"]]
        promises = [self._promise(made, at, **each) for each in said["promises"]]
        heap.add(made, *needs, *promises)
        heap.add(*[self._answered(made, at, answer) for answer in said["answers"]])
        self.wait_for(visit, said["answers"], needs, promises)
        self._touch(visit, at, said["wished_on"])

    def _need(self, made, at, kind, words):
        return Need(
            id=new_id(), household=self.household, grid_path=made.grid_path, visit=made, kind=kind, words=words,
            raised_at=at, by=self.by,
        )  # fmt: skip

    def _promise(self, made, at, words, due_on):
        return Promise(
            id=new_id(), household=self.household, grid_path=made.grid_path, visit=made, words=words, due_on=due_on,
            first_due_on=due_on, made_at=at, by=self.by, unit_id=made.unit_id,
        )  # fmt: skip

    def _answered(self, made, at, answer):
        row = next(row for row, _ in self.waiting if field_of(row) == answer["field"])
        is_promise, ends = isinstance(row, Promise), answer["kind"] in answer_rule.ANSWER_LABELS
        ends = ends and answer["kind"] != AnswerKind.IN_PROGRESS
        if not is_promise:
            row.closed_at = at if ends else None
        elif answer["kind"] == AnswerKind.DONE:
            row.kept_at = at
        elif answer["kind"] == AnswerKind.CANNOT:
            row.released_at = at
        else:
            row.due_on = answer["due_on"]
        about = {"promise": row} if is_promise else {"need": row}
        return Answer(
            id=new_id(), visit=made, kind=answer["kind"], words=answer["words"], ends=ends, at=at, heard_at=at, **about
        )  # fmt: skip

    def _touch(self, visit, at, wished_on):
        here, met = self.household, visit.mode in HEARD
        here.tried_at = at
        here.met_at = at if met else here.met_at
        fulfilled = met and here.wished_on and here.wished_on <= local_day(at)
        here.wished_on = wished_on or (None if fulfilled else here.wished_on)


def _answer(dice, row, done, day, long_ago):
    """Return the answer to one owed thing; a promise that is put off gets a day, and none was put off long ago."""
    kind = dice.choices(list(AnswerKind), [SHARES[each] for each in AnswerKind])[0]
    if long_ago and isinstance(row, Promise) and kind == AnswerKind.IN_PROGRESS:
        kind = AnswerKind.DONE
    words = done if kind == AnswerKind.DONE else dice.choice(texts.visits()[kind.value])
    due_on = None
    if isinstance(row, Promise) and kind == AnswerKind.IN_PROGRESS:
        due_on = row.due_on if row.due_on >= day else day + PUT_OFF
    return {"field": field_of(row), "kind": kind.value, "words": words, "due_on": due_on}


SHARES = {AnswerKind.DONE: 82, AnswerKind.IN_PROGRESS: 11, AnswerKind.CANNOT: 7}


def micro_grids_without_visits(now):
    """Return the micro-grids whose visits are not told yet, those of the named accounts first."""
    old = Visit.objects.filter(at__lt=now - OLD)
    told = set(old.order_by().values_list("grid_path", flat=True).distinct())
    return [grid.path for grid in households.micro_grids() if grid.path not in told]


@transaction.atomic
def tell_visits(path, now):
    """Tell all visits of one micro-grid."""
    (tell_by_verbs if path in BY_VERBS else tell_in_bulk)(path, now)


def tell_by_verbs(path, now):
    for door in doors(path, now):
        for visit in visit_plan.visits_to(path, door.row.place):
            door.by_verb(visit, at=moment(now, visit.days, visit.minute))


def tell_in_bulk(path, now):
    heap, changed = RowHeap(), []
    for door in doors(path, now):
        seen = visit_plan.visits_to(path, door.row.place)
        for visit in seen:
            door.in_bulk(visit, moment(now, visit.days, visit.minute), heap)
        changed += [door.household] if seen else []
    heap.write()
    Household.objects.bulk_update(changed, ["tried_at", "met_at", "wished_on"])


def doors(path, now):
    """Return the doors of a micro-grid; a household that moved since its file was opened is not asked again."""
    by = User.objects.get(username=staff.micro_worker(path))
    post = next(iter(by.posts_at(now)))
    here = {(each.home.building.name, each.home.unit, each.home.room): each for each in _here(path)}
    found = []
    for row in households.households_of(path):
        where = row.home.building.name, row.home.unit, row.home.room
        if where in here:
            found.append(Door(here[where], row, by, now, post))
    return found


def _here(path):
    return Household.objects.current().filter(grid_path=path).select_related("home__building")
