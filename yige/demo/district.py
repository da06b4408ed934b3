"""What the seed lays besides the cases, part by part: each part once, each piece in its own transaction.

`people` comes before the cases, `contact` after the first of them; the pages can be used meanwhile.
"""

from yige.contact.models import Route
from yige.demo import doors, fill, households, neighbours, residents, surroundings, visits


def people(now):
    """Lay everybody with a home, then links, organisations and things; yields after each micro-grid."""
    with fill.in_a_hurry():
        yield from residents.lay_all(now)
        neighbours.link(now)
        surroundings.lay_places(now)


def contact(now):
    """Tell the doors of a tour, two years of visits and the rounds; yields after each piece."""
    with fill.in_a_hurry():
        for path in visits.left(now):
            visits.tell(path, now)
            if path == households.MEMBERS_GRID:
                doors.tell(now)
            yield path
        doors.tell(now)
        for path in surroundings.left():
            surroundings.lay_rounds(path, now)
            yield path
        doors.tell_found(now)
        neighbours.go_on(now)


def contact_left(now):
    """How many pieces `contact` has to tell."""
    return len(visits.left(now)) + len(surroundings.left())


def is_full(now):
    """Say whether nothing of all that is left."""
    return bool(Route.objects.exists() and not residents.left() and not contact_left(now))
