"""Families that move as a whole: when everybody of a household goes to one door, the household goes, with its history."""

from collections import defaultdict

from yige.archive.models import Person
from yige.archive.models.rosters import RosterVerdict as Verdict


def together(steps) -> list:
    """Return the steps with a household carried along where all of its people move to the same new household."""
    groups = defaultdict(list)
    for step in steps:
        if step.verdict == Verdict.MOVED and step.makes and step.one.household:
            groups[step.household, step.one.household].append(step)
    if not groups:
        return steps
    members = _members({household for _, household in groups})
    carried = {}
    for (target, household), movers in groups.items():
        if target not in carried and members[household] == {step.one.pk for step in movers}:
            carried[target] = household, movers[0].said.number
    return [_carried(step, carried) for step in steps]


def _members(households):
    found = defaultdict(set)
    rows = Person.objects.current().filter(household__in=households).values_list("household", "pk")
    for household, pk in rows:
        found[household].add(pk)
    return found


def _carried(step, carried):
    if not step.makes or step.household not in carried:
        return step
    household, first = carried[step.household]
    return step._replace(household=household, makes=False, carries=step.said.number == first)
