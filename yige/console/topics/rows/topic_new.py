"""From which cases a topic may be made: those that came together with one case, and the places that hold them."""

from typing import NamedTuple

from yige.accounts.models import Unit
from yige.accounts.scope import posts_with
from yige.cases.clusters import cluster_of
from yige.grids.models import Grid
from yige.topics.models import TopicCase


class Offer(NamedTuple):
    """`voices` is how many different people told of the cases; 0 when they did not come together by themselves."""

    cases: list
    voices: int
    areas: list
    first_values: dict


def offer_for(case, user, at):
    """Return what the form offers: the cases that are in no topic yet, the narrowest place first."""
    cluster = cluster_of(case, user, at)
    taken = set(
        TopicCase.objects.filter(taken_at=None, case__in=cluster.cases).values_list("case", flat=True)
    )
    cases = [row for row in cluster.cases if row.pk not in taken]
    areas = areas_over(case, user, at)
    numbers = [row.number for row in cases]
    first = {"cases": numbers, "area": str(areas[0].pk) if areas else "", "owner": owner_of(cases)}
    return Offer(cases, cluster.voices, areas, first)


def areas_over(case, user, at):
    """Return the grid, the community and the street that hold a case, as far as somebody proposes topics there."""
    parts = case.grid_path.strip("/").split("/")
    paths = ["/" + "/".join(parts[:count]) + "/" for count in range(1, min(len(parts), 3) + 1)]
    paths = [path for path in paths if posts_with(user, at, "propose_topics", path)]
    return list(Grid.objects.current().filter(path__in=paths).order_by("-level"))


def owner_of(cases):
    """Return the unit that handles most of them, as a first proposal; "" where nobody does yet."""
    units = [case.unit_id for case in cases if case.unit_id]
    most = max(sorted(set(units), key=str), key=units.count, default=None)
    return str(most) if most and Unit.objects.filter(pk=most, active=True).exists() else ""


def topic_taking(case, user, at):
    """Return the topic that takes up a case already, or None."""
    link = TopicCase.objects.filter(taken_at=None, case=case).select_related("topic").first()
    return link.topic if link else None
