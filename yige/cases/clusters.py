"""What came together: cases of one place that are the same problem, told by several people within sixty days.

The same problem is what `came_again` says, so that the desk, the reporter and this list mean one thing by it. Each case
joins the first it matches, the oldest first: nothing is chained along a street, and the same rows give the same clusters.
The clock looks through every street at night and keeps what it found; pages read that, and show its cases as they are now.
Rule: docs/policy/clusters.md.
"""

from collections import Counter
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet

from yige.accounts.scope import posts_with
from yige.cases.came_again import is_same_problem
from yige.cases.models import Case, ClusterRun, KeptCluster
from yige.cases.same_place import NEAR_DEGREES, grid_of
from yige.cases.words import State
from yige.grids.models import Grid, Level
from yige.lib import addresses

WINDOW = timedelta(days=60)
FEWEST_CASES = 3
FEWEST_VOICES = 3  # different people: one who reports ten times is one
MOST_CASES = 20_000  # the newest of the window; what is older is said to be left out
MOST_COMPARED = 40  # beginnings of clusters that one case is compared with
MOST_SHOWN = 30
LEFT_OUT = ("disputes", "help")  # what is between people, or about one person, makes no pattern
NO_MATTER = (State.REJECTED, State.WITHDRAWN)
ANONYMOUS = ("nobody",)  # all who left nothing count as one: nobody knows how many they are


class Cluster(NamedTuple):
    """Cases that came together, the oldest first, and how many different people told of them."""

    cases: list[Case]
    voices: int

    @property
    def where(self) -> str:
        """Return the building, without unit and room, or the grid where no building was named."""
        said = addresses.parse(self.cases[0].place)
        return f"{said.estate}{said.building}" if said.building else str(self.cases[0].grid)

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Return how many there are of each category, the most first."""
        counts = Counter(case.category.label for case in self.cases)
        return sorted(counts.items(), key=lambda kind: (-kind[1], kind[0]))

    @property
    def reopened(self) -> int:
        return sum(case.reopen_no > 0 for case in self.cases)

    @property
    def open(self) -> int:
        return sum(case.is_open for case in self.cases)


class ClusterList(NamedTuple):
    """The clusters to show, how many there are, whether a street held more cases than were looked at, and of when it is.

    `at` is the moment of the oldest count that it is made of; None where nothing was counted yet.
    """

    clusters: list[Cluster]
    total: int
    is_cut: bool
    at: datetime | None


# ── what the clock keeps ──


def keep_clusters(at) -> Counter:
    """Look through the cases of every street and keep what came together; what was kept before goes."""
    counted = Counter()
    for path in Grid.objects.current().filter(level=Level.SUBDISTRICT).values_list("path", flat=True):
        clusters, is_cut = find_clusters(Case.objects.below(path), at)
        with transaction.atomic():
            run, _ = ClusterRun.objects.update_or_create(path=path, defaults={"at": at, "is_cut": is_cut})
            run.clusters.all().delete()
            KeptCluster.objects.bulk_create(kept_row(run, cluster) for cluster in clusters)
        counted.update(streets=1, clusters=len(clusters))
    return counted


def kept_row(run, cluster) -> KeptCluster:
    ids = [case.pk for case in cluster.cases]
    newest, path = cluster.cases[-1].serial, grid_of(cluster.cases[0])
    return KeptCluster(
        run=run, grid_path=path, case_ids=ids, size=len(ids), voices=cluster.voices, newest=newest
    )


def find_clusters(cases, at) -> tuple[list[Cluster], bool]:
    """Return what came together among these cases, the most first, and whether there were more than are looked at."""
    rows = list(cases_of_window(cases, at)[: MOST_CASES + 1])
    found = [cluster for cluster in map(as_cluster, gather(rows[MOST_CASES - 1 :: -1])) if is_told(cluster)]
    found.sort(key=lambda cluster: (-len(cluster.cases), -cluster.cases[-1].serial))
    return found, len(rows) > MOST_CASES


def cases_of_window(cases, at) -> QuerySet:
    rows = matters(cases).filter(reported_at__gt=at - WINDOW, reported_at__lte=at)
    rows = rows.select_related("category", "grid").defer("grams", "search_text", "plan")
    return rows.annotate(phone_index=F("reporter__phone_index")).order_by("-serial")


def matters(cases) -> QuerySet:
    """Keep what may be a matter of its place: nothing of one person, or between people, nothing rejected or withdrawn."""
    rows = cases.public().exclude(state__in=NO_MATTER)
    return rows.exclude(category__parent__slug__in=LEFT_OUT)


# ── what a reader gets of it ──


def clusters_for(user, at) -> ClusterList:
    """Return what was kept of the area in which somebody reads clusters, the most cases first."""
    paths = [post.path for post in posts_with(user, at, "see_clusters")]
    kept = below_any(KeptCluster.objects.all(), paths, "grid_path")
    streets = {"/" + path.strip("/").split("/")[0] + "/" for path in paths}
    runs = list(ClusterRun.objects.filter(path__in=streets))
    first = list(kept[:MOST_SHOWN])
    total = kept.count() if len(first) == MOST_SHOWN else len(first)
    is_cut, oldest = any(run.is_cut for run in runs), min((run.at for run in runs), default=None)
    return ClusterList(clusters_of(first, user, at), total, is_cut, oldest)


def below_any(rows, paths, field) -> QuerySet:
    if not paths:
        return rows.none()
    return rows.filter(reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths)))


def clusters_of(kept, user, at) -> list[Cluster]:
    """Return kept clusters with their cases as they are now, as far as this reader sees them; too small ones are left out."""
    kept = list(kept)
    ids = [pk for row in kept for pk in row.case_ids]
    rows = matters(Case.objects.visible_to(user, at)).filter(pk__in=ids).select_related("category", "grid")
    cases = {case.pk: case for case in rows.defer("grams", "search_text", "plan")}
    found = [Cluster([cases[pk] for pk in row.case_ids if pk in cases], row.voices) for row in kept]
    return [cluster for cluster in found if is_told(cluster)]


def cluster_of(case, user, at) -> Cluster:
    """Return what came together with a case in this reader's reach; the case alone, told by nobody else, if nothing did."""
    kept = KeptCluster.objects.filter(case_ids__contains=[case.pk])[:1]
    found = clusters_of(kept, user, at)
    return found[0] if found and case in found[0].cases else Cluster([case], 0)


# ── how it is found ──


def gather(rows) -> list[list[Case]]:
    """Put each case to the first earlier one that is the same problem; what matches none begins a heap of its own."""
    heaps, begun = [], {}
    for case in rows:
        near = {number for key in keys_around(case) for number in begun.get(key, ())}
        for number in sorted(near)[-MOST_COMPARED:]:
            if is_same_problem(heaps[number][0], case):
                heaps[number].append(case)
                break
        else:
            for key in keys_of(case):
                begun.setdefault(key, []).append(len(heaps))
            heaps.append([case])
    return heaps


def keys_of(case) -> list[tuple]:
    """Return under what a case is looked for: its building or its place as typed, and the square it lies in."""
    grid, place = grid_of(case), addresses.parse(case.place).building or addresses.normal(case.place)
    keys = [(grid, place)] if place else []
    return keys if case.lon is None else [*keys, (grid, *square_of(case))]


def keys_around(case) -> list[tuple]:
    keys = keys_of(case)
    if case.lon is None:
        return keys
    grid, (east, north) = grid_of(case), square_of(case)
    return keys + [(grid, east + x, north + y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]


def square_of(case) -> tuple[int, int]:
    return int(case.lon // NEAR_DEGREES), int(case.lat // NEAR_DEGREES)


def as_cluster(cases) -> Cluster:
    return Cluster(cases, len({voice_of(case) for case in cases}))


def voice_of(case) -> tuple:
    """Return who stands behind a case, as far as that tells two people apart."""
    if case.phone_index:
        return "phone", bytes(case.phone_index)
    if case.household_id:
        return "household", case.household_id
    return ("staff", case.reported_by_id) if case.reported_by_id else ANONYMOUS


def is_told(cluster) -> bool:
    return len(cluster.cases) >= FEWEST_CASES and cluster.voices >= FEWEST_VOICES
