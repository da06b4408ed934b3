"""What somebody reads of an area: as published, like everybody; exactly and as of now where he or she visits every door.

Pages, layers, prints and the desk ask here and nowhere else, so that no two of them tell one number by two rules.
"""

from typing import NamedTuple

from yige.archive.labels import LABELS
from yige.archive.models import Household
from yige.contact.models.figures import HOME_FIGURES
from yige.contact.published_figures import WEEKLY, published_below, visit_rows
from yige.contact.reach import below_any, path_and_above
from yige.lib import small_numbers
from yige.lib.small_numbers import ToldCount

STEPS = (20, 40)  # percent of households not visited for long from which an area is coloured darker


class AreaFigures(NamedTuple):
    """How many households, how many met lately, how many not visited for long; each may be None, not published."""

    households: ToldCount | None
    met: ToldCount | None
    late: ToldCount | None

    @property
    def step(self) -> int:
        """How dark the map colours the area: 0 nobody waits, then by share; never by comparing areas with each other."""
        if not self.late or not self.late.about or not self.households.about:
            return 0
        share = 100 * self.late.about / self.households.about
        return 1 + sum(share >= step for step in STEPS)


NOT_TOLD = AreaFigures(None, None, None)
NOBODY = AreaFigures(*[small_numbers.exact(0)] * len(WEEKLY))


def figures_of_areas(reach, at) -> dict[str, AreaFigures]:
    """Return {path: figures} of the areas in reach: what is published, then one statement for those who visit there."""
    found = {path: _figures(told) for path, told in published_below(reach.paths).told.items()}
    if reach.files:
        found |= _exact(reach, at)
    return found


def figures_of(figures, reach, path) -> AreaFigures:
    """Return what was found of one area; where nobody lives in it, that, to those who would know."""
    return figures.get(path, NOBODY if reach.opens(path) else NOT_TOLD)


def _figures(told):
    return AreaFigures(*(told.get(name) for name in WEEKLY))


def _exact(reach, at):
    counts = {}
    for path, row in visit_rows(Household.objects.filter(below_any(reach.files)), at).items():
        for area in filter(reach.opens, path_and_above(path)):
            counts[area] = tuple(
                sum(pair) for pair in zip(counts.get(area, (0, 0, 0)), row.values(), strict=True)
            )
    return {path: AreaFigures(*map(small_numbers.exact, row)) for path, row in counts.items()}


def services_of(reach, path) -> list[tuple[str, ToldCount]]:
    """Return (label, told) of the service labels of an area, of those from the least told number on."""
    return _named(reach, path, [(label.name, label.label) for label in LABELS])


def home_facts_of(reach, path) -> list[tuple[str, ToldCount]]:
    """Return (fact, told) of the homes of an area, of those from the least told number on."""
    return _named(reach, path, HOME_FIGURES)


def _named(reach, path, names):
    told = published_below(reach.paths).of(path)
    return [(label, told[name]) for name, label in names if name in told and told[name].about]
