"""A household that is visited, with a promise, a visit and an appointment: the values of the routes of contact."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import family
from yige.alliance.wishes import make_wish
from yige.lib.local_time import local_day
from yige.steps.s1_approach import actions, appointments

# Routes that write a line in the log when a file is opened, and nothing else.
WRITE_A_LINE = (
    "console/acceptance/<uuid:pk>/",
    "work/households/<uuid:pk>/", "work/households/<uuid:pk>/visit/", "work/households/<uuid:pk>/calls/", "work/visits/<uuid:pk>/",
"work/households/<uuid:pk>/wishes/", "work/households/<uuid:pk>/help/",
)  # fmt: skip
PEOPLE = {
    "promise-heads": "street_head desk community_head grid_head neighbour_head other_desk",
    "slot-hosts": "street_head community_head grid_head worker micro neighbour_head neighbour_worker",
    "visitors": "community_head grid_head worker micro member neighbour_head neighbour_worker",
    "near-visitors": "grid_head worker micro",
}


def own(here, at):
    """Make one of everything that the routes of contact name."""
    made = family(here, room="801")
    said = {"by": here.micro, "at": at}
    visit = actions.write_visit_without_timelines(made, mode="home", **said)
    promise = actions.promise(
        made, words="修门", due_on=local_day(timezone.now()) + timedelta(days=3), **said
    )
    noon = timezone.now().replace(hour=4) + timedelta(days=2)  # 12:00 in Shanghai
    slot = appointments.offer_slot(
        here.micro_grid, by=here.micro, at=timezone.now(), kind="visit", place="上门", starts_at=noon
    )
    booked = appointments.book_slot(slot, by=here.micro, at=timezone.now(), household=made)
    wish = make_wish(made.contact, by=here.micro, at=at, words="想换一个亮一点的灯泡")
    household = {"uuid:pk": made.pk}
    return {
        "work/households/<uuid:pk>/": household,
        "work/households/<uuid:pk>/phone/": household,
        "work/households/<uuid:pk>/decline/": household,
        "work/households/<uuid:pk>/calls/": household,
        "work/households/<uuid:pk>/help/": household,
        "work/households/<uuid:pk>/wishes/": household,
        "work/households/<uuid:pk>/wishes/<uuid:wish>/<slug:verb>/": household
        | {"uuid:wish": wish.pk, "slug:verb": "fulfil"},
        "my/wishes/<uuid:pk>/<slug:verb>/": {"uuid:pk": wish.pk, "slug:verb": "take_back"},
        "work/households/<uuid:pk>/visit/": household,
        "work/visits/<uuid:pk>/": {"uuid:pk": visit.pk},
        "work/promises/<uuid:pk>/kept/": {"uuid:pk": promise.pk},
        "work/appointments/<uuid:pk>/<slug:verb>/": {"uuid:pk": booked.pk, "slug:verb": "hold"},
        "console/slots/<uuid:pk>/cancel/": {"uuid:pk": slot.pk},
    }
