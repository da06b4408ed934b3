"""By what else than units figures are told: the place, the category, the channel, the level; never by a person.

Groups stand in an order of their own (the tree, the list of categories), never in that of a figure. Only places are alike
enough to be held against each other; another category or channel is other work.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Q

from yige.accounts.queries import place_names
from yige.assessment import figures
from yige.cases.models import Category
from yige.cases.words import Channel, Tier
from yige.grids.models import Grid

COMMUNITY = 2  # level of the tree of grids


class Group(NamedTuple):
    """`key` is what an address says, `rows` the condition on the rows of the group."""

    key: str
    label: str
    rows: Q


class Grouping(NamedTuple):
    """Rows are counted by `field`; `groups_of` returns (group, the values of the field in it), in order."""

    name: str
    label: str
    field: str
    groups_of: Callable
    find: Callable
    alike: bool = False


def by_group(grouping, period, where) -> list[tuple[Group, dict]]:
    """Return the groups that have rows, in their own order, each with its figures."""
    found = figures.counts(period, where, by=(grouping.field,))
    groups = grouping.groups_of([value for (value,) in found if value is not None])
    return [(group, figures.together(found[(value,)] for value in values)) for group, values in groups]


def leaves_of(group, period, where) -> list[tuple[Group, dict]]:
    """Return the single categories of a class, each with its figures; what is no class has none."""
    found = figures.counts(period, where & group.rows, by=("category",))
    rows = Category.objects.filter(pk__in=[value for (value,) in found if value], parent__slug=group.key)
    return [(leaf(row), found[(row.pk,)]) for row in rows]


def community_of(path) -> str:
    """Return the path of the community that a path lies in; what lies above them stays where it is."""
    return "/".join(path.split("/")[: COMMUNITY + 1]) + "/" if path.count("/") > COMMUNITY else path


def communities(paths) -> list:
    within = {}
    for path in sorted(paths):
        within.setdefault(community_of(path), []).append(path)
    names = place_names(list(within))
    return [(place(path, names.get(path, path)), values) for path, values in within.items()]


def community(key) -> Group | None:
    path = f"/{key.replace('~', '/')}/"
    grid = Grid.objects.filter(path=path, level__lte=COMMUNITY).order_by("-valid_from").first()
    return grid and place(path, grid.name)


def place(path, name) -> Group:
    """Return a place as a group; of what lies above the communities only what lies in none of them."""
    key = path.strip("/").replace("/", "~")
    if path.count("/") > COMMUNITY:
        return Group(key, name, Q(grid_path__startswith=path))
    return Group(key, f"{name}（不在哪个社区里的）", Q(grid_path=path))


def classes(categories) -> list:
    within = {}
    for row in Category.objects.filter(pk__in=categories).select_related("parent"):
        within.setdefault(row.parent or row, []).append(row.pk)
    return [(of_class(row), within[row]) for row in sorted(within, key=lambda row: (row.order, row.slug))]


def category(slug) -> Group | None:
    row = Category.objects.filter(slug=slug).first()
    return row and (leaf(row) if row.parent_id else of_class(row))


def of_class(row) -> Group:
    below = Category.objects.filter(parent=row).values("pk")
    return Group(row.slug, row.label, Q(category__in=below) | Q(category=row.pk))


def leaf(row) -> Group:
    return Group(row.slug, row.label, Q(category=row.pk))


def in_order_of_list(field, choices) -> dict:
    """Return how a field with a closed list is grouped: in the order of the list."""

    def find(value) -> Group | None:
        return Group(value, choices(value).label, Q(**{field: value})) if value in choices.values else None

    def groups_of(values: Iterable) -> list:
        return [(find(value), [value]) for value in choices.values if value in values]

    return {"field": field, "groups_of": groups_of, "find": find}


GROUPINGS = {
    each.name: each
    for each in (
        Grouping("place", "社区", "grid_path", communities, community, alike=True),
        Grouping("category", "分类", "category", classes, category),
        Grouping("channel", "来源", **in_order_of_list("channel", Channel)),
        Grouping("level", "处置层级", **in_order_of_list("tier", Tier)),
    )
}
