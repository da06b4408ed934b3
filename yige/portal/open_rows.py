"""What the page of the month and the open data show: the published rows, in words, as bars, as a table, as files."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings

from yige.bulletins import open_figures, open_words
from yige.bulletins.models import PUBLIC, WHOLE, OpenFigure
from yige.lib import small_numbers
from yige.lib.local_time import local_day
from yige.web.charts import Chart, bars

VERSION = "1"
FILE_MONTHS = 24
FEWEST = small_numbers.FEWEST


class Column(NamedTuple):
    """One column of the open data: its name, its type, what it says, and when it is empty."""

    name: str
    kind: str
    meaning: str
    empty: str = ""


SMALL = f"除公开台账里查得到的以外，只有 1 到 {FEWEST - 1} 件的不公布；为了让人推不出来，另有几处一起不公布"
# fmt: off
OPEN_COLUMNS = (
    Column("month",       "YYYY-MM", "哪个月，按北京时间"),
    Column("area",        "文字",     "街道或社区；网格不公布，因为网格的数可能就是一个人的数"),
    Column("area_code",   "文字",     "街道或社区的路径，不随改名变"),
    Column("kind",        "文字",     "空：全部事项；public：公共事项，公开台账里一件一件查得到的；其他是公共事项的一类"),
    Column("label",       "文字",     "类别的名称"),
    Column("reported",    "整数",     "这个月反映的；并入别件的、撤回的、自己发现自己处置的不算", SMALL),
    Column("closed",      "整数",     "这个月核查办结的；一件事办结两次算两次；自己发现自己处置的、经另一级同意不计入考核的不算", SMALL),
    Column("median_days", "一位小数", "这个月办结的，一半在这么多天以内（从反映或重办到办结）", f"办结不到 {FEWEST} 件，或者办结数不公布"),
    Column("reopened",    "整数",     "这个月办结的里面，后来又重新办理的", SMALL),
    Column("asked",       "整数",     "这个月办结的里面，反映人自己评价或者回访问到的", f"说解决了的，或者没有都说解决的，是 1 到 {FEWEST - 1} 件；为了推不出来一起不公布的；按类、公共事项都不分"),
    Column("solved",      "整数",     "问到的里面，反映人都说解决了的；谁都不能替反映人说", "同上一列"),
    Column("published",   "YYYY-MM-DD", "公布的日子；公布以后不再改"),
)
# fmt: on
MEASURES = ("reported", "closed", "median_days", "reopened", "asked", "solved")
HEADS = ("反映", "办结", "天数", "又重办", "问到", "说解决了")
MEANINGS = [(head, column) for head, column in zip(HEADS, OPEN_COLUMNS[5:11], strict=True)]
NOT_TOLD = "不公布"


class MonthTold(NamedTuple):
    """One month of one area as its page shows it."""

    sentences: list[str]
    chart: Chart | None
    rows: list[tuple[str, list[str]]]
    published_at: datetime


def month_told(rows: Iterable[OpenFigure]) -> MonthTold:
    """Return what is said of the published rows of one area and one month; the first is of all matters."""
    rows = list(rows)
    whole, public = rows[0], rows[1]
    kinds = [row for row in rows if row.kind not in (WHOLE, PUBLIC)]
    return MonthTold(
        open_words.sentences(whole, public),
        chart_of(kinds),
        [(row.label, cells(row)) for row in rows],
        whole.published_at,
    )


def chart_of(kinds) -> Chart | None:
    drawn = [(row.label, row.reported, f"办结 {row.closed}") for row in kinds]
    return bars("kinds", "各类公共事项反映了多少件", drawn, heads=("类别", "反映")) if drawn else None


def cells(row) -> list[str]:
    """Return the measures of a row as text; a class has no answers of its own, which is not the same as not told."""
    answers = row.kind == WHOLE
    return [
        text_of(getattr(row, name)) if answers or name not in ("asked", "solved") else "不分"
        for name in MEASURES
    ]


def text_of(value) -> str:
    return NOT_TOLD if value is None else str(value)


# ── files ──


def file_rows(month: str, area: str) -> list[dict]:
    """Return the published rows as the files hold them; words of an address that name nothing leave nothing."""
    rows = OpenFigure.objects.all()
    months = open_figures.months_published()
    kept = [day for day in months if f"{day:%Y-%m}" == month] if month else months[:FILE_MONTHS]
    found = [file_row(row) for row in rows.filter(month__in=kept)]
    return [row for row in found if row["area_code"] == area] if area else found


def file_row(row) -> dict:
    return {
        "month": f"{row.month:%Y-%m}",
        "area": row.area,
        "area_code": row.path,
        "kind": row.kind,
        "label": row.label,
        **{name: getattr(row, name) for name in MEASURES},
        "median_days": None if row.median_days is None else float(row.median_days),
        "published": day_text(row.published_at),
    }


def day_text(moment: datetime) -> str:
    return f"{local_day(moment):%Y-%m-%d}"


def dictionary() -> dict:
    """Return what the files hold, for a machine; the page of the open data shows the same."""
    return {
        "title": f"{settings.YIGE_DISTRICT_NAME}：每月公开的数",
        "version": VERSION,
        "licence": settings.YIGE_OPEN_DATA_LICENCE,
        "months": FILE_MONTHS,
        "columns": [column._asdict() for column in OPEN_COLUMNS],
    }


def version_of(month: str, area: str) -> str:
    """Return what changes when the files change."""
    last = OpenFigure.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    told = (VERSION, settings.YIGE_OPEN_DATA_LICENCE, str(last), OpenFigure.objects.count(), month, area)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def day_named(text: str, months: list[date]) -> date | None:
    """Return the month that an address names among those published, else the newest; None while there is none."""
    named = next((month for month in months if f"{month:%Y-%m}" == text), None)
    return named or (months[0] if months else None)
