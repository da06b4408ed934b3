"""The rows of the list as they were asked for, and the categories that no row speaks of."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from yige.accounts.models import Unit
from yige.cases.models import Category
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind, RowState

SIZE = 50
# fmt: off
STATES = (
    # asked       label
    ("",          "在用的"),
    ("proposed",  "等一级网格长定的"),
    ("ended",     "已停用的"),
    ("refused",   "没有同意的"),
    ("all",       "全部"),
)
# fmt: on


class Line(NamedTuple):
    """A row of the list with the names of the units that assist, and how it stands today."""

    row: DutyRow
    assists: list[str]
    standing: str
    tone: str


def rows_asked(asked, day):
    """Return the rows that were asked for; nonsense finds nothing or counts as nothing asked."""
    rows = DutyRow.objects.select_related("category__parent", "lead").filter(of_state(asked["state"], day))
    if asked["words"]:
        words = asked["words"]
        named = (
            Q(category__label__icontains=words) | Q(lead__name__icontains=words) | Q(basis__icontains=words)
        )
        rows = rows.filter(named)
    if asked["place_kind"] in PlaceKind.values:
        rows = rows.filter(place_kind=asked["place_kind"])
    return rows.order_by(
        "category__parent__order", "category__order", "category__slug", "place_kind", "-valid_from", "-id"
    )


def of_state(asked, day):
    """Return the condition of a filter by state; what begins later stands with what is in use."""
    if asked == "all":
        return Q()
    if asked in (RowState.PROPOSED, RowState.REFUSED):
        return Q(state=asked)
    over = Q(state=RowState.IN_FORCE, valid_until__lte=day)
    return over if asked == "ended" else Q(state=RowState.IN_FORCE) & ~Q(valid_until__lte=day)


def lines(rows, day):
    names = dict(Unit.objects.values_list("pk", "name"))
    return [
        Line(row, [names[pk] for pk in row.assist_ids if pk in names], *standing_of(row, day)) for row in rows
    ]


def standing_of(row, day):
    """Return how a row stands on a day, and in which tone that is said."""
    if row.state != RowState.IN_FORCE:
        return row.get_state_display(), "care" if row.state == RowState.PROPOSED else ""
    if row.valid_until and row.valid_until <= day:
        return "已停用", ""
    return ("还没有开始", "care") if day < row.valid_from else ("在用", "good")


def categories_without_row(day):
    """Return the categories in use that no row speaks of today: there the dispatcher decides alone."""
    holding = DutyRow.objects.holding(day).filter(category=OuterRef("pk"))
    return Category.objects.leaves().filter(~Exists(holding)).order_by("parent__order", "order", "slug")


def history(row):
    """Return what else was said of the same category and kind of place, the newest first."""
    same = DutyRow.objects.filter(category=row.category_id, place_kind=row.place_kind).exclude(pk=row.pk)
    return same.select_related("category__parent", "lead", "decided_by").order_by("-valid_from", "-id")[:SIZE]


def stands(row, day):
    """Say whether a row holds on a day or will hold later."""
    return row.state == RowState.IN_FORCE and (row.valid_until is None or day < row.valid_until)
