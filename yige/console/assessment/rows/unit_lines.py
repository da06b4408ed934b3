"""What a table of units shows in its cells: a share with its cases and its interval, or the cases alone when they are few."""

from typing import NamedTuple

from yige.assessment import periods
from yige.lib.local_time import local_day
from yige.web.charts.frame import figure_words


class Cell(NamedTuple):
    """`words` is the share, or “12/14” alone where there are too few cases; `under` says out of how many, and from where to where."""

    name: str
    words: str
    under: str
    few: bool


def cell(figure) -> Cell:
    name, met, of = figure.indicator.name, figure.met, figure.of
    if not of:
        return Cell(name, "没有", "", few=True)
    if not figure.enough:
        return Cell(name, f"{met}/{of}", "", few=True)
    low, high = figure.interval
    return Cell(name, percent(figure.share), f"{met}/{of}，{percent(low)}–{percent(high)}", few=False)


def percent(share) -> str:
    """Return a share in whole percent, as the charts say it."""
    return figure_words(share, share=True)


def months_beside(period, at, asked) -> dict:
    """Return the month that is shown, whether it still runs, the addresses of those beside it, and an answer to what is none."""
    this = periods.month_of(local_day(at))
    following = periods.month_of(period.after)
    return {
        "period": period,
        "runs": period == this,
        "month_before": periods.month_before(period).name if period.first > periods.FIRST else "",
        "no_month": bool(asked) and asked != period.name,
        "month_after": following.name if following.first <= this.first else "",
    }
