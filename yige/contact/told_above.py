"""Whose figures stand one level up: those of an area that is one person, and of one more where a sum would give them away.

A head who reads a community and all its grids but one knows that one by subtraction. So what is left over, the areas that
are not told and the rest of their community, is always the work of two persons at least; else one more grid goes up with
it, the first by its path, the same every week; and a community that has no such grid goes up itself.
"""

from django.utils.functional import cached_property

from yige.accounts.models import Post
from yige.contact.reach import VISITORS, area_above, length_of, path_and_above
from yige.grids.models import Level
from yige.lib.local_time import local_day


def visitors_by_area(reach, at) -> dict[str, set]:
    """Return {area: who visits in it}, for every area in reach where somebody does."""
    held = Post.objects.held_on(local_day(at)).filter(
        reach.on("path"), role__in=VISITORS, user__is_active=True
    )
    found = {}
    for path, user in held.values_list("path", "user_id"):
        for area in path_and_above(path):
            found.setdefault(area, set()).add(user)
    return found


class ToldAbove:
    """Says under which area figures stand before one reader; `cells` are the areas that have figures of their own."""

    def __init__(self, reach, visitors, cells):
        self.reach, self.visitors, self.cells = reach, visitors, frozenset(cells)

    def reads(self, path) -> bool:
        """Say whether figures under the name of this area are for this reader."""
        return self.reach.reads_person(path) if length_of(path) >= Level.MICRO else path not in self.areas

    def shown(self, path) -> str:
        """Return the area under whose name figures of a place stand; "" where no area is left."""
        while path and not self.reads(path):
            path = area_above(path)
        return path

    @cached_property
    def areas(self) -> set[str]:
        """The grids and communities whose figures stand one level up."""
        up = {path for path in self.visitors if self._is_somebody_elses(path)}
        for level in (Level.COMMUNITY, Level.SUBDISTRICT):
            for above in sorted({area_above(path) for path in up if length_of(path) == level + 1}):
                up |= self._to_join(above, up)
        return up

    def _is_somebody_elses(self, path):
        alone = Level.COMMUNITY <= length_of(path) <= Level.GRID and len(self.visitors[path]) == 1
        return alone and not self.reach.reads_person(path)

    def _to_join(self, above, up):
        """Return what else is not told, so that what is left over of this area is not one person's work."""
        parts = {path for path in self._with_figures if area_above(path) == above}
        left = self._persons(parts & up) | self._rest(above)
        if not parts & up or len(left) > 1:
            return set()
        joining = [path for path in sorted(parts - up) if len(left | self._persons([path])) > 1]
        if joining:
            return {joining[0], *self._open_part(joining[0], up)}
        return {above} if length_of(above) > Level.SUBDISTRICT else set()

    def _open_part(self, path, up):
        """Return a part that goes up with a community, when all its parts together would tell it."""
        parts = sorted(part for part in self._with_figures if area_above(part) == path)
        return [] if path in self.cells or up.intersection(parts) else parts[:1]

    @cached_property
    def _with_figures(self):
        return {area for path in self.cells for area in path_and_above(path)}

    def _persons(self, paths):
        return set().union(*(self.visitors.get(path, ()) for path in paths))

    def _rest(self, above):
        """Return who visits where an area's own figures are from: the parts that have none of their own."""
        if above not in self.cells:
            return set()
        return self._persons(
            path for path in self.visitors if area_above(path) == above and path not in self._with_figures
        )
