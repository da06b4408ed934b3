"""The one place where figures of a month are published to everybody: counted by assessment, small numbers left out, kept.

Public matters stand in the open ledger one by one, so their counts are no secret. What is one is how many personal
matters there are beside them, and what reporters said: `small_numbers.parts_told` keeps these apart, docs/adr/0030.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from yige.assessment import figures
from yige.assessment.periods import Period, month_before, month_of, months_until
from yige.bulletins.models import PUBLIC, WHOLE, OpenFigure
from yige.cases import rules
from yige.cases.models import Category
from yige.cases.words import Nature
from yige.grids.models import Grid, Level
from yige.lib import small_numbers
from yige.lib.local_time import local_day

MONTHS_BACK = 12  # how far the first publication reaches
OTHER = "other"
DAY = timedelta(days=1)


class Tally(NamedTuple):
    """What is counted of some matters."""

    reported: int = 0
    closed: int = 0
    reopened: int = 0
    asked: int = 0
    solved: int = 0

    def plus(self, other) -> "Tally":
        return Tally(*map(sum, zip(self, other, strict=True)))

    def less(self, other) -> "Tally":
        return Tally(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Tally()


class AreaCount(NamedTuple):
    """All matters of an area, the public ones among them as a whole and by class, and how long half of each took."""

    whole: Tally
    public: Tally
    classes: dict[str, Tally]
    medians: dict[str, timedelta | None]

    def secrets(self) -> dict[str, int]:
        """Return the counts that nobody finds in the open ledger."""
        personal = self.whole.less(self.public)
        return {
            "reported": personal.reported,
            "closed": personal.closed,
            "reopened": personal.reopened,
            "solved": self.whole.solved,
            "unsolved": self.whole.asked - self.whole.solved,
        }


def last_month_told(at) -> Period:
    """Return the last month whose day of publication has come."""
    return month_before(month_of(local_day(at - timedelta(days=rules.value("open_figures_days")))))


def publish_months(at) -> Counter:
    """Publish the months that are over and whose day has come, each street for itself, each month once."""
    counted = Counter()
    for month in months_until(last_month_told(at), MONTHS_BACK):
        done = set(OpenFigure.objects.of_month(month.first).values_list("path", flat=True))
        for street in Grid.objects.current().filter(level=Level.SUBDISTRICT).order_by("path"):
            if street.path not in done:
                counted["rows"] += publish_street(street, month, at)
    return counted


@transaction.atomic
def publish_street(street, month, at) -> int:
    """Publish one month of a street and of its communities; a month without any matter leaves nothing."""
    whole = count_area(month, street.path)
    if whole.whole == NOTHING:
        return 0
    below = Grid.objects.current().filter(level=Level.COMMUNITY, path__startswith=street.path)
    counts = {area: count_area(month, area.path) for area in below.order_by("path")}
    told = measures_told(whole, {area.path: count for area, count in counts.items()})
    labels = class_labels()
    rows = [
        row
        for area, count in [(street, whole), *counts.items()]
        for row in rows_of_area(area, count, told(area.path), labels, month, at)
    ]
    return len(OpenFigure.objects.bulk_create(rows, ignore_conflicts=True))


# ── counting ──


def count_area(month, path) -> AreaCount:
    """Count one area by assessment's functions: its classes and natures, added up."""
    where, by = figures.below(path), ("category__parent__slug", "nature")
    tallies = defaultdict(lambda: NOTHING)
    for key, number in figures.report_counts(month, where, by).items():
        tallies[key] = tallies[key].plus(Tally(reported=number))
    for key, found in figures.of_closings(month, where, by).items():
        tallies[key] = tallies[key].plus(closed_of(found))
    classes = defaultdict(lambda: NOTHING)
    for (slug, nature), tally in tallies.items():
        if nature != Nature.PERSONAL:
            classes[slug or OTHER] = classes[slug or OTHER].plus(tally)
    return AreaCount(
        total_of(tallies.values()), total_of(classes.values()), dict(classes), medians_of(month, where)
    )


def closed_of(found) -> Tally:
    reopened, solved = found["reopened"], found["solved"]
    return Tally(closed=reopened.of, reopened=reopened.met, asked=solved.of, solved=solved.met)


def total_of(tallies: Iterable[Tally]) -> Tally:
    whole = NOTHING
    for tally in tallies:
        whole = whole.plus(tally)
    return whole


def medians_of(month, where) -> dict[str, timedelta | None]:
    public = where & ~Q(nature=Nature.PERSONAL)
    by_class = figures.medians(month, public, ("category__parent__slug",))
    return {
        WHOLE: figures.medians(month, where)[()],
        PUBLIC: figures.medians(month, public)[()],
        **{slug or OTHER: median for (slug,), median in by_class.items()},
    }


# ── what is told ──


def measures_told(street, communities) -> object:
    """Return the function that says which measures of all matters are told of an area, by its path."""
    rest = AreaCount(
        street.whole.less(total_of(each.whole for each in communities.values())),
        street.public.less(total_of(each.public for each in communities.values())),
        {}, {},
    )  # fmt: skip
    parts = {**communities, "": rest}
    order = sorted(parts, key=lambda path: (parts[path].public.closed, path))
    secrets = {path: count.secrets() for path, count in parts.items()}
    apart = {
        name: small_numbers.parts_told({path: secrets[path][name] for path in parts}, order)
        for name in street.secrets()
    }

    def told(path):
        if path in communities:
            return {name for name, paths in apart.items() if path in paths}
        return {name for name, number in street.secrets().items() if small_numbers.is_safe(number)}

    return told


def rows_of_area(area, count, told, labels, month, at) -> list[OpenFigure]:
    """Return the rows of one area: all matters, the public ones, and those by class."""
    common = {"month": month.first, "path": area.path, "area": area.name, "published_at": at}
    rows = [
        OpenFigure(
            **common,
            kind=WHOLE,
            label="全部事项",
            order=0,
            **whole_told(count.whole, told, count.medians[WHOLE]),
        ),
        OpenFigure(
            **common,
            kind=PUBLIC,
            label="公共事项",
            order=1,
            **public_told(count.public, count.medians[PUBLIC]),
        ),
    ]
    for slug, tally in count.classes.items():
        place, label = labels.get(slug, (999, "其他"))
        told_of = public_told(tally, count.medians.get(slug))
        rows.append(OpenFigure(**common, kind=slug, label=label, order=2 + place, **told_of))
    return rows


def whole_told(tally, told, median) -> dict:
    """Return the measures of all matters, None for what is not told."""
    spoken = {"solved", "unsolved"} <= told
    shown = {
        name: getattr(tally, name) if name in told else None for name in ("reported", "closed", "reopened")
    }
    return shown | {
        "asked": tally.asked if spoken else None,
        "solved": tally.solved if spoken else None,
        "median_days": days_of(median, tally.closed) if "closed" in told else None,
    }


def public_told(tally, median) -> dict:
    """Return what the open ledger shows of public matters anyway; what reporters said is told of all matters alone."""
    return {
        "reported": tally.reported, "closed": tally.closed, "reopened": tally.reopened,
        "median_days": days_of(median, tally.closed),
    }  # fmt: skip


def days_of(median, closed) -> float | None:
    """Return a median in days to a tenth, None where too few were closed for a middle."""
    return None if median is None or closed < small_numbers.FEWEST else round(median / DAY, 1)


def class_labels() -> dict[str, tuple[int, str]]:
    classes = Category.objects.filter(parent=None).order_by("order", "slug")
    return {slug: (place, label) for place, (slug, label) in enumerate(classes.values_list("slug", "label"))}


def months_published() -> list[date]:
    """Return the first days of the months that were published, the newest first."""
    return list(OpenFigure.objects.order_by("-month").values_list("month", flat=True).distinct())
