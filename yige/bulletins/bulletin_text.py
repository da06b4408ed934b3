"""What a bulletin tells: figures with how sure they are, the street's own months, stories, and what was left out and why."""

from django.db.models import Q

from yige.assessment import figures
from yige.assessment.chance import ENOUGH_CASES, enough, wilson
from yige.assessment.periods import month_of
from yige.assessment.process_chart import read_process
from yige.bulletins.models import PUBLIC, WHOLE, Bulletin, OpenFigure
from yige.bulletins.open_words import sentences
from yige.cases.words import Nature
from yige.lib.percents import percent_text

MONTHS = 24  # of its own that a street is compared with
SHARES = (
    # name       label                 met         of         better
    ("solved", "反映人都说解决了的", "solved", "asked", "up"),
    ("reopened", "办结后又重办的", "reopened", "closed", "down"),
)


def told_of(bulletin: Bulletin) -> dict:
    """Return all that a bulletin tells, as plain values that are kept with it."""
    rows = list(OpenFigure.objects.of_month(bulletin.month).filter(path__startswith=bulletin.path))
    street = [row for row in rows if row.path == bulletin.path]
    whole = next(row for row in street if row.kind == WHOLE)
    public = next(row for row in street if row.kind == PUBLIC)
    return {
        "opening": bulletin.opening,
        "sentences": sentences(whole, public),
        "shares": [share_told(name, label, shares_of(whole, met, of)) for name, label, met, of, _ in SHARES],
        "trends": trends(bulletin),
        "kinds": [[row.label, row.reported, row.closed] for row in street if row.kind not in (WHOLE, PUBLIC)],
        "stories": [
            {"title": story.title, "words": story.words, "category": story.case.category.label}
            for story in bulletin.stories.filter(dropped_at=None).select_related("case__category")
        ],
        "left_out": left_out(bulletin, rows, whole),
    }


def shares_of(row, met, of) -> tuple[int, int] | None:
    """Return (met, of) of a row, None where one of them is not told."""
    pair = getattr(row, met), getattr(row, of)
    return None if None in pair else pair


def share_told(name, label, pair) -> dict:
    """Say a share with its cases and where it truly lies; of few cases only how many there were."""
    met, of = pair or (0, 0)
    interval = wilson(met, of) if enough(of) else None
    low, high = interval or (None, None)
    return {"name": name, "label": label, "met": met, "of": of, "low": low, "high": high,
            "words": share_words(label, pair, interval)}  # fmt: skip


def share_words(label, pair, interval) -> str:
    if pair is None:
        return f"{label}：不公布，因为人少，容易猜到是谁。"
    met, of = pair
    if interval is None:
        return f"{label}：{of} 件里有 {met} 件；不到 {ENOUGH_CASES} 件，说不出比例。"
    low, high = (percent_text(end, 0) for end in interval)
    return (
        f"{label}：{percent_text(met / of, 0)}%（{of} 件里有 {met} 件）；"
        f"真正的水平大概在 {low}% 到 {high}% 之间，100 次里 95 次是这样。"
    )


def trends(bulletin) -> list[dict]:
    """Return the street's own months of each share, with what they say: changed, or up and down as always."""
    whole = OpenFigure.objects.filter(path=bulletin.path, kind=WHOLE, month__lte=bulletin.month)
    rows = list(reversed(whole.order_by("-month")[:MONTHS]))
    return [trend_of(name, label, [(row, shares_of(row, met, of)) for row in rows], better)
            for name, label, met, of, better in SHARES]  # fmt: skip


def trend_of(name, label, pairs, better) -> dict:
    points = [
        (f"{row.month:%y}.{row.month.month}", pair[0] / pair[1] if pair and pair[1] else None)
        for row, pair in pairs
    ]
    reading = read_process(points, better=better, share=True)
    return {
        "name": name, "label": label, "points": [list(point) for point in points], "words": reading.words,
        "limits": [reading.mean, reading.lower, reading.upper], "marks": [list(mark) for mark in reading.marks],
    }  # fmt: skip


def left_out(bulletin, rows, whole) -> list[str]:
    """Say what is not in the figures, and why."""
    where = figures.below(bulletin.path) & ~Q(
        nature=Nature.PERSONAL
    )  # of personal ones not even this is told
    counts = figures.left_out_counts(month_of(bulletin.month), where)
    silent = [
        row.area for row in rows if row.kind == WHOLE and row is not whole and None in (row.closed, row.asked)
    ]
    return [
        f"公共事项里，工作人员自己发现、自己处置的 {counts['self_settled']} 件，记在台账里，不算在上面的数里。",
        f"公共事项里，写明理由、经另一级同意不计入考核的 {counts['agreed']} 件，照样办、照样答复，不算在上面的数里。",
        "并入别件的只算一件，撤回的不算。",
        "按类的只数公共事项；个人事项和反映人的回答不按类分。",
        *([f"{'、'.join(silent)}有的数不单独公布：人少，容易猜到是谁。"] if silent else []),
        "单位和个人的数不公布，不给地方排名。",
    ]
