"""Hours that heads offer: those that somebody hosts, and those of an area."""

from datetime import timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from yige.archive.people import sealing
from yige.contact.models import Appointment, Slot

BACK = timedelta(days=7)  # hours just held stay in sight for a week


def slots_of_host(user, at) -> list:
    """Return the hours somebody hosts, the next first, each with who booked it (masked) and what about."""
    booked = Appointment.objects.filter(cancelled_at=None).select_related(
        "household__home__building", "person"
    )
    rows = Slot.objects.filter(host=user, at__gte=at - BACK).select_related("grid")
    rows = list(rows.prefetch_related(Prefetch("appointments", booked, to_attr="booked")))
    for slot in rows:
        for one in slot.booked:
            one.called = sealing.mask_value(one.person, "name") if one.person else ""
    return rows


def slots_in_areas(user, at) -> QuerySet:
    """Return the hours offered in the areas of somebody's posts, the next first, with the seats taken."""
    reach = Q(host=user)
    for post in user.posts_at(at):
        reach |= Q(grid_path__startswith=post.path)
    rows = Slot.objects.filter(reach, at__gte=at - BACK).select_related("host", "unit", "grid")
    return rows.annotate(taken=Count("appointments", filter=Q(appointments__cancelled_at=None)))
