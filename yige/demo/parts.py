"""What the seed lays besides the cases, part by part: each part once, each piece in its own transaction.

`people` comes before the cases, `contact` after the first of them; the pages can be used meanwhile.
"""

from yige.contact.models import Route
from yige.demo import (
    asked_sheets,
    duty_rosters,
    fill_cases,
    households,
    joint_work,
    links_and_moves,
    places_and_patrols,
    residents,
    tour_households,
    visits,
)


def lay_people(now):
    """Lay everybody with a home, then links, organisations and things; yields after each micro-grid."""
    with fill_cases.in_a_hurry():
        yield from residents.lay_all(now)
        links_and_moves.link(now)
        places_and_patrols.lay_places(now)


def tell_contact(now):
    """Tell the doors of a tour, two years of visits and the rounds; yields after each piece."""
    with fill_cases.in_a_hurry():
        for path in visits.micro_grids_without_visits(now):
            visits.tell_visits(path, now)
            if path == households.MEMBERS_GRID:
                tour_households.tell_doors(now)
            yield path
        tour_households.tell_doors(now)
        for path in places_and_patrols.grids_without_rounds():
            places_and_patrols.lay_rounds(path, now)
            yield path
        tour_households.tell_finds(now)
        links_and_moves.go_on(now)
        duty_rosters.write_rosters(now)
        joint_work.tell_whistles(now)
        asked_sheets.write_sheets(now)


def untold_contact(now):
    """How many pieces `contact` has to tell."""
    return len(visits.micro_grids_without_visits(now)) + len(places_and_patrols.grids_without_rounds())


def is_full(now):
    """Say whether nothing of all that is left."""
    return bool(Route.objects.exists() and not residents.empty_micro_grids() and not untold_contact(now))
