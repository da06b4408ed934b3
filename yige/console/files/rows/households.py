"""What the list of households shows: the contact masked, and the labels that this way may show."""

from yige.archive import labels
from yige.archive.people import queries, sealing
from yige.lib.local_time import local_day


def household_rows(user, rows, at):
    """Return the rows of a list: the household, its contact masked, and the labels this way may show."""
    found = []
    for household in rows:
        way = queries.way_to(user, household, at)
        seen = set() if way == "keeper" else queries.labels_seen({way})
        kinds = [labels.LABEL_BY_NAME[kind].label for kind in household.kinds if kind in seen]
        name = sealing.mask_value(household.contact, "name") if household.contact_id else ""
        found.append((household, name, kinds, household.declines_on(local_day(at))))
    return found
