"""A bulletin as pages and as a file: its charts from what it tells, and the PDF set by Typst, without a browser."""

from pathlib import Path

from yige.bulletins.models import Bulletin
from yige.lib import typeset
from yige.lib.local_time import month_words
from yige.web.charts import Chart, Limits, bars, run_chart

_TEMPLATE = Path(__file__).parent / "bulletin.typ"
FEWEST_POINTS = 2  # one month alone is no line


def charts_of(told: dict) -> dict[str, Chart]:
    """Return the charts of what a bulletin tells: the classes, and each share over the months."""
    drawn = {}
    if told["kinds"]:
        rows = [(label, reported, f"办结 {closed}") for label, reported, closed in told["kinds"]]
        drawn["kinds"] = bars("kinds", "各类公共事项反映了多少件", rows, heads=("类别", "反映"))
    for trend in told["trends"]:
        if sum(value is not None for _, value in trend["points"]) >= FEWEST_POINTS:
            drawn[trend["name"]] = run_chart(
                trend["name"], trend["label"], [tuple(point) for point in trend["points"]],
                limits=Limits(*trend["limits"]), marks=[tuple(mark) for mark in trend["marks"]],
                words=f"{trend['label']}：{trend['words']}", share=True,
            )  # fmt: skip
    return drawn


def parts_of(told: dict) -> dict:
    """Return what the part of a page needs: what is told, its charts, and each share over the months with its own."""
    charts = charts_of(told)
    trends = [(trend, charts.get(trend["name"])) for trend in told["trends"]]
    return {"told": told, "charts": charts, "trends": trends}


def pdf_of(bulletin: Bulletin, *, fonts: str = "system") -> bytes:
    """Set an approved bulletin from what it tells."""
    charts = charts_of(bulletin.told)
    pictures = {name: {"svg": str(chart.picture), "words": chart.sentence} for name, chart in charts.items()}
    month = month_words(bulletin.month)
    told = {**bulletin.told, "area": bulletin.area, "month": month, "charts": pictures}
    return typeset.pdf(_TEMPLATE, told, fonts=fonts)
