"""The months of each class of public matters side by side: one small run a class, all on one scale."""

from datetime import date

from yige.assessment.process_chart import ENOUGH_POINTS, read_process
from yige.bulletins.models import PUBLIC, WHOLE, OpenFigure
from yige.web.charts import Chart, Limits, small_multiples

MONTHS, FEWEST_MONTHS = 12, 3  # fewer are no run
TITLE = "每一类，一个月一个月地看"
HEADS = ("类别", "最近一个月", "平均每月", "说明")


def runs_of_classes(path: str, month: date, months: list[date]) -> Chart | None:
    """Return the published months of an area up to one of them, class by class in their order; None while they are few."""
    span = [each for each in reversed(months) if each <= month][-MONTHS:]
    if len(span) < FEWEST_MONTHS:
        return None
    told, labels = {}, {}
    for row in OpenFigure.objects.filter(path=path, month__in=span).order_by("order", "kind", "month"):
        told[row.kind, row.month] = row.reported
        labels[row.kind] = row.label
    kinds = [kind for kind in labels if kind not in (WHOLE, PUBLIC)]
    panels = [panel(labels[kind], points_of(kind, span, told)) for kind in kinds]
    words = "" if len(span) == MONTHS else f"公布的还不到 {ENOUGH_POINTS} 个月，看不出有没有变化。"
    return small_multiples("runs", TITLE, panels, words=words, heads=HEADS) if panels else None


def points_of(kind: str, span: list[date], told: dict) -> list[tuple[str, int | None]]:
    """Return a class month by month: nothing reported is 0, a month that was not published of this area is a gap."""
    return [
        (f"{each:%y}.{each.month}", told.get((kind, each), 0) if (WHOLE, each) in told else None)
        for each in span
    ]


def panel(label: str, points: list) -> tuple:
    reading = read_process(points)
    limits = Limits(reading.mean, reading.lower, reading.upper)
    return label, points, limits, reading.marks, reading.words if reading.upper is not None else ""
