"""What others ask of the duty list: whose is it on a day."""

from yige.duty_list.duty_rules import rows_that_hold
from yige.duty_list.models import DutyRow


def rows_holding(category, day) -> list[DutyRow]:
    """Return the rows of a category that hold on a day, those of a kind of place before that of any."""
    return rows_that_hold(DutyRow.objects.filter(category=category).select_related("lead"), day)


def listed_words(listed) -> str:
    """Return what these rows say, for beside the choice of a unit; "" where there is none."""
    words = "；".join(f"{row.get_place_kind_display()}归{row.lead}（{row.basis}）" for row in listed)
    return f"职责清单：{words}" if words else ""
