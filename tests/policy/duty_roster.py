"""Somebody on duty in an office without an area, which serves every street: the values of the routes of the duty roster."""

from datetime import timedelta

from django.utils import timezone

from yige.accounts.shift_actions import add_shift

PEOPLE = {
    "duty-readers": "street_head desk community_head grid_head neighbour_head department other_desk seat",
    "duty-keepers": "street_head desk community_head department other_desk seat",
}


def own(here, at):
    """Write one shift of the bureau that runs now."""
    shift = add_shift(
        here.bureau_unit, by=here.desk, at=at, name="王值班", phone="19900000077", begins_at=at,
        ends_at=timezone.now() + timedelta(hours=12),
    )  # fmt: skip
    of_unit = {"slug:slug": here.bureau_unit.slug}
    return {
        "console/duty-roster/units/<slug:slug>/": of_unit,
        "console/duty-roster/units/<slug:slug>/copy/": of_unit,
        "console/duty-roster/units/<slug:slug>/export/": of_unit,
        "console/duty-roster/shifts/<uuid:pk>/": {"uuid:pk": shift.pk},
        "console/duty-roster/shifts/<uuid:pk>/end/": {"uuid:pk": shift.pk},
    }
