"""What others ask of the duty list: whose is it on a day."""

from yige.duty_list.duty_rules import row_that_holds
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind


def rows_holding(category, day) -> list[DutyRow]:
    """Return the rows of a category that hold on a day, those of a kind of place before that of any."""
    rows = DutyRow.objects.holding(day).filter(category=category).select_related("lead")
    return sorted(rows, key=lambda row: row.place_kind == PlaceKind.ANY)


def listed_words(listed) -> str:
    """Return what these rows say, for beside the choice of a unit; "" where there is none."""
    words = "；".join(f"{row.get_place_kind_display()}归{row.lead}（{row.basis}）" for row in listed)
    return f"职责清单：{words}" if words else ""


def row_for(category, place_kind, day) -> DutyRow | None:
    """Return the row that says whose it is, in a category and kind of place, on a day."""
    return row_that_holds(rows_holding(category, day), place_kind, day)
