"""What a table of units shows in its cells: a share with its cases and its interval, or the cases alone when they are few."""

from typing import NamedTuple
from urllib.parse import urlencode

from yige.assessment import periods
from yige.console.assessment.rows.month_sheets import sheets_beside
from yige.lib.local_time import add_months, local_day
from yige.web.charts.frame import figure_words


class Cell(NamedTuple):
    """`words` is the share, or “12/14” alone where there are too few cases; `under` says out of how many, and from where to where."""

    name: str
    words: str
    under: str
    few: bool


def cell(figure) -> Cell:
    return Cell(figure.indicator.name, *share_words(figure))


def share_words(figure) -> tuple[str, str, bool]:
    """Return what a cell says of a figure: its words, what stands under them, and whether there are few."""
    met, of = figure.met, figure.of
    if not of:
        return "没有", "", True
    if not figure.enough:
        return f"{met}/{of}", "", True
    low, high = figure.interval
    return percent(figure.share), f"{met}/{of}，{percent(low)}–{percent(high)}", False


def percent(share) -> str:
    """Return a share in whole percent, as the charts say it."""
    return figure_words(share, share=True)


def months_beside(user, at, asked, kept=(), spans=periods.SPANS) -> dict:
    """Return the months that an address asks for, whether they still run, the addresses beside them, their sheets, and an
    answer to what is none.

    `kept` are the words of the address that stay when somebody goes to another month, `spans` how many months it may ask for.
    """
    month = periods.month_named(asked.get("month"), at)
    period = periods.span_named(asked.get("span") if spans else "", month)
    months, this = periods.months_in(period), periods.month_of(local_day(at))
    stays = {name: asked[name] for name in kept if asked.get(name)}
    before, following = (periods.month_of(add_months(month.first, step * months)) for step in (-1, 1))
    return {
        "period": period,
        "sheets": sheets_beside(user, at, period),
        "runs": period.after == this.after,
        "month_before": before.name if period.first > periods.FIRST else "",
        "no_month": bool(asked.get("month")) and asked["month"] != period.name,
        "month_after": following.name if following.first <= this.first else "",
        "spans": [(count, label, count == months) for count, label in spans.items()] if spans else [],
        "span_query": f"&span={months}" if months > 1 else "",
        "kept_query": f"&{urlencode(stays)}" if stays else "",
    }
